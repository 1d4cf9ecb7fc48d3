package spreadsheet

import "strings"

// digits is how many significant digits of a number Excel keeps.
const digits = 15

// Keeps tells whether Excel keeps a decimal as it is: it sets every digit after the fifteenth to 0.
func Keeps(decimal string) bool {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(decimal, "-"), ".")
	return len(strings.Trim(whole+fraction, "0")) <= digits
}
