package attribution

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
)

// The limits of what is plausible, just reached and just passed: of a currency with 30 amounts, of
// one with 29, and of rates.
func TestImplausible(t *testing.T) {
	eng, err := engine.Open(t.Context(), engine.Options{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	if err := DefineFunctions(t.Context(), eng); err != nil {
		t.Fatal(err)
	}
	var costs []string
	cost := func(campaign, currency string, micros int64) {
		costs = append(costs, fmt.Sprintf("('%s', NULL, '%s', %d)", campaign, currency, micros))
	}
	for range 28 {
		cost("usual", "EUR", 2_000_000)
		cost("usual", "USD", 2_000_000)
		cost("nothing", "USD", 0) // no amount to take a median over
	}
	cost("reached", "EUR", -2_000_000_000_000)
	cost("passed", "EUR", -2_000_000_000_001)
	cost("passed of too few", "USD", 2_000_000_000_001)
	cost("units reached", "JPY", 1_000_000_000_000_000_000)
	cost("units passed", "JPY", -1_000_000_000_000_000_001)
	for table, columns := range map[string]string{
		"campaigns": "campaign_id VARCHAR, currency VARCHAR, budget_micros BIGINT", "currencies": "currency VARCHAR, minor_per_unit BIGINT",
		"opportunity_facts": "opportunity_id VARCHAR, currency VARCHAR, amount_minor BIGINT", "targets": "metric VARCHAR, amount_micros BIGINT",
		"costs":          "campaign_id VARCHAR, channel VARCHAR, currency VARCHAR, amount_micros BIGINT",
		"exchange_rates": "currency VARCHAR, rate_digits BIGINT, rate_scale TINYINT",
	} {
		if err := eng.Exec(t.Context(), "CREATE TABLE "+table+" ("+columns+")"); err != nil {
			t.Fatal(err)
		}
	}
	for _, insert := range []string{
		"INSERT INTO costs VALUES " + strings.Join(costs, ", "),
		"INSERT INTO currencies VALUES ('JPY', 1), ('KWD', 1000)",
		"INSERT INTO opportunity_facts VALUES ('reached', 'JPY', 1000000000000), ('passed', 'JPY', 1000000000001), ('one', 'KWD', 1000000000001), ('none', 'KWD', NULL)",
		"INSERT INTO exchange_rates VALUES ('AAA', 5, 1), ('AAA', 5, 1), ('AAA', 500000, 0), ('BBB', 5, 1), ('BBB', 5, 1), ('BBB', 5000001, 1), ('CCC', 1000000000001, 0)",
	} {
		if err := eng.Exec(t.Context(), insert); err != nil {
			t.Fatal(err)
		}
	}
	found, err := findings.RunChecks(t.Context(), eng, implausibleValues())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{"costs": {"passed", "units passed"}, "opportunities": {"passed"}, "exchange_rates": {"BBB", "CCC"}}
	for _, f := range found {
		if !slices.Equal(f.Examples, want[f.Table]) || f.Rows != int64(len(want[f.Table])) {
			t.Errorf("%s: %d rows of %q, want %q", f.Table, f.Rows, f.Examples, want[f.Table])
		}
	}
}
