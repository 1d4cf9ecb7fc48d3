package value

import (
	"bytes"
	"math"
	"math/big"
	"unicode"
)

// A numberWriting is how a column writes its numbers, beyond its marks: what a plain decimal has to
// be freed of first.
type numberWriting struct {
	strip    [][]byte // texts around the number, such as a currency sign
	suffixes bool     // K, M and B at its end: thousands, millions, billions
	brackets bool     // around it: it is negative
	exponent int      // it is multiplied by 10 to the power of it
}

func (w numberWriting) isPlain() bool {
	return len(w.strip) == 0 && !w.suffixes && !w.brackets && w.exponent == 0
}

// readDecimal reads a number as the column writes it.
func (c *Reader) readDecimal(text []byte) (Decimal, string) {
	w := c.numbers
	if w.isPlain() {
		return c.Marks.Read(text)
	}
	plain, isNegative := w.stripped(text), false
	if w.brackets && len(plain) > 2 && plain[0] == '(' && plain[len(plain)-1] == ')' {
		plain, isNegative = w.stripped(plain[1:len(plain)-1]), true
	}
	exponent := w.exponent
	if w.suffixes && len(plain) > 0 {
		if power, isSuffix := suffixes[plain[len(plain)-1]]; isSuffix {
			plain = bytes.TrimRightFunc(plain[:len(plain)-1], unicode.IsSpace)
			exponent += power
		}
	}
	number, reason := c.Marks.Read(plain)
	if reason != "" {
		return number, reason
	}
	if isNegative {
		if number.Digits < 0 {
			return number, ReasonNotNumber + "; it has brackets and a minus"
		}
		number.Digits = -number.Digits
	}
	return number.times(exponent)
}

var suffixes = map[byte]int{'K': 3, 'k': 3, 'M': 6, 'm': 6, 'B': 9, 'b': 9}

// stripped is text without the declared words and blanks around it or, behind a minus, in front of
// the digits. What stands between digits stays: 1e3 does not become 13.
func (w numberWriting) stripped(text []byte) []byte {
	text = w.trimmed(text)
	if rest, isNegative := bytes.CutPrefix(text, []byte{'-'}); isNegative {
		if inner := w.trimmed(rest); len(inner) < len(rest) && !bytes.HasPrefix(inner, []byte{'-'}) {
			return append([]byte{'-'}, inner...)
		}
	}
	return text
}

func (w numberWriting) trimmed(text []byte) []byte {
	for {
		before := len(text)
		text = bytes.TrimFunc(text, unicode.IsSpace)
		for _, word := range w.strip {
			text = bytes.TrimSuffix(bytes.TrimPrefix(text, word), word)
		}
		if len(text) == before {
			return text
		}
	}
}

// times is d multiplied by 10 to a power.
func (d Decimal) times(exponent int) (Decimal, string) {
	d.Scale -= exponent
	for d.Scale < 0 {
		if d.Digits > math.MaxInt64/10 || d.Digits < -math.MaxInt64/10 {
			return d, ReasonTooLarge
		}
		d.Digits *= 10
		d.Scale++
	}
	for d.Scale > 0 && d.Digits%10 == 0 {
		d.Digits /= 10
		d.Scale--
	}
	if d.Scale > MaxScale {
		return d, "has more than 18 decimals"
	}
	return d, ""
}

// inverse is 1 / d, rounded half up to 18 decimals or, where these do not fit 64 bits, to as many
// as do. It is the rate from then on.
func (d Decimal) inverse() (Decimal, bool) {
	ten := big.NewInt(10)
	for scale := MaxScale; scale >= 0; scale-- {
		// 1 / (digits / 10^d.Scale) = 10^(d.Scale+scale) / digits, in units of 10^-scale
		numerator := new(big.Int).Exp(ten, big.NewInt(int64(d.Scale+scale)), nil)
		divisor := big.NewInt(d.Digits)
		doubled := new(big.Int).Add(new(big.Int).Lsh(numerator, 1), divisor)
		rounded := doubled.Quo(doubled, new(big.Int).Lsh(divisor, 1))
		if !rounded.IsInt64() {
			continue
		}
		inverse, _ := Decimal{Digits: rounded.Int64(), Scale: scale}.times(0)
		return inverse, inverse.Digits > 0
	}
	return Decimal{}, false
}

// sinceEpoch reads a number of seconds, milliseconds or microseconds since 1970, in UTC.
func (c *Reader) sinceEpoch(text []byte, m *Moment) string {
	const micros = 6
	number, reason := c.Marks.Read(text)
	if reason != "" {
		return "is not a number of " + map[int]string{0: "seconds", 3: "milliseconds", 6: "microseconds"}[c.epoch] + " since 1970"
	}
	isCut := false
	for number.Scale > micros-c.epoch {
		isCut = isCut || number.Digits%10 != 0
		number.Digits, number.Scale = number.Digits/10, number.Scale-1
	}
	number.Scale -= micros - c.epoch
	for number.Scale < 0 {
		if number.Digits > math.MaxInt64/10 || number.Digits < -math.MaxInt64/10 {
			return "is after the year 9999; check the unit that epoch declares"
		}
		number.Digits, number.Scale = number.Digits*10, number.Scale+1
	}
	const second, day = int64(1_000_000), int64(86_400_000_000)
	days := number.Digits / day
	rest := number.Digits % day
	if number.Digits < 0 || days < daysOf(firstYear, 1, 1) {
		return ReasonSentinel + "; check the unit that epoch declares"
	}
	if days > daysOf(9999, 12, 31) {
		return "is after the year 9999; check the unit that epoch declares"
	}
	*m = momentOf(days)
	m.Hour, m.Minute, m.Second = int(rest/(3600*second)), int(rest/(60*second)%60), int(rest/second%60)
	m.micros, m.isCut, m.zoned = int(rest%second), isCut, true
	return ""
}

// momentOf is the day that stands so many days after 1970-01-01.
func momentOf(days int64) Moment {
	year := 1970 + int(days/366)
	for daysOf(year+1, 1, 1) <= days {
		year++
	}
	month := 1
	for month < 12 && daysOf(year, month+1, 1) <= days {
		month++
	}
	return Moment{Year: year, Month: month, Day: int(days-daysOf(year, month, 1)) + 1}
}

// isShortSalesforceID reports whether an id may be one of 15 letters and digits.
func isShortSalesforceID(text []byte) bool {
	if len(text) != 15 {
		return false
	}
	for _, b := range text {
		if !('0' <= b && b <= '9' || 'A' <= b && b <= 'Z' || 'a' <= b && b <= 'z') {
			return false
		}
	}
	return true
}

// appendChecksum appends the three characters that make an id of 15 characters one of 18: each
// stands for which of five characters are capitals (Salesforce, "How to convert a 15 character Id
// to an 18 character Id").
func appendChecksum(id, short []byte) []byte {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
	for start := 0; start < 15; start += 5 {
		bits := 0
		for i, b := range short[start : start+5] {
			if 'A' <= b && b <= 'Z' {
				bits |= 1 << i
			}
		}
		id = append(id, letters[bits])
	}
	return id
}
