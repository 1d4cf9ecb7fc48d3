package attribution

// A unionFind joins dense keys into groups. A group is identified by its least key, which is the
// root. With path halving, find takes amortised logarithmic time, and in practice constant time.
type unionFind []int32

func newUnionFind(n int) unionFind {
	u := make(unionFind, n)
	for i := range u {
		u[i] = int32(i)
	}
	return u
}

func (u unionFind) find(key int32) int32 {
	for u[key] != key {
		u[key] = u[u[key]]
		key = u[key]
	}
	return key
}

func (u unionFind) join(a, b int32) {
	a, b = u.find(a), u.find(b)
	if a < b {
		u[b] = a
	} else {
		u[a] = b
	}
}

// findCycle returns a cycle of the directed graph over the keys 0 to n-1, each key once and in
// order, or nil. Time and memory are linear, for chains of any length.
func findCycle(n int, from, to []int32) []int32 {
	first := make([]int32, n+1) // edges of key k are targets[first[k]:first[k+1]]
	for _, f := range from {
		first[f+1]++
	}
	for k := range n {
		first[k+1] += first[k]
	}
	targets, place := make([]int32, len(from)), append([]int32(nil), first...)
	for i, f := range from {
		targets[place[f]] = to[i]
		place[f]++
	}
	const unseen, open, done = 0, 1, 2
	state := make([]byte, n)
	copy(place, first)
	var path []int32
	for start := range int32(n) {
		if state[start] != unseen {
			continue
		}
		path = append(path[:0], start)
		state[start] = open
		for len(path) > 0 {
			key := path[len(path)-1]
			if place[key] == first[key+1] {
				state[key] = done
				path = path[:len(path)-1]
				continue
			}
			next := targets[place[key]]
			place[key]++
			switch state[next] {
			case open:
				for path[0] != next {
					path = path[1:]
				}
				return path
			case unseen:
				state[next] = open
				path = append(path, next)
			}
		}
	}
	return nil
}
