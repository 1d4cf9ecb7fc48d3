// Package present formats the exact text of a report's cell for people: with thousands separators,
// percentages, and words instead of identifiers. It rounds only what is shown. Files that other
// programs read have the exact text.
package present

import (
	"math/big"
	"strings"

	"github.com/tributary-engine/tributary/internal/words"
)

// A Kind is how the values of a column are shown.
type Kind int

const (
	Text    Kind = iota // as it is
	Flag                // yes or no
	Day                 // 2026-03-31
	Moment              // 2026-03-31 14:05
	Count               // whole numbers, or credited units with one decimal
	Money               // two decimals, or those of the currency
	Percent             // a share of 1, shown as 12.3 %
	Number              // a ratio, a number of days: at most two decimals
)

// KindOf is the kind of a column, from the unit that its report declares (reports.Column).
func KindOf(unit string) Kind {
	switch unit {
	case "true/false", "boolean":
		return Flag
	case "day":
		return Day
	case "time", "instant":
		return Moment
	case "money", "money, 6 decimals", "money per unit", "cost":
		return Money
	case "rate", "share":
		return Percent
	case "ratio", "days", "hours", "months", "number", "rating", "units or money", "as `value`", "depends on the code":
		return Number
	case "units", "count", "opportunities", "touchpoints", "conversions", "rank", "rows", "persons", "steps", "facts", "assets":
		return Count
	}
	return Text
}

// IsNumeric reports whether the values of the kind are numbers.
func (k Kind) IsNumeric() bool { return k >= Count }

// Value is the exact text of a cell as a person reads it. Money has the given number of decimals,
// those of the reporting currency. An empty cell stays empty, and a text that is not a number of
// its kind stays as it is.
func Value(kind Kind, exact string, decimals int) string {
	switch kind {
	case Flag:
		switch exact {
		case "true":
			return "yes"
		case "false":
			return "no"
		}
	case Day:
		day, _, _ := strings.Cut(exact, " ")
		return day
	case Moment:
		day, time, _ := strings.Cut(strings.Replace(exact, "T", " ", 1), " ")
		if len(time) > len("15:04") {
			time = time[:len("15:04")]
		}
		return strings.TrimSpace(day + " " + time)
	case Count:
		return rounded(exact, 1, 0)
	case Money:
		return rounded(exact, decimals, decimals)
	case Number:
		return rounded(exact, 2, 0)
	case Percent:
		n, ok := new(big.Rat).SetString(exact)
		if !ok {
			return exact
		}
		return rounded(n.Mul(n, big.NewRat(100, 1)).RatString(), 1, 1) + " %"
	}
	return exact
}

// rounded is a decimal with at most and at least so many decimals, halves away from zero.
func rounded(exact string, most, least int) string {
	n, ok := new(big.Rat).SetString(exact)
	if !ok {
		return exact
	}
	text := n.FloatString(most)
	for decimals := most; decimals > least && strings.HasSuffix(text, "0"); decimals-- {
		text = strings.TrimSuffix(text, "0")
	}
	text = strings.TrimSuffix(text, ".")
	if strings.Trim(text, "-0.") == "" { // no negative zero
		text = strings.TrimPrefix(text, "-")
	}
	return words.Decimal(text)
}

// SameDecimals gives the numbers of a column as many decimals as the one that has the most.
func SameDecimals(cells []string) {
	most := 0
	for _, cell := range cells {
		_, fraction, _ := strings.Cut(cell, ".")
		most = max(most, len(fraction))
	}
	for i, cell := range cells {
		_, fraction, isBroken := strings.Cut(cell, ".")
		if cell == "" || most == len(fraction) {
			continue
		}
		if !isBroken {
			cells[i] += "."
		}
		cells[i] += strings.Repeat("0", most-len(fraction))
	}
}
