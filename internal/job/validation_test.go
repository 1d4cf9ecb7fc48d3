package job

import (
	"errors"
	"testing"
)

func TestShareIsRoundedHalfAway(t *testing.T) {
	for _, c := range []struct {
		count, total int64
		want         string
	}{{0, 3, "0.000000"}, {1, 3, "0.333333"}, {2, 3, "0.666667"}, {1, 2_000_000, "0.000001"}, {1, 2_000_001, "0.000000"}, {3, 3, "1.000000"}} {
		if got := share(c.count, c.total); got == nil || string(*got) != c.want {
			t.Errorf("%d of %d: got %v, want %s", c.count, c.total, got, c.want)
		}
	}
	if share(0, 0) != nil {
		t.Error("there is a share of nothing")
	}
}

// A problem keeps all of its hints.
func TestProblemsKeepTheirHints(t *testing.T) {
	v := NewValidation(nil, errors.New("a is bad\nhint: correct a\nhint: or leave it out\nb is bad"))
	if len(v.Problems) != 2 || v.Problems[0].Hint != "correct a\nor leave it out" || v.Problems[1].Hint != "" {
		t.Errorf("%+v", v.Problems)
	}
}
