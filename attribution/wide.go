package attribution

import "math/bits"

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
