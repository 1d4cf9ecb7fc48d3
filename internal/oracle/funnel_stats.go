package oracle

import (
	"math/big"
	"slices"
)

// millionths is a fraction to six decimals, nil without a denominator.
func millionths(numerator, denominator int64) *big.Int {
	if denominator == 0 {
		return nil
	}
	return divide(new(big.Int).Mul(big.NewInt(numerator), oneUnit), big.NewInt(denominator))
}

// daysOf is a time in days to six decimals.
func daysOf(micros int64) *big.Int { return millionths(micros, microsPerDay) }

// wilson is the 95 % interval of a share, to six decimals: (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²))
// / (1 + z²/n). With k of n and everything times 2n: (2k + z² ± z sqrt(z² + 4k(n-k)/n)) / (2n +
// 2z²).
func wilson(k, n int64) (low, high *big.Int) {
	if n == 0 {
		return nil, nil
	}
	z, _ := new(big.Float).SetPrec(decayBits).SetString("1.959963984540054")
	square := new(big.Float).Mul(z, z)
	under := new(big.Float).Quo(newFloat(4*k*(n-k)), newFloat(n))
	margin := new(big.Float).Sqrt(under.Add(under, square))
	margin.Mul(margin, z)
	middle := new(big.Float).Add(newFloat(2*k), square)
	denominator := new(big.Float).Add(square, square)
	denominator.Add(denominator, newFloat(2*n))
	six := func(numerator *big.Float) *big.Int {
		share := new(big.Float).Quo(numerator, denominator)
		share.Mul(share, newFloat(1_000_000))
		share.Add(share, newFloat(0).SetFloat64(0.5))
		whole, _ := share.Int(nil) // never negative by more than the precision, so that dropping the fraction rounds
		return whole
	}
	return six(new(big.Float).Sub(middle, margin)), six(new(big.Float).Add(middle, margin))
}

// span is how long one was watched, and whether the event ended it.
type span struct {
	micros int64
	event  bool
}

// kaplanMeier estimates the share that has the event within the horizon, and says how many were
// watched that long, and how long the longest was, in days, up to the horizon.
func kaplanMeier(spans []span, horizon int64) (rate *big.Int, atRisk int, observed *big.Int) {
	if len(spans) == 0 {
		return nil, 0, nil
	}
	happened := map[int64]int64{}
	longest := spans[0].micros
	for _, s := range spans {
		longest = max(longest, s.micros)
		if s.event && s.micros <= horizon {
			happened[s.micros]++
		}
		if s.micros >= horizon {
			atRisk++
		}
	}
	survival := big.NewRat(1, 1)
	for x, events := range happened {
		watched := int64(0)
		for _, s := range spans {
			if s.micros >= x {
				watched++
			}
		}
		survival.Mul(survival, big.NewRat(watched-events, watched))
	}
	share := new(big.Rat).Sub(big.NewRat(1, 1), survival)
	return round(share.Mul(share, powerOfTen(6))), atRisk, daysOf(min(horizon, longest))
}

// quantile is the ceil(p*n)-th smallest in days, nil of none; p is in percent.
func quantile(micros []int64, percent int) *big.Int {
	if len(micros) == 0 {
		return nil
	}
	sorted := slices.Sorted(slices.Values(micros))
	place := (percent*len(micros) + 99) / 100
	return daysOf(sorted[place-1])
}
