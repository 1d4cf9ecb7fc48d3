package attribution

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
)

// alarm asks one check of tables that hold these rows, and returns its finding.
func alarm(t *testing.T, checks []findings.Check, name string, statements ...string) findings.Finding {
	t.Helper()
	eng, err := engine.Open(t.Context(), engine.Options{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	if err := DefineFunctions(t.Context(), eng); err != nil {
		t.Fatal(err)
	}
	for _, statement := range statements {
		if err := eng.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	checks = slices.DeleteFunc(checks, func(c findings.Check) bool { return c.Name != name })
	found, err := findings.RunChecks(t.Context(), eng, checks)
	if err != nil || len(found) != 1 {
		t.Fatal(len(found), err)
	}
	return found[0]
}

// Exactly half of the touches is not most of them.
func TestMostExcluded(t *testing.T) {
	touches := func(excluded, counted int) string {
		return fmt.Sprintf(`CREATE TABLE touch_groups AS
			SELECT 1 AS touches, CASE WHEN i < 2 THEN NULL ELSE 'Sent' || i %% 4 END AS status, CASE WHEN i < %d THEN 'status' END AS excluded_reason FROM range(%d) r(i)`, excluded, excluded+counted)
	}
	if f := alarm(t, mostlyExcluded(), "mostly_excluded_by_status", touches(10, 10)); f.Rows != 0 {
		t.Errorf("half: %+v", f)
	}
	f := alarm(t, mostlyExcluded(), "mostly_excluded_by_status", touches(10, 9))
	if want := []string{"(none) (2)", "Sent0 (2)", "Sent1 (2)"}; f.Rows != 10 || !slices.Equal(f.Examples, want) {
		t.Errorf("more than half: %+v", f)
	}
}

// The limits of a rate that looks inverted, just reached and just passed. The median of the amounts
// in USD is 100.
func TestInvertedRates(t *testing.T) {
	for _, c := range []struct {
		what, rate string // digits x 10^-2
		amounts    []string
		rows       int64
		amount     string
	}{
		{"a hundredfold is not more", "1000", []string{"1000"}, 0, ""},                                    // converted 10,000
		{"more than a hundredfold, divided within tenfold", "1100", []string{"1000"}, 1, "11,000.00 USD"}, // 11,000; 90.91
		{"more than a hundredfold below", "5", []string{"10"}, 1, "0.50 USD"},                             // 0.50; 200
		{"divided just within tenfold", "20000", []string{"200000"}, 1, "40,000,000.00 USD"},              // 1,000
		{"divided more than tenfold", "20000", []string{"200200"}, 0, ""},                                 // 1,001
		{"half of them", "20000", []string{"20000", "0.01"}, 0, ""},
		{"most of them", "20000", []string{"20000", "20000", "0.01", "0"}, 2, "8,000,000.00 USD"},
	} {
		amounts := []string{"('2025-01-01', 'USD', 100)", "('2025-01-01', 'USD', -100)", "('2025-01-01', 'USD', 1000000)"}
		for _, a := range c.amounts {
			amounts = append(amounts, "('2025-01-01', 'JPY', "+a+")")
		}
		f := alarm(t, fromFiles(findings.Currency{Code: "USD", Decimals: 2}, alarmChecks...), "rate_looks_inverted",
			"CREATE TABLE settings AS SELECT 'USD' AS currency",
			"CREATE TABLE currencies AS SELECT 'USD' AS currency, 100 AS minor_per_unit",
			"CREATE TABLE opportunity_facts (currency VARCHAR, created_us BIGINT, amount_minor BIGINT)",
			"CREATE TABLE costs AS SELECT CAST(d AS DATE) AS starts_on, c AS currency, CAST(CAST(a AS DECIMAL(18, 2)) * 1000000 AS BIGINT) AS amount_micros FROM (VALUES "+strings.Join(amounts, ", ")+") AS v (d, c, a)",
			"CREATE TABLE rate_periods AS SELECT 'JPY' AS currency, DATE '2024-01-01' AS effective_on, DATE '9999-12-31' AS ends_before, CAST("+c.rate+" AS BIGINT) AS rate_digits, CAST(2 AS TINYINT) AS rate_scale")
		if f.Rows != c.rows || f.Amount != c.amount {
			t.Errorf("%s: %d rows, %s, want %d, %s", c.what, f.Rows, f.Amount, c.rows, c.amount)
		}
	}
}

// Amounts and rates at the ends of their ranges overflow nothing, and have no money.
func TestInvertedRatesOfHugeAmounts(t *testing.T) {
	f := alarm(t, fromFiles(findings.Currency{Code: "USD", Decimals: 2}, alarmChecks...), "rate_looks_inverted",
		"CREATE TABLE settings AS SELECT 'USD' AS currency",
		"CREATE TABLE currencies AS SELECT 'JPY' AS currency, 1 AS minor_per_unit",
		"CREATE TABLE opportunity_facts AS SELECT 'JPY' AS currency, EPOCH_US(TIMESTAMP '2025-01-01') AS created_us, 9223372036854775807 AS amount_minor",
		"CREATE TABLE costs AS SELECT DATE '2025-01-01' AS starts_on, c AS currency, a AS amount_micros FROM (VALUES ('JPY', 9223372036854775807), ('USD', 1)) AS v (c, a)",
		"CREATE TABLE rate_periods AS SELECT 'JPY' AS currency, DATE '2024-01-01' AS effective_on, DATE '9999-12-31' AS ends_before, 9223372036854775807 AS rate_digits, CAST(0 AS TINYINT) AS rate_scale")
	if f.Rows != 1 || f.Amount != "" {
		t.Errorf("%+v", f)
	}
}

// Several amounts of a day are an alarm, unless most days have some that are not alike: those are
// its parts.
func TestSameDaysTwice(t *testing.T) {
	for _, c := range []struct {
		what          string
		days, several int
		second        string // amount beside 100
		rows          int64
	}{
		{"one day of a few", 3, 1, "500", 2},
		{"every day of a few", 19, 19, "500", 38},
		{"most days of many, unlike", 21, 11, "126", 0},
		{"half of the days of many", 22, 11, "126", 22},
		{"most days of many, alike", 21, 11, "125", 22},
		{"equal amounts", 21, 21, "100", 0},
	} {
		f := alarm(t, fromFiles(findings.Currency{Code: "USD", Decimals: 2}, alarmChecks...), "days_restated",
			"CREATE TABLE settings AS SELECT 'USD' AS currency",
			fmt.Sprintf(`CREATE TABLE costs AS
				SELECT DATE '2025-01-01' + CAST(i AS INTEGER) AS starts_on, DATE '2025-01-01' + CAST(i AS INTEGER) AS ends_on, NULL::VARCHAR AS campaign_id, 'Search' AS channel, 'USD' AS currency, 100000000 AS amount_micros
				FROM range(%d) r(i)
				UNION ALL SELECT DATE '2025-01-01' + CAST(i AS INTEGER), DATE '2025-01-01' + CAST(i AS INTEGER), NULL, 'Search', 'USD', %s * 1000000 FROM range(%d) r(i)`, c.days, c.second, c.several))
		amount := ""
		if c.rows > 0 {
			amount = findings.Currency{Code: "USD", Decimals: 2}.Amount(fmt.Sprint(c.rows / 2 * 100_000_000))
		}
		if f.Rows != c.rows || f.Amount != amount {
			t.Errorf("%s: %d rows, %s, want %d, %s", c.what, f.Rows, f.Amount, c.rows, amount)
		}
	}
}

// An id is missed only where exactly one of the other table is written like it.
func TestIDsWrittenOtherwise(t *testing.T) {
	eng, err := engine.Open(t.Context(), engine.Options{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	for _, statement := range []string{
		"CREATE TABLE contacts AS SELECT * FROM (VALUES ('101'), ('abc'), ('ABC'), ('x y'), ('7.00'), ('there')) AS v (contact_id)",
		"CREATE TABLE opportunities AS SELECT * FROM (VALUES ('O-1.0')) AS v (opportunity_id)",
		`CREATE TABLE unknown_references AS SELECT * FROM (VALUES
			(18, 'opportunity_contacts', 'opportunities', 'O-1', 1), (18, 'opportunity_contacts', 'opportunities', 'o-1.0', 2),
			(19, 'opportunity_contacts', 'contacts', '101.0', 1), (19, 'opportunity_contacts', 'contacts', ' 101', 1),
			(19, 'opportunity_contacts', 'contacts', 'Abc', 1), (19, 'opportunity_contacts', 'contacts', 'X Y', 1),
			(19, 'opportunity_contacts', 'contacts', '7', 1), (19, 'opportunity_contacts', 'contacts', 'xy', 1),
			(9, 'account_contacts', 'contacts', '101 ', 3), (23, 'costs', 'campaigns', '101 ', 3)
		) AS v (reference, table_name, other, key, n)`,
		"CREATE TABLE campaigns (campaign_id VARCHAR)",
	} {
		if err := eng.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := findIDForms(t.Context(), eng); err != nil {
		t.Fatal(err)
	}
	found, err := findings.RunChecks(t.Context(), eng, formsOfIDs())
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]int64{"opportunity_contacts": 6, "account_contacts": 3}
	examples := map[string][]string{
		"opportunity_contacts": {" 101 / 101", "101.0 / 101", "O-1 / O-1.0", "X Y / x y", "o-1.0 / O-1.0"}, "account_contacts": {"101  / 101"},
	}
	for _, f := range found {
		if f.Rows != rows[f.Table] || !slices.Equal(f.Examples, examples[f.Table]) {
			t.Errorf("%s: %d rows %q, want %d rows %q", f.Table, f.Rows, f.Examples, rows[f.Table], examples[f.Table])
		}
	}
	if err := eng.Exec(t.Context(), "DELETE FROM unknown_references"); err != nil {
		t.Fatal(err)
	}
	if err := findIDForms(t.Context(), eng); err != nil {
		t.Fatal(err)
	}
	found, err = findings.RunChecks(t.Context(), eng, formsOfIDs())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if f.Rows != 0 {
			t.Errorf("%s: %d rows, although nothing points nowhere", f.Table, f.Rows)
		}
	}
}

// What a table lacks is found once for all who ask; a table that was not given lacks nothing.
func TestUnknownReferences(t *testing.T) {
	eng, err := engine.Open(t.Context(), engine.Options{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	columns := map[string][]string{}
	for _, r := range pointers() {
		table := r.table
		if table == "touchpoints" {
			table = map[bool]string{true: "touch_kinds", false: "touch_names"}[r.column == "campaign_id"]
		}
		columns[table] = append(columns[table], r.column)
		columns[r.other] = append(columns[r.other], keyOf[r.other])
	}
	columns["identity_map"] = append(columns["identity_map"], "kind", "to_kind")
	columns["stage_history"] = append(columns["stage_history"], "entity_type")
	for table, names := range columns {
		slices.Sort(names)
		statement := "CREATE TABLE " + table + " (" + strings.Join(slices.Compact(names), " VARCHAR, ") + " VARCHAR"
		if strings.HasPrefix(table, "touch_") {
			statement += ", touches BIGINT"
		}
		if err := eng.Exec(t.Context(), statement+")"); err != nil {
			t.Fatal(err)
		}
	}
	for _, statement := range []string{
		"INSERT INTO contacts (contact_id) VALUES ('c1')",
		"INSERT INTO touch_names (contact_id, lead_id, touches) VALUES ('c1', NULL, 5), ('c2', NULL, 7), (NULL, 'l1', 9)",
		"INSERT INTO stage_history (entity_type, entity_id) VALUES ('contact', 'c1'), ('contact', 'c3'), ('contact', 'c3'), ('opportunity', 'o1')",
	} {
		if err := eng.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // the second one finds the table
		if err := FindUnknownReferences(t.Context(), eng); err != nil {
			t.Fatal(err)
		}
	}
	found, err := findings.RunChecks(t.Context(), eng, references())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int64{"touchpoints contact_unknown": 7, "stage_history contact_unknown": 2, "stage_history opportunity_unknown": 1}
	for _, f := range found {
		if f.Rows != want[f.Table+" "+f.Check] {
			t.Errorf("%s %s: %d rows, want %d", f.Table, f.Check, f.Rows, want[f.Table+" "+f.Check])
		}
	}
	shares := map[string][2]int64{"touchpoints contact_unknown": {5, 12}, "touchpoints lead_unknown": {0, 9}, "stage_history contact_unknown": {1, 3}, "stage_history opportunity_unknown": {0, 1}}
	for _, j := range Joins() {
		var got [2]int64
		if err := eng.Row(t.Context(), "SELECT CAST(joined AS BIGINT), total FROM ("+j.Query+")", nil, &got[0], &got[1]); err != nil || got != shares[j.Table+" "+j.Check] {
			t.Errorf("%s %s: %d, %v, want %d", j.Table, j.Check, got, err, shares[j.Table+" "+j.Check])
		}
	}
}

// A merged contact may have the id of a lead, and a contact too.
func TestRolesOfLeads(t *testing.T) {
	f := alarm(t, fromFiles(findings.Currency{Code: "USD", Decimals: 2}, alarmChecks...), "contact_is_lead",
		"CREATE TABLE settings AS SELECT 100 AS minor_per_unit",
		"CREATE TABLE leads AS SELECT * FROM (VALUES ('L'), ('B'), ('M'), ('K')) AS v (lead_id)",
		"CREATE TABLE contacts AS SELECT * FROM (VALUES ('B')) AS v (contact_id)",
		"CREATE TABLE identity_map AS SELECT * FROM (VALUES ('M', NULL), ('K', 'lead')) AS v (from_id, kind)",
		"CREATE TABLE conversions AS SELECT * FROM (VALUES ('O-1', 0, 500), ('O-1', 1, 500)) AS v (opportunity_id, conversion_type, value_minor)",
		"CREATE TABLE opportunity_contacts AS SELECT * FROM (VALUES ('O-1', 'L'), ('O-1', 'K'), ('O-1', 'L'), ('O-1', 'B'), ('O-1', 'M'), ('O-1', 'nobody')) AS v (opportunity_id, contact_id)")
	if f.Rows != 3 || !slices.Equal(f.Examples, []string{"K", "L"}) || f.Amount != "5.00 USD" {
		t.Errorf("%+v", f)
	}
}

// A kind of which one conversion counts is not all late. The amount of an opportunity counts once.
func TestKindsAfterAsOf(t *testing.T) {
	f := alarm(t, fromFiles(findings.Currency{Code: "USD", Decimals: 2}, alarmChecks...), "every_conversion_after_as_of",
		"CREATE TABLE settings AS SELECT 100 AS minor_per_unit",
		"CREATE TABLE conversion_types AS SELECT * FROM (VALUES (0, 'pipeline'), (1, 'revenue'), (2, 'lead'), (3, 'mql')) AS v (conversion_type, name)",
		"CREATE TABLE conversions AS SELECT * FROM (VALUES (0, 700, FALSE), (0, 500, FALSE), (1, 500, FALSE), (2, NULL, FALSE), (2, NULL, TRUE), (3, NULL, FALSE)) AS v (conversion_type, value_minor, is_counted)")
	if f.Rows != 4 || !slices.Equal(f.Examples, []string{"mql", "pipeline", "revenue"}) || f.Amount != "5.00 USD" {
		t.Errorf("%+v", f)
	}
}

// Exactly half of the cost is not most of it. Cost of a campaign meets touches of the campaign, any
// other those of its channel.
func TestMostCostWithoutTouch(t *testing.T) {
	of := func(unmet int) findings.Finding {
		return alarm(t, fromFiles(findings.Currency{Code: "USD", Decimals: 2}, alarmChecks...), "mostly_without_touch",
			"CREATE TABLE campaign_keys AS SELECT * FROM (VALUES ('C-1', 1), ('C-3', 3)) AS v (campaign_id, campaign_key)",
			"CREATE TABLE channels AS SELECT * FROM (VALUES ('(none)', 0), ('Ads', 1), ('Fair', 2)) AS v (channel, channel_key)",
			"CREATE TABLE touch_groups AS SELECT * FROM (VALUES (1, 0), (0, 1)) AS v (campaign_key, channel_key)",
			fmt.Sprintf("CREATE TABLE cost_days AS SELECT k AS campaign_key, h AS channel_key, u * 1000000 AS micros FROM (VALUES (1, 2, 20), (0, 1, 10), (3, 2, 10), (3, 2, 10), (0, 2, %d)) AS v (k, h, u)", unmet))
	}
	if f := of(10); f.Rows != 0 {
		t.Errorf("half: %+v", f)
	}
	if f := of(11); f.Rows != 3 || f.Amount != "31.00 USD" || !slices.Equal(f.Examples, []string{"C-3", "Fair"}) {
		t.Errorf("more than half: %+v", f)
	}
}

// Twenty times at midnight UTC are an alarm, nineteen are not, nor is one that stands elsewhere,
// nor a zone whose days begin then.
func TestMidnightsOfUTC(t *testing.T) {
	for _, c := range []struct {
		what         string
		rows, others int
		isUTC        bool
		want         int64
	}{{"twenty", 20, 0, false, 20}, {"nineteen", 19, 0, false, 0}, {"one elsewhere", 30, 1, false, 0}, {"of the own zone", 30, 0, true, 0}} {
		settings := fmt.Sprintf("CREATE TABLE settings AS SELECT %t AS days_begin_with_utc", c.isUTC)
		f := alarm(t, midnightsOfUTC(), "occurred_at_midnight_utc", settings,
			fmt.Sprintf("CREATE TABLE touch_totals AS SELECT %d AS touches, %d AS at_midnight", c.rows, c.rows-c.others))
		if f.Rows != c.want {
			t.Errorf("touches, %s: %d rows, want %d", c.what, f.Rows, c.want)
		}
		f = alarm(t, midnightsOfUTC(), "entered_at_midnight_utc", settings,
			fmt.Sprintf(`CREATE TABLE stage_history AS SELECT 0 AS entered_at_span_us, TIMESTAMP '2025-01-01' + TO_DAYS(CAST(i AS INTEGER)) + CASE WHEN i < %d THEN INTERVAL 1 HOUR ELSE INTERVAL 0 HOUR END AS entered_at FROM range(%d) r(i)`, c.others, c.rows))
		if f.Rows != c.want {
			t.Errorf("%s: %d rows, want %d", c.what, f.Rows, c.want)
		}
	}
}
