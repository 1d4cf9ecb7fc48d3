package reports

import (
	"cmp"
	"math"
	"math/big"
	"slices"
)

// watched is how long some units were watched, and whether the event that they were watched for ended it; where it did not, they
// are censored: what becomes of them later is not known.
type watched struct {
	us      int64
	isEvent bool
	units   int64
}

func sortByTime(list []watched) {
	slices.SortFunc(list, func(a, b watched) int { return cmp.Compare(a.us, b.us) })
}

func unitsOf(list []watched) int64 {
	n := int64(0)
	for _, w := range list {
		n += w.units
	}
	return n
}

// kaplanMeier estimates the share, in millionths, to which the event will have happened by the longest time watched, units that
// were not watched to the end included: 1 - prod (1 - d/n) over the times of events, d the events at that time, n the units still
// watched then. It is computed in whole numbers and rounded once, half away from zero; without censoring it is the plain share.
// The list is sorted by time.
//
// Source: E. L. Kaplan, P. Meier, Nonparametric Estimation from Incomplete Observations, JASA 53 (1958), formula 2b.
func kaplanMeier(list []watched) (millionths int64) {
	atRisk := unitsOf(list)
	var numerators, denominators []int64
	for i := 0; i < len(list); {
		events, gone, at := int64(0), int64(0), list[i].us
		for ; i < len(list) && list[i].us == at; i++ {
			if gone += list[i].units; list[i].isEvent {
				events += list[i].units
			}
		}
		switch last := len(numerators) - 1; {
		case events == 0:
		case last >= 0 && numerators[last] == atRisk: // nobody was lost since the last event: the factors telescope
			numerators[last] = atRisk - events
		default:
			numerators, denominators = append(numerators, atRisk-events), append(denominators, atRisk)
		}
		atRisk -= gone
	}
	survive, of := product(numerators), product(denominators)
	share := new(big.Int).Sub(of, survive)
	share.Mul(share, big.NewInt(2_000_000)).Add(share, of)
	return share.Quo(share, of.Lsh(of, 1)).Int64()
}

// product multiplies by halves, so that large numbers meet large ones.
func product(factors []int64) *big.Int {
	switch len(factors) {
	case 0:
		return big.NewInt(1)
	case 1:
		return big.NewInt(factors[0])
	}
	half := len(factors) / 2
	return new(big.Int).Mul(product(factors[:half]), product(factors[half:]))
}

// normal975 is the 97.5th percentile of the standard normal distribution: two-sided, 95 %.
const normal975 = 1.959963984540054

// wilson is the 95 % score interval of a share of k in n, in millionths; 0 to 1 where n is 0.
//
// Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927).
func wilson(k, n int64) (low, high int64) {
	if n == 0 {
		return 0, 1_000_000
	}
	z2, p, size := normal975*normal975, float64(k)/float64(n), float64(n)
	middle := p + z2/(2*size)
	reach := normal975 * math.Sqrt(p*(1-p)/size+z2/(4*size*size))
	scale := 1_000_000 / (1 + z2/size)
	return int64(math.Round((middle - reach) * scale)), int64(math.Round((middle + reach) * scale))
}

// quantile is the smallest time that at least so many percent of the units do not exceed; ok is false where there are none. The
// list is sorted by time.
func quantile(list []watched, percent int64) (us int64, ok bool) {
	rank := (unitsOf(list)*percent + 99) / 100
	for _, w := range list {
		if rank -= w.units; rank <= 0 {
			return w.us, true
		}
	}
	return 0, false
}
