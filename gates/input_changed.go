package gates

import (
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

var inputChanged = gate{
	check: "input_changed", meaning: "rows were added or removed", stage: journeys, noExamples: true, limits: findings.Rule{Severity: findings.Info}, needsBaseline: true, lookBack: true, isLogged: true,
	query: sql("input_changed"),
	message: func(e *Evaluator, c candidate) string {
		keys := c.keys()
		var tables []string
		for _, key := range keys[:len(keys)-1] {
			table, n, _ := cutLast(key, " ")
			if n == "0" {
				tables = append(tables, table+" other rows")
			} else {
				tables = append(tables, table+" "+signedRows(n))
			}
		}
		sentence := "since run " + e.baseline.ID + ": " + strings.Join(tables, ", ")
		if c.Before > 0 {
			sentence += "; " + plural(int64(c.Before), "opportunity newly won", "opportunities newly won")
		}
		if c.Now > 0 {
			sentence += "; " + plural(int64(c.Now), "opportunity is worth", "opportunities are worth") + " another amount (for example " + some(strings.Split(keys[len(keys)-1], "\x1e")) + ")"
		}
		if c.Micros != "" && c.Micros != "0" {
			sentence += fmt.Sprintf("; revenue changed by %s", e.currency.Amount(c.Micros))
		}
		return sentence
	},
	shows: func(candidate) string { return "SELECT * FROM measures WHERE measure = 'rows'" },
}

// signedRows writes a difference in rows for a person: "+1234" becomes "+1,234 rows".
func signedRows(difference string) string {
	digits, noun := strings.TrimLeft(difference, "+-"), " rows"
	if digits == "1" {
		noun = " row"
	}
	return strings.TrimSuffix(difference, digits) + words.Decimal(digits) + noun
}
