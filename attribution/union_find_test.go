package attribution

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestUnionFindJoinsAsAFloodFillDoes(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		n := 1 + r.IntN(40)
		u, neighbours := newUnionFind(n), make([][]int32, n)
		for range r.IntN(40) {
			a, b := r.Int32N(int32(n)), r.Int32N(int32(n))
			u.join(a, b)
			neighbours[a], neighbours[b] = append(neighbours[a], b), append(neighbours[b], a)
		}
		group := slices.Repeat([]int32{-1}, n)
		for least := range int32(n) {
			queue := []int32{least}
			for len(queue) > 0 {
				key := queue[0]
				queue = queue[1:]
				if group[key] < 0 {
					group[key] = least
					queue = append(queue, neighbours[key]...)
				}
			}
			if u.find(least) != group[least] {
				t.Fatalf("seed %d: %d is in group %d, want %d", seed, least, u.find(least), group[least])
			}
		}
	}
}

// Millions of ids, in the orders that would be quadratic without path halving.
func TestUnionFindStaysLinear(t *testing.T) {
	const n = 2_000_000
	for _, order := range []func(i int32) (int32, int32){
		func(i int32) (int32, int32) { return i, i + 1 },
		func(i int32) (int32, int32) { return n - 2 - i, n - 1 - i },
		func(i int32) (int32, int32) { return i, n - 1 },
	} {
		u := newUnionFind(n)
		for i := range int32(n - 1) {
			u.join(order(i))
		}
		if u.find(n-1) != 0 {
			t.Error("the chain is not one group")
		}
	}
}

func TestFindCycle(t *testing.T) {
	const n = 100_000
	var from, to []int32
	for i := range int32(n - 1) {
		from, to = append(from, i), append(to, i+1)
	}
	if cycle := findCycle(n, from, to); cycle != nil {
		t.Errorf("a chain of %d has a cycle of %d", n, len(cycle))
	}
	cycle := findCycle(n, append(from, n-1), append(to, n-3))
	if !slices.Equal(cycle, []int32{n - 3, n - 2, n - 1}) {
		t.Errorf("cycle %v", cycle)
	}
	if cycle := findCycle(2, []int32{1}, []int32{1}); !slices.Equal(cycle, []int32{1}) {
		t.Errorf("a key that points to itself: %v", cycle)
	}
	if cycle := findCycle(4, []int32{0, 0, 1, 2}, []int32{1, 2, 3, 3}); cycle != nil {
		t.Errorf("two ways to one end are no cycle: %v", cycle)
	}
	if cycle := findCycle(0, nil, nil); cycle != nil {
		t.Errorf("nothing has a cycle: %v", cycle)
	}
}
