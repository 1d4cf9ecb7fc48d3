package present

import (
	"strings"
	"testing"
)

func TestValuesAreReadable(t *testing.T) {
	for _, c := range []struct {
		kind     Kind
		exact    string
		decimals int
		want     string
	}{
		{Money, "1234567.5", 2, "1,234,567.50"},
		{Money, "-0.004", 2, "0.00"},
		{Money, "1234.5", 0, "1,235"},
		{Money, "12.345678", 2, "12.35"},
		{Percent, "0.12345", 2, "12.3 %"},
		{Percent, "", 2, ""},
		{Percent, "-0.0001", 2, "0.0 %"},
		{Percent, "12.5", 2, "1,250.0 %"},
		{Count, "3.000000", 2, "3"},
		{Count, "1200.250000", 2, "1,200.3"},
		{Number, "-1.200", 2, "-1.2"},
		{Flag, "true", 2, "yes"},
		{Flag, "", 2, ""},
		{Day, "2026-03-31", 2, "2026-03-31"},
		{Moment, "2024-05-01T15:47:01", 2, "2024-05-01 15:47"},
		{Moment, "2024-05-01 15:47:01.123+00", 2, "2024-05-01 15:47"},
		{Moment, "2024-05-01", 2, "2024-05-01"},
		{Moment, "", 2, ""},
		{Text, "=1+1", 2, "=1+1"},
		{Money, "unknown", 2, "unknown"},
	} {
		if got := Value(c.kind, c.exact, c.decimals); got != c.want {
			t.Errorf("Value(%d, %q, %d) = %q, want %q", c.kind, c.exact, c.decimals, got, c.want)
		}
	}
}

func TestNumbersOfAColumnHaveTheSameDecimals(t *testing.T) {
	cells := []string{"1,234", "0.5", "", "-2.25"}
	SameDecimals(cells)
	if got := strings.Join(cells, " "); got != "1,234.00 0.50  -2.25" {
		t.Error(got)
	}
}

func TestWordsOfValues(t *testing.T) {
	for _, c := range []struct{ report, column, value, want string }{
		{"channel_performance", "opportunity_type", "new_business", "new business"},
		{"channel_performance", "model", "w_shaped", "W-shaped"},
		{"channel_performance", "model", "first_touch", "First touch"},
		{"channel_performance", "channel", "new_business", "new_business"},
		{"budgets", "reason", "no_budget", "no budget"},
		{"handoff_reasons", "reason", "no_budget", "no_budget"},
		{"reconciliation", "conversion_type", "mql", "MQL"},
		{"asset_performance", "stage", "(all)", "(all)"},
	} {
		if got := Word(c.report, c.column, c.value); got != c.want {
			t.Errorf("%s of %s: %q is %q, want %q", c.column, c.report, c.value, got, c.want)
		}
	}
}

func TestHeadingsSayTheUnitThatIsNotObvious(t *testing.T) {
	for _, c := range []struct{ name, unit, want string }{
		{"cost_per_lead", "money per unit", "Cost per lead"},
		{"campaign_id", "text", "Campaign"},
		{"oldest_days", "days", "Oldest days"},
		{"payback", "months", "Payback (months)"},
		{"wilson_low", "rate", "95 % from"},
		{"p90_days", "days", "P90 days"},
	} {
		if got := Heading(c.name, c.unit); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.name, c.unit, got, c.want)
		}
	}
}

func TestBarsAreScaledToTheGreatest(t *testing.T) {
	for _, c := range []struct {
		value, greatest float64
		want            string
	}{
		{10, 10, "██████████"}, {5, 10, "█████"}, {0, 10, ""}, {0.01, 10, "▏"}, {2.5, 10, "██▌"}, {-5, 10, "░░░░░"}, {-0.1, 10, "░"}, {1, 0, ""},
	} {
		if got := Bar(c.value, c.greatest, 10); got != c.want {
			t.Errorf("%v of %v: %q, want %q", c.value, c.greatest, got, c.want)
		}
	}
}

func TestMarkdownOfDataIsText(t *testing.T) {
	if got, want := Markdown("a|b\n<b>*x*</b> [l](u) `c` & _d_"), "a\\|b &lt;b&gt;\\*x\\*&lt;/b&gt; \\[l\\](u) \\`c\\` &amp; \\_d\\_"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestLabelsAreWords(t *testing.T) {
	for identifier, want := range map[string]string{
		"cost_per_lead": "Cost per lead", "w_shaped": "W-shaped", "mql_to_sql": "MQL to SQL", "roi": "ROI", "new_business": "New business", "MQL": "MQL", "": "",
	} {
		if got := Label(identifier); got != want {
			t.Errorf("Label(%q) = %q, want %q", identifier, got, want)
		}
	}
}
