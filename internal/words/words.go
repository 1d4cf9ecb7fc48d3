// Package words writes numbers and lists for people: with thousands separators, plurals, and short
// lists.
package words

import (
	"strconv"
	"strings"
)

// An Integer is any whole number that the program counts with.
type Integer interface {
	~int | ~int32 | ~int64 | ~uint64
}

// Number writes n with thousands separators: 1234567 becomes 1,234,567.
func Number[N Integer](n N) string {
	digits, sign := strconv.FormatUint(uint64(n), 10), ""
	if n < 0 {
		digits, sign = strconv.FormatUint(-uint64(n), 10), "-"
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// Decimal writes a decimal with thousands separators: -1234.50 becomes -1,234.50. The text is digits
// with at most one minus and one point, such as the amounts of the manifest.
func Decimal(text string) string {
	digits, sign := strings.CutPrefix(text, "-")
	whole, fraction, isBroken := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if isBroken {
		whole += "." + fraction
	}
	if sign {
		whole = "-" + whole
	}
	return whole
}

// Count writes n and its noun, which is given in the singular and ends in the word that takes the
// plural: Count(1, "bad row") is "1 bad row", Count(1234, "bad row") is "1,234 bad rows".
func Count[N Integer](n N, noun string) string {
	return Number(n) + " " + Choose(n, noun, plural(noun))
}

// Choose returns one for exactly one thing and many for any other number: Choose(n, "is", "are").
func Choose[N Integer](n N, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// plural is the regular English plural, and that of the few irregular nouns that the program uses.
func plural(noun string) string {
	before, ok := strings.CutSuffix(noun, "person")
	switch {
	case ok:
		return before + "people"
	case endsIn(noun, "s", "x", "z", "ch", "sh"):
		return noun + "es"
	case endsIn(noun, "y") && !endsIn(noun, "ay", "ey", "oy", "uy"):
		return strings.TrimSuffix(noun, "y") + "ies"
	}
	return noun + "s"
}

func endsIn(text string, endings ...string) bool {
	for _, ending := range endings {
		if strings.HasSuffix(text, ending) {
			return true
		}
	}
	return false
}

// List joins the first names with commas and says how many more there are: "a, b, c and 12 more".
func List(names []string, atMost int) string {
	if len(names) <= atMost {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:atMost], ", ") + " and " + Number(len(names)-atMost) + " more"
}
