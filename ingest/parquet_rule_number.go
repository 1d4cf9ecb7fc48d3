package ingest

import (
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/contract"
)

// numberRule is the rule of whole numbers and decimals whose digits fit 64 bits. Go reads floating
// point and text.
func numberRule(column contract.Column, x, databaseType string) (filledRule, bool) {
	scale := 0
	digits := x // x without its point, in 64 bits; NULL where it does not fit
	switch {
	case isInteger(databaseType):
		digits = "TRY_CAST(" + x + " AS BIGINT)"
	case isDecimal(databaseType):
		if _, err := fmt.Sscanf(databaseType, "DECIMAL(%d,%d)", new(int), &scale); err != nil || scale > value.MaxScale {
			return filledRule{}, false
		}
		// Multiplying by a power of ten takes 128 bits, and five times as long as this detour.
		digits = "TRY_CAST(REPLACE(CAST(" + x + " AS VARCHAR), '.', '') AS BIGINT)"
	default:
		return filledRule{}, false
	}
	// -2^63 has no counterpart above zero: Go refuses it.
	r := filledRule{plain: digits + " >= -9223372036854775807"}
	isMultipleOf := func(zeros int) string { return digits + " % " + power(zeros) + " = 0" }
	if column.NotNegative {
		r.plain += " AND " + digits + " >= 0"
	}
	switch column.Kind {
	case contract.Whole:
		r.values = []string{digits + " // " + power(scale)}
		r.plain += " AND " + isMultipleOf(scale)
	case contract.Micros:
		if scale > 6 {
			r.values = []string{digits + " // " + power(scale-6)}
			r.plain += " AND " + isMultipleOf(scale-6)
		} else { // off the bounds of 64 bits: near them Go knows which numbers still fit
			most := "9" + power(12 + scale)[1:]
			isWithin := digits + " BETWEEN -" + most + " AND " + most
			// The engine computes the value of every row, also of rows that Go reads.
			r.values = []string{"CASE WHEN " + isWithin + " THEN " + digits + " * " + power(6-scale) + " END"}
			r.plain += " AND " + isWithin
		}
	default:
		if column.Kind == contract.Rate {
			r.plain += " AND " + digits + " > 0"
		}
		r.values = withoutZeros(x, digits, scale, isMultipleOf)
	}
	return r, true
}

// withoutZeros are the digits and the scale of a number without the trailing zeros of its fraction,
// as decimal has it.
func withoutZeros(x, digits string, scale int, isMultipleOf func(zeros int) string) []string {
	var cut, left strings.Builder
	for zeros := scale; zeros > 0; zeros-- {
		fmt.Fprintf(&cut, " WHEN %s THEN %s // %s", isMultipleOf(zeros), digits, power(zeros))
		fmt.Fprintf(&left, " WHEN %s THEN %d", isMultipleOf(zeros), scale-zeros)
	}
	isNull := "CASE WHEN " + x + " IS NULL THEN NULL"
	return []string{
		isNull + cut.String() + " ELSE " + digits + " END",
		"CAST(" + isNull + left.String() + fmt.Sprintf(" ELSE %d END AS TINYINT)", scale),
	}
}

// power writes 10 to a power.
func power(zeros int) string { return "1" + strings.Repeat("0", zeros) }
