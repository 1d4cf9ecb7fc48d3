package credit

import (
	"math"
	"testing"
)

func TestAllocateByHand(t *testing.T) {
	for _, c := range []struct {
		value   int64
		weights []uint64
		want    []int64
	}{
		{100, []uint64{1, 1, 1}, []int64{33, 34, 33}}, // 33.33, 66.67, 100
		{-100, []uint64{1, 1, 1}, []int64{-33, -34, -33}},
		{1, []uint64{1, 1}, []int64{1, 0}}, // one half rounds away from zero
		{-1, []uint64{1, 1}, []int64{-1, 0}},
		{5, []uint64{0, 3, 0, 1, 0}, []int64{0, 4, 0, 1, 0}},
		{0, []uint64{1, 2}, []int64{0, 0}},
		{math.MaxInt64, []uint64{1, 0}, []int64{math.MaxInt64, 0}},
		{math.MinInt64, []uint64{0, 1 << 62}, []int64{0, math.MinInt64}},
		{math.MaxInt64, []uint64{1 << 61, 1 << 61}, []int64{1 << 62, 1<<62 - 1}},
	} {
		got, err := Allocate(c.value, c.weights)
		if err != nil {
			t.Fatal(err)
		}
		for i := range c.want {
			if got[i] != c.want[i] {
				t.Errorf("%d over %v: %v, want %v", c.value, c.weights, got, c.want)
			}
		}
	}
	if credits, err := Allocate(5, []uint64{0, 0}); credits != nil || err != nil {
		t.Errorf("no weights: %v, %v", credits, err)
	}
	if _, err := Allocate(5, []uint64{1 << 62, 1 << 62}); err == nil {
		t.Error("a total of 2^63 was not refused")
	}
}
