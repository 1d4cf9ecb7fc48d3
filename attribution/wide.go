package attribution

import (
	"math/bits"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
)

// A wide sum has 128 bits, in two's complement, because sums of money may not fit 64 bits.
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

// wideType is a whole number of 128 bits in a table of the engine.
var wideType = &arrow.Decimal128Type{Precision: 38}

// appendWide appends a number to a field of wideType.
func appendWide(b *array.RecordBuilder, field int, w wide) {
	b.Field(field).(*array.Decimal128Builder).Append(decimal128.New(w.high, w.low))
}

// appendCredit appends money and units to two consecutive fields of wideType.
func appendCredit(b *array.RecordBuilder, field int, minor wide, millionths int64) {
	appendWide(b, field, minor)
	b.Field(field + 1).(*array.Decimal128Builder).Append(decimal128.FromI64(millionths))
}
