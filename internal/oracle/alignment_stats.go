package oracle

import (
	"math/big"
	"slices"
)

// zSquare and z belong to 95 %.
func zOf95() *big.Float {
	z, _ := new(big.Float).SetPrec(decayBits).SetString("1.959963984540054")
	return z
}

// wilsonExact is the interval of wilson, not rounded.
func wilsonExact(k, n int64) (low, high *big.Float) {
	z := zOf95()
	square := new(big.Float).Mul(z, z)
	under := new(big.Float).Quo(newFloat(4*k*(n-k)), newFloat(n))
	margin := new(big.Float).Sqrt(under.Add(under, square))
	margin.Mul(margin, z)
	middle := new(big.Float).Add(newFloat(2*k), square)
	denominator := new(big.Float).Mul(newFloat(2), new(big.Float).Add(newFloat(n), square))
	low = new(big.Float).Quo(new(big.Float).Sub(middle, margin), denominator)
	high = new(big.Float).Quo(new(big.Float).Add(middle, margin), denominator)
	return low, high
}

// sixOf rounds to millionths, half away from zero.
func sixOf(f *big.Float) *big.Int {
	scaled := new(big.Float).Mul(f, newFloat(1_000_000))
	half := newFloat(0).SetFloat64(0.5)
	if scaled.Sign() < 0 {
		half.Neg(half)
	}
	whole, _ := scaled.Add(scaled, half).Int(nil)
	return whole
}

// newcombe is the 95 % interval of k1/n1 - k2/n2 (1998, method 10): with the Wilson intervals
// (l1, u1) and (l2, u2), d - sqrt((p1-l1)² + (u2-p2)²) to d + sqrt((u1-p1)² + (p2-l2)²).
func newcombe(k1, n1, k2, n2 int64) (low, high *big.Int) {
	if n1 == 0 || n2 == 0 {
		return nil, nil
	}
	p1, p2 := new(big.Float).Quo(newFloat(k1), newFloat(n1)), new(big.Float).Quo(newFloat(k2), newFloat(n2))
	l1, u1 := wilsonExact(k1, n1)
	l2, u2 := wilsonExact(k2, n2)
	root := func(a, b, c, d *big.Float) *big.Float {
		x, y := new(big.Float).Sub(a, b), new(big.Float).Sub(c, d)
		x.Mul(x, x)
		y.Mul(y, y)
		return x.Sqrt(x.Add(x, y))
	}
	d := new(big.Float).Sub(p1, p2)
	return sixOf(new(big.Float).Sub(d, root(p1, l1, u2, p2))), sixOf(new(big.Float).Add(d, root(u1, p1, p2, l2)))
}

// differenceWord is the plain answer about a difference: of more is better, of less where lessIs.
func differenceWord(low, high *big.Int, lessIs, mature bool) string {
	switch {
	case low == nil:
		return "" // there is no difference
	case !mature || low.Sign() <= 0 && high.Sign() >= 0:
		return "cannot say"
	case (low.Sign() > 0) != lessIs:
		return "better"
	}
	return "worse"
}

// kmQuantile is the least time at which the estimated survival is at most 1 - percent/100. At one
// instant, events come before censoring.
func kmQuantile(spans []span, percent int64) (micros int64, reached bool) {
	events := map[int64]int64{}
	for _, s := range spans {
		if s.event {
			events[s.micros]++
		}
	}
	var times []int64
	for at := range events {
		times = append(times, at)
	}
	slices.Sort(times)
	survival := big.NewRat(1, 1)
	for _, at := range times {
		watched := int64(0)
		for _, s := range spans {
			if s.micros >= at {
				watched++
			}
		}
		survival.Mul(survival, big.NewRat(watched-events[at], watched))
		if survival.Cmp(big.NewRat(100-percent, 100)) <= 0 {
			return at, true
		}
	}
	return 0, false
}

// plainQuantile is the ceil(p*n)-th smallest.
func plainQuantile(values []int64, percent int) (value int64, known bool) {
	if len(values) == 0 {
		return 0, false
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(percent*len(sorted)+99)/100-1], true
}

// rateCells writes a rate with its interval, under a prefix.
func rateCells(to Cells, name string, k, n int) {
	to[name+"_rate"] = decimals(millionths(int64(k), int64(n)), 6)
	low, high := wilson(int64(k), int64(n))
	to[name+"_low"], to[name+"_high"] = decimals(low, 6), decimals(high, 6)
	to[name+"_n"] = count(n)
}

// differenceCells writes how a rate differs from another.
func differenceCells(to Cells, name string, k1, n1, k2, n2 int, lessIs, mature bool) {
	low, high := newcombe(int64(k1), int64(n1), int64(k2), int64(n2))
	to[name+"_difference_low"], to[name+"_difference_high"] = decimals(low, 6), decimals(high, 6)
	to[name+"_word"] = differenceWord(low, high, lessIs, mature)
}
