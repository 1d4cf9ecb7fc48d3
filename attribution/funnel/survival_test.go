package funnel

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The remission times of the 21 patients under 6-MP (E. J. Freireich et al., Blood 21, 1963), the
// example of most textbooks: S(23) is (18/21)(16/17)(14/15)(11/12)(10/11)(6/7)(5/6) = 0.448.
func TestKaplanMeierOfATextbook(t *testing.T) {
	events := []int64{6, 6, 6, 7, 10, 13, 16, 22, 23}
	censored := []int64{6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35}
	// 18*16*14*11*10*6*5 / (21*17*15*12*11*7*6) = 13305600 / 29688120
	if got := kaplanMeier(events, censored, 21); got != 551_821 {
		t.Errorf("got %d millionths", got)
	}
	// At 10, with those alive at 10 as survivors: 1 - (18/21)(16/17)(14/15) = 1 - 4032/5355
	if got := kaplanMeier(events[:5], censored[:2], 21); got != 247_059 {
		t.Errorf("at 10: got %d millionths", got)
	}
}

func TestKaplanMeierAtItsEdges(t *testing.T) {
	for _, c := range []struct {
		name             string
		events, censored []int64
		n, want          int64
	}{
		{"nobody", nil, nil, 0, 0},
		{"no event", nil, []int64{1, 2}, 5, 0},
		{"all at once", []int64{0, 0, 0}, nil, 3, 1_000_000},
		{"censored at the time of the event are at risk", []int64{5}, []int64{5}, 2, 500_000},
		{"censored before are not", []int64{5}, []int64{4}, 2, 1_000_000},
		{"half away from zero", []int64{1}, nil, 128, 7_813}, // 1/128 = 0.0078125
	} {
		if got := kaplanMeier(c.events, c.censored, c.n); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

// Against the definition, in fractions, one factor at a time; and without censoring it is the plain
// share.
func TestKaplanMeierAgainstFractions(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		few := rapid.SliceOfN(rapid.Int64Range(0, 12), 0, 25)
		events, censored := few.Draw(r, "events"), few.Draw(r, "censored")
		slices.Sort(events)
		slices.Sort(censored)
		survivors := rapid.Int64Range(0, 9).Draw(r, "survivors")
		n := int64(len(events)+len(censored)) + survivors
		survive := big.NewRat(1, 1)
		for _, at := range slices.Compact(slices.Clone(events)) {
			d, atRisk := int64(0), survivors
			for _, e := range events {
				if e == at {
					d++
				}
				if e >= at {
					atRisk++
				}
			}
			for _, c := range censored {
				if c >= at {
					atRisk++
				}
			}
			survive.Mul(survive, big.NewRat(atRisk-d, atRisk))
		}
		share := new(big.Rat).Sub(big.NewRat(1, 1), survive)
		want, _ := new(big.Rat).Mul(share, big.NewRat(1_000_000, 1)).Float64()
		got := kaplanMeier(events, censored, n)
		if math.Abs(float64(got)-want) > 0.5000001 {
			r.Errorf("got %d, want %v", got, want)
		}
		if len(censored) == 0 && n > 0 && math.Abs(float64(got)-1e6*float64(len(events))/float64(n)) > 0.5000001 {
			r.Errorf("without censoring: got %d of %d in %d", got, len(events), n)
		}
	})
}

// The examples of R. G. Newcombe, Two-Sided Confidence Intervals for the Single Proportion,
// Statistics in Medicine 17 (1998), table I, method 3: to four decimals.
func TestWilsonOfNewcombe(t *testing.T) {
	for _, c := range []struct {
		k, n      int64
		low, high float64
	}{
		{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}, {29, 29, 0.8830, 1},
	} {
		low, high := Wilson(c.k, c.n)
		if math.Round(float64(low)/100)/1e4 != c.low || math.Round(float64(high)/100)/1e4 != c.high {
			t.Errorf("%d of %d: %d to %d millionths, want %v to %v", c.k, c.n, low, high, c.low, c.high)
		}
	}
	if low, high := Wilson(0, 0); low != 0 || high != 1_000_000 {
		t.Errorf("of nothing: %d to %d", low, high)
	}
}

func TestQuantiles(t *testing.T) {
	ten := []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	for percent, want := range map[int]int64{50: 5, 75: 8, 90: 9} {
		if got, ok := quantile(ten, percent); !ok || got != want {
			t.Errorf("%d %% of ten: %d, want %d", percent, got, want)
		}
	}
	for percent, want := range map[int]int64{50: 7, 75: 8, 90: 8} {
		if got, _ := quantile([]int64{7, 8}, percent); got != want {
			t.Errorf("%d %% of two: %d, want %d", percent, got, want)
		}
	}
	if _, ok := quantile(nil, 50); ok {
		t.Error("a quantile of nothing")
	}
}
