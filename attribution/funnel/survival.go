package funnel

import (
	"math"
	"math/big"
)

// kaplanMeier estimates the share of n units, in millionths, to which the event will have happened
// by the end of the time watched, those included that were not watched so long: 1 - prod (1 - d/r)
// over the times of events, d the events at that time, r the units at risk, which are still watched
// then. It is computed in whole numbers and rounded once, half away from zero; without censoring it
// is the plain share. Both lists are sorted.
//
// Source: E. L. Kaplan, P. Meier, Nonparametric Estimation from Incomplete Observations, JASA 53
// (1958), formula 2b.
func kaplanMeier(events, censored []int64, n int64) (millionths int64) {
	atRisk := n
	var numerators, denominators []int64
	for len(events) > 0 {
		at, d := events[0], int64(0)
		for len(censored) > 0 && censored[0] < at {
			censored, atRisk = censored[1:], atRisk-1
		}
		for len(events) > 0 && events[0] == at {
			events, d = events[1:], d+1
		}
		if last := len(numerators) - 1; last >= 0 && numerators[last] == atRisk { // nobody was lost since: the factors telescope
			numerators[last] = atRisk - d
		} else {
			numerators, denominators = append(numerators, atRisk-d), append(denominators, atRisk)
		}
		atRisk -= d
	}
	survive, of := Product(numerators), Product(denominators)
	share := new(big.Int).Sub(of, survive)
	share.Mul(share, big.NewInt(2_000_000)).Add(share, of)
	return share.Quo(share, of.Lsh(of, 1)).Int64()
}

// Product multiplies by halves, so that large numbers meet large ones.
func Product(factors []int64) *big.Int {
	if len(factors) > 3 {
		half := len(factors) / 2
		return new(big.Int).Mul(Product(factors[:half]), Product(factors[half:]))
	}
	of := big.NewInt(1)
	for len(factors) > 0 {
		small, n := factors[0], 1
		for n < len(factors) && small < math.MaxInt32 && factors[n] < math.MaxInt32 { // as many as fit 64 bits
			small, n = small*factors[n], n+1
		}
		of.Mul(of, big.NewInt(small))
		factors = factors[n:]
	}
	return of
}

// normal975 is the 97.5th percentile of the standard normal distribution: two-sided, 95 %.
const normal975 = 1.959963984540054

// Wilson is the 95 % score interval of a share of k in n, in millionths; 0 to 1 where n is 0.
//
// Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA
// 22 (1927).
func Wilson(k, n int64) (low, high int64) {
	if n == 0 {
		return 0, 1_000_000
	}
	z2, p, size := normal975*normal975, float64(k)/float64(n), float64(n)
	middle := p + z2/(2*size)
	reach := normal975 * math.Sqrt(p*(1-p)/size+z2/(4*size*size))
	scale := 1_000_000 / (1 + z2/size)
	return int64(math.Round((middle - reach) * scale)), int64(math.Round((middle + reach) * scale))
}

// quantile is the smallest time that at least so many percent of them do not exceed; ok is false
// where there are none. The list is sorted.
func quantile(sorted []int64, percent int) (us int64, ok bool) {
	if len(sorted) == 0 {
		return 0, false
	}
	return sorted[(len(sorted)*percent+99)/100-1], true
}
