package ingest

import (
	"bytes"
	"math"
)

const (
	reasonNotNumber = "is not a plain decimal such as -1234.50"
	reasonTooLarge  = "is too large (a number may have 18 digits)"
	reasonNotWhole  = "is not a whole number"
	reasonNotMicros = "has more than six decimals"
	reasonNotRate   = "is not above zero"
)

// maxScale bounds the decimals of a number, so that 10^scale fits 64 bits.
const maxScale = 18

// A marking says how a column writes its numbers.
type marking struct {
	decimal   []byte // "." unless declared
	thousands []byte // nothing unless declared
}

// A decimal is the number digits x 10^-scale. Trailing zeros of its fraction are not kept: 5.00 is 5.
type decimal struct {
	digits int64
	scale  int
}

// read returns a number, or the reason why text is none.
func (k marking) read(text []byte) (decimal, string) {
	number, reason := k.parse(text)
	if reason == reasonNotNumber {
		reason = k.explain(string(text))
	}
	return number, reason
}

// parse takes -?digits[.digits] and nothing else: no plus, exponent, blanks, or mark at either end. With a thousands mark
// the digits before the decimal mark stand in groups of three, or without any mark at all.
func (k marking) parse(text []byte) (decimal, string) {
	negative := len(text) > 0 && text[0] == '-'
	if negative {
		text = text[1:]
	}
	whole, fraction, pointed := bytes.Cut(text, k.decimal)
	if len(whole) == 0 || pointed && len(fraction) == 0 || leadingDigits(fraction) != len(fraction) {
		return decimal{}, reasonNotNumber
	}
	fraction = bytes.TrimRight(fraction, "0")
	var n accumulator
	n.negative = negative
	if !k.whole(whole, &n) {
		return decimal{}, reasonNotNumber
	}
	for _, digit := range fraction {
		n.add(digit)
	}
	if n.overflow || len(fraction) > maxScale {
		return decimal{}, reasonTooLarge
	}
	return decimal{digits: n.value(), scale: len(fraction)}, ""
}

// whole adds the digits before the decimal mark, and checks their groups.
func (k marking) whole(text []byte, n *accumulator) bool {
	run := leadingDigits(text)
	for _, digit := range text[:run] {
		n.add(digit)
	}
	rest := text[run:]
	if len(rest) == 0 {
		return run > 0
	}
	if len(k.thousands) == 0 || run == 0 || run > 3 {
		return false
	}
	for len(rest) > 0 {
		group, ok := bytes.CutPrefix(rest, k.thousands)
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
func (d decimal) micros() (int64, string) {
	if d.scale > 6 {
		return 0, reasonNotMicros
	}
	n := d.digits
	for range 6 - d.scale {
		if n > math.MaxInt64/10 || n < math.MinInt64/10 {
			return 0, reasonTooLarge
		}
		n *= 10
	}
	return n, ""
}
