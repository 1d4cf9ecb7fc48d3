package ingest

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
)

// isNumber reports whether a type of the engine is one of numbers.
func isNumber(databaseType string) bool {
	return isFloat(databaseType) || isDecimal(databaseType) || strings.HasSuffix(databaseType, "INT") || strings.HasSuffix(databaseType, "INTEGER")
}

func isDecimal(databaseType string) bool { return strings.HasPrefix(databaseType, "DECIMAL") }

// asText is the SQL of a column as text, exactly. The engine prints a DECIMAL whose digits are all
// decimals without the 0 before its point.
func asText(header, databaseType string) string {
	text := "CAST(" + column(header) + " AS VARCHAR)"
	if isDecimal(databaseType) {
		return "REGEXP_REPLACE(" + text + ", '^(-?)[.]', '\\10.')"
	}
	return text
}

// isFloat reports whether the engine prints values of a type with an exponent where they are large or
// small.
func isFloat(databaseType string) bool { return databaseType == "DOUBLE" || databaseType == "FLOAT" }

// numberText turns the engine's text of a number into the text that the rules of numbers judge.
type numberText func(text []byte) []byte

func numberTextOf(databaseType string) numberText {
	switch databaseType {
	case "DOUBLE":
		return plainFloat
	case "FLOAT":
		return func(text []byte) []byte { return plainFloat(storedFloat(text)) }
	}
	return nil
}

// storedFloat returns the text of a FLOAT, whose 24 bits the engine prints with the fewest digits
// that mean them. Where neighbours lie further apart than a unit of the last digit, those digits
// are a rounded number: 1234567.88 is stored as 1234567.875 and printed as 1234567.9. Such a number
// is written in full, so that its currency can refuse it.
func storedFloat(text []byte) []byte {
	_, fraction, _ := bytes.Cut(text, []byte{'.'})
	if len(fraction) == 0 || string(fraction) == "0" || bytes.IndexByte(text, 'e') >= 0 {
		return text
	}
	wide, err := strconv.ParseFloat(string(text), 32)
	if err != nil {
		return text
	}
	stored := float32(wide)
	apart := float64(math.Nextafter32(stored, float32(math.Inf(1)))) - float64(stored)
	if apart <= math.Pow10(-len(fraction)) {
		return text
	}
	return strconv.AppendFloat(nil, float64(stored), 'f', -1, 64)
}

// plainFloat returns the text of a floating-point number without its exponent: 1e-06 is 0.000001,
// and 1e+16 is 10000000000000000.0, as the engine prints whole numbers below it. The digits are
// those of the engine, the fewest that mean this number: a number so is judged alike, however large
// it is. Text without an exponent is returned as it is.
func plainFloat(text []byte) []byte {
	mantissa, power, found := bytes.Cut(text, []byte{'e'})
	exponent, err := strconv.Atoi(string(power))
	if !found || err != nil {
		return text
	}
	digits, isNegative := bytes.CutPrefix(mantissa, []byte{'-'})
	whole, fraction, _ := bytes.Cut(digits, []byte{'.'})
	digits = slices.Concat(whole, fraction)
	point := len(whole) + exponent // where in the digits the decimal point is
	if point <= 0 {
		digits = slices.Concat(bytes.Repeat([]byte{'0'}, 1-point), digits)
		point = 1
	}
	if point >= len(digits) {
		digits = slices.Concat(digits, bytes.Repeat([]byte{'0'}, point-len(digits)+1))
	}
	plain := slices.Concat(digits[:point], []byte{'.'}, digits[point:])
	if isNegative {
		plain = slices.Concat([]byte{'-'}, plain)
	}
	return plain
}
