package present

import "testing"

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
		{Count, "3.000000", 2, "3"},
		{Count, "1200.250000", 2, "1,200.3"},
		{Number, "-1.200", 2, "-1.2"},
		{Flag, "true", 2, "yes"},
		{Flag, "", 2, ""},
		{Day, "2026-03-31", 2, "2026-03-31"},
		{Text, "=1+1", 2, "=1+1"},
		{Money, "unknown", 2, "unknown"},
	} {
		if got := Value(c.kind, c.exact, c.decimals); got != c.want {
			t.Errorf("Value(%d, %q, %d) = %q, want %q", c.kind, c.exact, c.decimals, got, c.want)
		}
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
