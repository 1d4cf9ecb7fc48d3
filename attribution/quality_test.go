package attribution

import (
	"regexp"
	"testing"

	"github.com/tributary-engine/tributary/internal/findings"
)

// Every message of a check agrees with its number: it has one form for one row and another for
// several, and no leftover brace.
func TestEveryCheckHasAMeaningForOneRow(t *testing.T) {
	alwaysOne := map[string]bool{"period_after_as_of": true}
	plural := regexp.MustCompile(`\b(rows|touches|are|have|were)\b`)
	for _, c := range dataChecks(findings.Currency{Code: "EUR", Decimals: 2}) {
		one, many := findings.Chosen(c.Meaning, 1), findings.Chosen(c.Meaning, 2)
		if one == many && !alwaysOne[c.Name] {
			t.Errorf("%s of %s says %q of one row and of several", c.Name, c.Table, one)
		}
		if regexp.MustCompile(`[{}|]`).MatchString(one + many) {
			t.Errorf("%s of %s has braces that are no alternatives: %q", c.Name, c.Table, c.Meaning)
		}
		if begin := one[:min(len(one), 30)]; one != many && plural.MatchString(begin) {
			t.Errorf("%s of %s begins with a plural for one row: %q", c.Name, c.Table, one)
		}
	}
}
