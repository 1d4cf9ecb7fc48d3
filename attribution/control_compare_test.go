package attribution

import (
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/findings"
)

func days(t *testing.T, texts ...string) []time.Time {
	t.Helper()
	var found []time.Time
	for _, text := range texts {
		day, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, day)
	}
	return found
}

func TestSegmentsEndWhereAPeriodOrAMonthDoes(t *testing.T) {
	d := days(t, "2024-12-30", "2025-03-02", "2025-02-05", "2025-02-05", "2025-02-10", "2025-02-10")
	var got []string
	for _, s := range segmentsOf([]controlLine{{from: d[2], to: d[3]}, {from: d[0], to: d[1]}, {from: d[4], to: d[5]}}) {
		got = append(got, s.first.Format("0102")+"-"+s.last.Format("0102"))
	}
	if want := "1230-1231 0101-0131 0201-0204 0205-0205 0206-0209 0210-0210 0211-0228 0301-0302"; strings.Join(got, " ") != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// The amounts of two currencies, in millionths: 1.000001 EUR and 2.00 USD on the first of two
// segments, 4.005 USD on the second.
func TestCompareLines(t *testing.T) {
	d := days(t, "2025-01-01", "2025-01-31", "2025-02-01", "2025-02-28")
	first, second := segment{d[0], d[1]}, segment{d[2], d[3]}
	usd, eur := findings.Currency{Code: "USD", Decimals: 2}, findings.Currency{Code: "EUR", Decimals: 2}
	rows := []controlRows{
		{table: "costs", segment: first, currency: "EUR", rows: 1, micros: big.NewInt(1_000_001), reporting: big.NewInt(1_100_001)},
		{table: "costs", segment: first, currency: "USD", rows: 2, micros: big.NewInt(2_000_000), reporting: big.NewInt(2_000_000)},
		{table: "costs", segment: second, currency: "USD", rows: 1, micros: big.NewInt(4_005_000), reporting: big.NewInt(4_005_000)},
		{table: "costs", segment: second, currency: "CHF", rows: 1, micros: big.NewInt(7_000_000), reporting: big.NewInt(0), unpriced: true},
	}
	whole := func(n int64) *int64 { return &n }
	january := controlLine{table: "costs", from: d[0], to: d[1], currency: usd}
	with := func(l controlLine, change func(*controlLine)) controlLine { change(&l); return l }
	for name, c := range map[string]struct {
		line controlLine
		want string
	}{
		"all currencies":    {with(january, func(l *controlLine) { l.rows, l.minor = whole(3), whole(310) }), ""},
		"below the cent":    {with(january, func(l *controlLine) { l.minor, l.currency, l.isOneCurrency = whole(100), eur, true }), ""},
		"one currency":      {with(january, func(l *controlLine) { l.rows, l.minor, l.isOneCurrency = whole(2), whole(200), true }), ""},
		"a cent too much":   {with(january, func(l *controlLine) { l.minor = whole(309) }), "3.09 USD expected, 3.10 USD found, a difference of +0.01 USD"},
		"just tolerated":    {with(january, func(l *controlLine) { l.minor, l.tolerance = whole(309), 10_000 }), ""},
		"not tolerated":     {with(january, func(l *controlLine) { l.minor, l.tolerance = whole(309), 9_999 }), "3.09 USD expected, 3.10 USD found, a difference of +0.01 USD"},
		"a row too few":     {with(january, func(l *controlLine) { l.rows, l.tolerance = whole(4), 999_999 }), "4 rows expected, 3 found, a difference of -1"},
		"a row tolerated":   {with(january, func(l *controlLine) { l.rows, l.tolerance = whole(4), million }), ""},
		"half a cent is up": {controlLine{table: "costs", from: d[2], to: d[3], minor: whole(401), currency: usd, isOneCurrency: true}, ""},
		"no rate": {controlLine{table: "costs", from: d[2], to: d[3], minor: whole(401), currency: usd},
			"4.01 USD expected, and exchange_rates has no rate for some of the rows"},
		"no row":      {with(january, func(l *controlLine) { l.table, l.rows = "leads", whole(1) }), "1 row expected, 0 found, a difference of -1; no row of leads has its date in this period"},
		"none wanted": {with(january, func(l *controlLine) { l.table, l.rows = "leads", whole(0) }), ""},
		"no deal": {with(january, func(l *controlLine) { l.table, l.minor, l.isOneCurrency = "opportunities", whole(-500), true }),
			"-5.00 USD expected, 0.00 USD found, a difference of +5.00 USD; no won opportunity in USD has its date in this period"},
	} {
		got := compareLines([]controlLine{c.line}, rows, usd)
		output := ""
		if len(got.failed) > 0 {
			output = got.failed[0].difference
		}
		if output != c.want || (got.unmatched() == nil) != (c.want == "") {
			t.Errorf("%s: got %q, want %q", name, output, c.want)
		}
		if f := got.findings[0]; f.Check != "control_totals" || (f.Severity == findings.Error) != (c.want != "") {
			t.Errorf("%s: found %+v", name, f)
		}
	}
}

// Rows are covered by a line of their own currency, or by one of all currencies.
func TestUncovered(t *testing.T) {
	d := days(t, "2025-01-01", "2025-01-31", "2025-02-01", "2025-02-28")
	usd := findings.Currency{Code: "USD", Decimals: 2}
	row := func(table string, first, last time.Time, currency string) controlRows {
		return controlRows{table: table, segment: segment{first, last}, currency: currency, rows: 2, micros: big.NewInt(1), reporting: big.NewInt(5_000_000)}
	}
	rows := []controlRows{row("costs", d[0], d[1], "USD"), row("costs", d[0], d[1], "EUR"), row("costs", d[2], d[3], "USD"), row("leads", d[2], d[3], "")}
	lines := []controlLine{{table: "costs", from: d[0], to: d[1], currency: usd, isOneCurrency: true}, {table: "leads", from: d[2], to: d[3]}}
	got := compareLines(lines, rows, usd)
	costs, leads := got.findings[1], got.findings[3]
	if costs.Table != "costs" || costs.Rows != 4 || costs.Amount != "10.00 USD" || !slices.Equal(costs.Examples, []string{"2025-01", "2025-02"}) || costs.Severity != findings.Warning {
		t.Errorf("costs: %+v", costs)
	}
	if leads.Table != "leads" || leads.Rows != 0 || leads.Severity != findings.OK {
		t.Errorf("leads: %+v", leads)
	}
	if got.refused() != nil {
		t.Errorf("refused: %v", got.refused())
	}
	got.failed = []unmatchedLine{{lines[0], "off"}}
	if err := got.refused(); failure.CodeOf(err) != failure.Check || !strings.Contains(err.Error(), "4 rows of costs are in months") {
		t.Errorf("refused: %v", err)
	}
}
