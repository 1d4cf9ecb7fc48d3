package value

import (
	"bytes"
	"math"
)

const (
	ReasonNotNumber = "is not a plain decimal such as -1234.50"
	ReasonTooLarge  = "is too large; a number can have at most 18 digits"
	ReasonNotWhole  = "is not a whole number"
	ReasonNotMicros = "has more than six decimals"
	ReasonNotRate   = "is not above zero"
	ReasonNegative  = "is negative"
)

// MaxScale bounds the decimals of a number, so that 10^scale fits 64 bits.
const MaxScale = 18

// A Marks says how a column writes its numbers.
type Marks struct {
	Decimal   []byte // "." unless declared
	Thousands []byte // nothing unless declared
}

// A Decimal is the number digits x 10^-scale. Trailing zeros of its fraction are not kept: 5.00 is
// 5.
type Decimal struct {
	Digits int64
	Scale  int
}

// Read returns a number, or the reason why text is none.
func (k Marks) Read(text []byte) (Decimal, string) {
	number, reason := k.parse(text)
	if reason == ReasonNotNumber {
		reason = k.explain(string(text))
	}
	return number, reason
}

// parse takes -?digits[.digits] and nothing else: no plus, exponent, blanks, or mark at either end.
// With a thousands mark the digits before the decimal mark stand in groups of three, or without any
// mark at all.
func (k Marks) parse(text []byte) (Decimal, string) {
	negative := len(text) > 0 && text[0] == '-'
	if negative {
		text = text[1:]
	}
	whole, fraction, pointed := bytes.Cut(text, k.Decimal)
	if len(whole) == 0 || pointed && len(fraction) == 0 || leadingDigits(fraction) != len(fraction) {
		return Decimal{}, ReasonNotNumber
	}
	fraction = bytes.TrimRight(fraction, "0")
	var n accumulator
	n.negative = negative
	if !k.whole(whole, &n) {
		return Decimal{}, ReasonNotNumber
	}
	for _, digit := range fraction {
		n.add(digit)
	}
	if n.overflow || len(fraction) > MaxScale {
		return Decimal{}, ReasonTooLarge
	}
	return Decimal{Digits: n.value(), Scale: len(fraction)}, ""
}

// whole adds the digits before the decimal mark, and checks their groups.
func (k Marks) whole(text []byte, n *accumulator) bool {
	run := leadingDigits(text)
	for _, digit := range text[:run] {
		n.add(digit)
	}
	rest := text[run:]
	if len(rest) == 0 {
		return run > 0
	}
	if len(k.Thousands) == 0 || run == 0 || run > 3 {
		return false
	}
	for len(rest) > 0 {
		group, ok := bytes.CutPrefix(rest, k.Thousands)
		if !ok || leadingDigits(group[:min(4, len(group))]) != 3 {
			return false
		}
		for _, digit := range group[:3] {
			n.add(digit)
		}
		rest = group[3:]
	}
	return true
}

// An accumulator builds a signed 64-bit number digit by digit and notices when it does not fit.
type accumulator struct {
	magnitude          uint64
	negative, overflow bool
}

func (n *accumulator) add(digit byte) {
	if n.magnitude > (math.MaxInt64-9)/10 {
		n.overflow = n.overflow || n.magnitude > math.MaxInt64/10 || n.magnitude*10+uint64(digit-'0') > math.MaxInt64
		if n.overflow {
			return
		}
	}
	n.magnitude = n.magnitude*10 + uint64(digit-'0')
}

func (n *accumulator) value() int64 {
	if n.negative {
		return -int64(n.magnitude)
	}
	return int64(n.magnitude)
}

// micros is d in millionths.
func (d Decimal) micros() (int64, string) {
	if d.Scale > 6 {
		return 0, ReasonNotMicros
	}
	n := d.Digits
	for range 6 - d.Scale {
		if n > math.MaxInt64/10 || n < math.MinInt64/10 {
			return 0, ReasonTooLarge
		}
		n *= 10
	}
	return n, ""
}
