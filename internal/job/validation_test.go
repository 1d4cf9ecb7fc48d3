package job

import "testing"

func TestShareIsRoundedHalfAway(t *testing.T) {
	for _, c := range []struct {
		count, total int64
		want         string
	}{{0, 3, "0.000000"}, {1, 3, "0.333333"}, {2, 3, "0.666667"}, {1, 2_000_000, "0.000001"}, {1, 2_000_001, "0.000000"}, {3, 3, "1.000000"}} {
		if got := share(c.count, c.total); got == nil || *got != c.want {
			t.Errorf("%d of %d: got %v, want %s", c.count, c.total, got, c.want)
		}
	}
	if share(0, 0) != nil {
		t.Error("there is a share of nothing")
	}
}
