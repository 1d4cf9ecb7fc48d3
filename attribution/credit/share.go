package credit

import (
	"fmt"
	"math/bits"
)

// An Share spreads one whole value over touches in journey order, exactly:
//
//	credit_i = R(V * C_i / T) - R(V * C_(i-1) / T)
//
// with C_i the running sum of the weights, T their total and R rounding to the nearest whole, half
// away from zero. The credits sum to V; each is less than one unit from its exact share; a zero
// weight earns nothing; -V gives the negated credits. No other code rounds money that is credited.
// 0 < T < 2^63.
type Share struct {
	magnitude uint64 // |V|
	negative  bool
	total     uint64 // T
	running   uint64 // C_i
	rounded   uint64 // R(|V| * C_i / T)
}

func NewShare(value int64, total uint64) Share {
	a := Share{magnitude: uint64(value), total: total}
	if value < 0 {
		a.magnitude, a.negative = -a.magnitude, true
	}
	return a
}

// Next returns the credit of the next touch.
func (a *Share) Next(weight uint64) int64 {
	if weight == 0 {
		return 0
	}
	a.running += weight
	high, low := bits.Mul64(a.magnitude, a.running)
	quotient, remainder := bits.Div64(high, low, a.total) // fits: C_i <= T, so the quotient is at most |V|
	if remainder >= a.total-remainder {
		quotient++
	}
	credit := quotient - a.rounded
	a.rounded = quotient
	if a.negative {
		return -int64(credit)
	}
	return int64(credit)
}

// Allocate returns the credit of each touch by its weight; nil where all weights are zero.
func Allocate(value int64, weights []uint64) ([]int64, error) {
	total, err := Total(weights)
	if err != nil || total == 0 {
		return nil, err
	}
	a, credits := NewShare(value, total), make([]int64, len(weights))
	for i, weight := range weights {
		credits[i] = a.Next(weight)
	}
	return credits, nil
}

// Total adds up weights; allocation needs the total below 2^63.
func Total(w []uint64) (uint64, error) {
	total := uint64(0)
	for _, weight := range w {
		var carry uint64
		if total, carry = bits.Add64(total, weight, 0); carry != 0 || total >= 1<<63 {
			return 0, fmt.Errorf("its weights total 2^63 or more")
		}
	}
	return total, nil
}
