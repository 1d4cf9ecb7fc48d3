package attribution

import "math/bits"

// An allocator spreads one whole value over touches in journey order, exactly:
//
//	credit_i = R(V * C_i / T) - R(V * C_(i-1) / T)
//
// with C_i the running sum of the weights, T their total and R rounding to the nearest whole, half away from zero. The
// credits sum to V; each is less than one unit from its exact share; a zero weight earns nothing; -V gives the negated
// credits. No other code rounds money that is credited. 0 < T < 2^63.
type allocator struct {
	magnitude uint64 // |V|
	negative  bool
	total     uint64 // T
	running   uint64 // C_i
	rounded   uint64 // R(|V| * C_i / T)
}

func allocate(value int64, total uint64) allocator {
	a := allocator{magnitude: uint64(value), total: total}
	if value < 0 {
		a.magnitude, a.negative = -a.magnitude, true
	}
	return a
}

// next returns the credit of the next touch.
func (a *allocator) next(weight uint64) int64 {
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
	total, err := totalOf(weights)
	if err != nil || total == 0 {
		return nil, err
	}
	a, credits := allocate(value, total), make([]int64, len(weights))
	for i, weight := range weights {
		credits[i] = a.next(weight)
	}
	return credits, nil
}

// A wide sum is 128 bits, two's complement: sums of money may pass what 64 bits hold.
type wide struct {
	high int64
	low  uint64
}

func (s *wide) add(value int64) {
	var carry uint64
	s.low, carry = bits.Add64(s.low, uint64(value), 0)
	s.high += value>>63 + int64(carry)
}

func (s *wide) addWide(other wide) {
	var carry uint64
	s.low, carry = bits.Add64(s.low, other.low, 0)
	s.high += other.high + int64(carry)
}
