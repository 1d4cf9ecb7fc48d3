package gates

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"tributary/attribution"
	"tributary/ingest"
	"tributary/internal/engine"
)

// MeasuresFile holds the measures of a run, in its directory. It depends on that run alone.
const MeasuresFile = "measures.parquet"

// A measure is a count or a sum: of a table, and of a column, a key or a month where it is about one. total is what the count is a
// part of; micros is money in millionths of the reporting currency.
const (
	measureColumns = "measure VARCHAR, table_name VARCHAR, column_name VARCHAR, key VARCHAR, period VARCHAR, n BIGINT, total BIGINT, micros HUGEINT"
	measureNames   = "measure, table_name, column_name, key, period, n, total, micros"
)

// dateOf is the table's own date, by which months are counted.
var dateOf = map[string]string{
	"touchpoints": "occurred_at", "activities": "occurred_at", "leads": "created_at", "contacts": "created_at",
	"opportunities": "created_at", "stage_history": "entered_at", "costs": "starts_on", "campaigns": "starts_on",
	"exchange_rates": "effective_on", "targets": "period_start", "capacity": "week",
}

// weightOf is what the rows of a table are worth: money in the reporting currency, amounts in others at their newest rate; of
// tables without money, the quantity that they hold.
var weightOf = map[string]string{
	"opportunities":  inReporting("CAST(amount_minor AS HUGEINT) * 1000000 // m.minor_per_unit"),
	"costs":          inReporting("CAST(amount_micros AS HUGEINT)"),
	"campaigns":      inReporting("CAST(budget_micros AS HUGEINT)"),
	"targets":        "CAST(t.amount_micros AS HUGEINT)",
	"exchange_rates": "CAST(ROUND(t.rate_digits * 1000000.0 / POW(10, t.rate_scale)) AS HUGEINT)",
	"capacity":       "CAST(t.leads AS HUGEINT) * 1000000",
}

func inReporting(micros string) string {
	micros = strings.NewReplacer("amount", "t.amount", "budget", "t.budget").Replace(micros)
	return "CASE WHEN m.is_reporting THEN " + micros + " ELSE CAST(ROUND((" + micros + ") * m.rate) AS HUGEINT) END"
}

// hasCurrency tells whether the weight of a table asks for the currency of its rows.
func hasCurrency(table string) bool { return strings.Contains(weightOf[table], "m.is_reporting") }

// from is a table with what its weight needs.
func from(table string) string {
	if !hasCurrency(table) {
		return engine.Name(table) + " AS t"
	}
	return engine.Name(table) + " AS t LEFT JOIN newest_rates AS m ON m.currency = t.currency"
}

func weight(table string) string {
	if w := weightOf[table]; w != "" {
		return "SUM(" + w + ")"
	}
	return "CAST(NULL AS HUGEINT)"
}

// wordColumns hold words by which rows are told apart.
var wordColumns = []struct{ table, column string }{
	{"touchpoints", "status"}, {"touchpoints", "touch_type"}, {"touchpoints", "channel"}, {"campaigns", "channel"}, {"costs", "channel"},
	{"opportunities", "stage"}, {"opportunities", "opportunity_type"}, {"stage_history", "stage"}, {"activities", "activity_type"},
}

// plainWord is config.PlainWord in SQL.
func plainWord(column string) string {
	return "LOWER(REGEXP_REPLACE(" + column + `, '[-_\s\p{Z}]', '', 'g'))`
}

// measureFiles makes the table measures of what was loaded.
func (j *Judge) measureFiles(ctx context.Context) error {
	if err := j.engine.Exec(ctx, "CREATE OR REPLACE TABLE measures ("+measureColumns+")"); err != nil {
		return err
	}
	if err := j.engine.Exec(ctx, `
		CREATE OR REPLACE TABLE newest_rates AS
		SELECT c.currency, c.minor_per_unit, c.currency = ? AS is_reporting, r.rate
		FROM currencies AS c
		LEFT JOIN (
			SELECT currency, ARG_MAX(rate_digits / POW(10, rate_scale), effective_on) AS rate FROM exchange_rates GROUP BY currency
		) AS r ON r.currency = c.currency`, j.inputs.Currency); err != nil {
		return err
	}
	if err := j.countTouches(ctx); err != nil {
		return fmt.Errorf("table touchpoints: %w", err)
	}
	for _, t := range ingest.Tables() {
		if !j.inputs.Gives(t.Name) {
			continue
		}
		if err := j.measure(ctx, measuresOf(t)...); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	var given []string
	for _, f := range j.inputs.Files {
		for _, c := range f.Columns {
			if c.Header != "" || c.Value != "" {
				given = append(given, "SELECT 'given', "+engine.Text(f.Table)+", "+engine.Text(c.Column)+", NULL, NULL, 1, NULL, NULL")
			}
		}
	}
	if err := j.measure(ctx, given...); err != nil {
		return err
	}
	if err := attribution.FindDangling(ctx, j.engine); err != nil {
		return err
	}
	var shares []string
	for _, join := range attribution.Joins() {
		if j.inputs.Gives(join.Table) && j.inputs.Gives(join.Other) {
			shares = append(shares, "SELECT 'share', "+engine.Text(join.Table)+", "+engine.Text(join.Column)+", "+engine.Text(join.Check)+
				", NULL, joined, total, NULL FROM ("+join.Query+")")
		}
	}
	return j.measure(ctx, shares...)
}

// measure adds the answers of some queries to the measures, in one statement.
func (j *Judge) measure(ctx context.Context, queries ...string) error {
	if len(queries) == 0 {
		return nil
	}
	for i, query := range queries {
		queries[i] = "(" + query + ")"
	}
	return j.engine.Exec(ctx, "INSERT INTO measures "+strings.Join(queries, "\nUNION ALL "))
}

// measuresOf are the queries that measure one table.
func measuresOf(t ingest.Table) []string {
	name := engine.Text(t.Name)
	late := "0"
	if t.Name == "touchpoints" {
		late = "(SELECT COUNT(*) FROM late_touches)" // how many there are depends on as-of, and not on the file
	}
	var columns, counts []string
	for _, c := range t.Columns {
		columns = append(columns, engine.Text(c.Name))
		counts = append(counts, "COUNT("+engine.Name(c.Raw())+")")
	}
	queries := []string{
		"SELECT 'rows', " + name + ", NULL, NULL, NULL, COUNT(*) + " + late + ", NULL, " + weight(t.Name) + " FROM " + from(t.Name),
		"SELECT 'filled', " + name + ", UNNEST(columns), NULL, NULL, UNNEST(counts), total, NULL FROM (SELECT [" + strings.Join(columns, ", ") +
			"] AS columns, [" + strings.Join(counts, ", ") + "] AS counts, COUNT(*) AS total FROM " + engine.Name("raw_"+t.Name) + ")", // the view fills currencies in
		"SELECT 'quarantined', " + name + ", NULL, NULL, NULL, SUM(quarantined) - " + late + ", NULL, NULL FROM input_files WHERE table_name = " + name,
	}
	switch t.Name {
	case "control_totals":
		return queries[:1] // a list of finance's: it has to be there, and may say what it likes
	case "touchpoints":
		queries = append(queries[2:], measuresOfTouches(t, late)...)
	}
	if date := dateOf[t.Name]; date != "" && t.Name != "touchpoints" {
		day := "t." + engine.Name(date)
		queries = append(queries,
			"SELECT 'month', "+name+", NULL, NULL, STRFTIME(DATE_TRUNC('month', "+day+"), '%Y-%m'), COUNT(*), NULL, "+weight(t.Name)+" FROM "+from(t.Name)+
				" WHERE "+day+" IS NOT NULL GROUP BY DATE_TRUNC('month', "+day+")",
			// days since 1970; a date of the future says nothing of how fresh a table is
			"SELECT 'newest', "+name+", NULL, NULL, NULL, DATE_DIFF('day', DATE '1970-01-01', CAST(MAX("+day+") AS DATE)), COUNT(*), NULL FROM "+from(t.Name)+
				" CROSS JOIN gate_settings AS g WHERE "+day+" <= g.as_of HAVING COUNT(*) > 0")
	}
	for _, w := range wordColumns {
		if w.table != t.Name {
			continue
		}
		column, rows, won, weighed := "t."+engine.Name(w.column), "COUNT(*)", "0", weight(t.Name)
		source := from(t.Name)
		switch {
		case t.Name == "touchpoints":
			source, rows = "touch_kinds AS t", "SUM(t.touches)"
		case t.Name == "opportunities" && w.column == "stage":
			won = "COUNT(CASE WHEN t.is_won THEN 1 END)"
		}
		// The least spelling stands for all of a word; a thousand words are no list of words.
		queries = append(queries, "SELECT 'word', "+name+", "+engine.Text(w.column)+", MIN(word), NULL, CAST(SUM(n) AS BIGINT), CAST(SUM(won) AS BIGINT), SUM(weight)"+
			" FROM (SELECT "+column+" AS word, "+rows+" AS n, "+won+" AS won, "+weighed+" AS weight FROM "+source+" WHERE "+column+" IS NOT NULL GROUP BY "+column+
			") GROUP BY "+plainWord("word")+" QUALIFY COUNT(*) OVER () <= 1000")
	}
	if t.Name == "costs" || t.Name == "stage_history" { // their rows have no key, and are added up or counted
		queries = append(queries, "SELECT 'surplus', "+name+", NULL, NULL, NULL, COUNT(*) - (SELECT COUNT(*) FROM (SELECT DISTINCT * FROM "+engine.Name(t.Name)+")), COUNT(*), NULL FROM "+
			engine.Name(t.Name)+" HAVING COUNT(*) > 0")
	}
	return queries
}

// countTouches makes touch_months, one row per month with touches: how many there are, how many have each column, and the newest one by
// as-of. It is the one scan of all touches that is made to measure them.
func (j *Judge) countTouches(ctx context.Context) error {
	var counts []string
	for _, c := range touchColumns() {
		counts = append(counts, "COUNT("+engine.Name(c)+") AS "+engine.Name(c))
	}
	return j.engine.Exec(ctx, `
		CREATE OR REPLACE TABLE touch_months AS
		SELECT DATE_TRUNC('month', occurred_at) AS month, COUNT(*) AS touches, COUNT(CASE WHEN occurred_at <= g.as_of THEN 1 END) AS by_as_of,
			MAX(CASE WHEN occurred_at <= g.as_of THEN occurred_at END) AS newest, `+strings.Join(counts, ", ")+`
		FROM touchpoints CROSS JOIN gate_settings AS g
		GROUP BY DATE_TRUNC('month', occurred_at)`)
}

// touchColumns are the columns of touches that neither their names nor their kinds hold, and that may be empty.
func touchColumns() []string { return []string{"asset", "source", "medium", "updated_at"} }

// measuresOfTouches are those of the small tables that touches were counted into.
func measuresOfTouches(t ingest.Table, late string) []string {
	of := func(table, column string) string {
		return "SELECT 'filled', 'touchpoints', " + engine.Text(column) + ", NULL, NULL, CAST(COALESCE(SUM(CASE WHEN " + engine.Name(column) +
			" IS NOT NULL THEN touches END), 0) AS BIGINT), CAST(COALESCE(SUM(touches), 0) AS BIGINT), NULL FROM " + table
	}
	queries := []string{
		"SELECT 'rows', 'touchpoints', NULL, NULL, NULL, CAST(COALESCE(SUM(touches), 0) AS BIGINT) + " + late + ", NULL, CAST(NULL AS HUGEINT) FROM touch_months",
		"SELECT 'month', 'touchpoints', NULL, NULL, STRFTIME(month, '%Y-%m'), touches, NULL, NULL FROM touch_months",
		`SELECT 'newest', 'touchpoints', NULL, NULL, NULL, DATE_DIFF('day', DATE '1970-01-01', CAST(MAX(newest) AS DATE)), CAST(SUM(by_as_of) AS BIGINT), NULL
			FROM touch_months HAVING SUM(by_as_of) > 0`,
	}
	for _, c := range t.Columns {
		switch {
		case slices.Contains([]string{"contact_id", "lead_id", "email", "anonymous_id"}, c.Name):
			queries = append(queries, of("touch_names", c.Name))
		case slices.Contains([]string{"channel", "campaign_id", "touch_type", "status"}, c.Name):
			queries = append(queries, of("touch_kinds", c.Name))
		case slices.Contains(touchColumns(), c.Name):
			queries = append(queries, "SELECT 'filled', 'touchpoints', "+engine.Text(c.Name)+", NULL, NULL, CAST(COALESCE(SUM("+engine.Name(c.Name)+
				"), 0) AS BIGINT), CAST(COALESCE(SUM(touches), 0) AS BIGINT), NULL FROM touch_months")
		default: // it is never empty
			queries = append(queries, "SELECT 'filled', 'touchpoints', "+engine.Text(c.Name)+", NULL, NULL, CAST(COALESCE(SUM(touches), 0) AS BIGINT), CAST(COALESCE(SUM(touches), 0) AS BIGINT), NULL FROM touch_months")
		}
	}
	return queries
}

// measureJourneys adds what shows how people, accounts and opportunities come together, the value of every opportunity, and costs by
// day.
func (j *Judge) measureJourneys(ctx context.Context) error {
	return j.measure(ctx,
		`SELECT 'share', 'touchpoints', NULL, 'with_person', NULL, COALESCE(SUM(CASE WHEN is_recorded THEN touches END), 0), COALESCE(SUM(touches), 0), NULL
			FROM touch_persons`,
		`SELECT 'share', 'contacts', NULL, 'person_with_account', NULL, COUNT(p.account_id), COUNT(*), NULL
			FROM people AS p INNER JOIN (`+attribution.Recorded+`) AS r ON r.person_key = p.person_key`,
		`SELECT 'share', 'opportunities', NULL, 'with_people', NULL, COUNT(g.opportunity_key), COUNT(*), NULL
			FROM opportunity_facts AS o LEFT JOIN (SELECT DISTINCT opportunity_key FROM buying_groups) AS g ON g.opportunity_key = o.opportunity_key`,
		`SELECT 'share', 'costs', NULL, 'with_touches', NULL,
				CAST(COALESCE(SUM(CASE WHEN t.met THEN d.micros END), 0) // 1000000 AS BIGINT), CAST(COALESCE(SUM(d.micros), 0) // 1000000 AS BIGINT), SUM(d.micros)
			FROM (SELECT campaign_key, channel_key, SUM(micros) AS micros FROM cost_days GROUP BY campaign_key, channel_key) AS d
			LEFT JOIN (
				SELECT campaign_key, channel_key, TRUE AS met FROM touch_groups WHERE campaign_key > 0 GROUP BY campaign_key, channel_key
				UNION SELECT 0, channel_key, TRUE FROM touch_groups GROUP BY channel_key
			) AS t ON t.campaign_key = d.campaign_key AND t.channel_key = d.channel_key
			HAVING COUNT(*) > 0`,
		`SELECT 'deal', 'opportunities', NULL, o.opportunity_id, CASE WHEN w.is_counted THEN STRFTIME(w.anchor_day, '%Y-%m') END, 1, NULL,
				CAST(COALESCE(w.value_minor, p.value_minor, 0) AS HUGEINT) * 1000000 // g.minor_per_unit
			FROM opportunity_facts AS o
			CROSS JOIN settings AS g
			LEFT JOIN conversions AS w ON w.opportunity_key = o.opportunity_key AND w.conversion_type = 1
			LEFT JOIN conversions AS p ON p.opportunity_key = o.opportunity_key AND p.conversion_type = 0`,
		`SELECT 'cost_day', 'costs', NULL, NULL, CAST(day AS VARCHAR), COUNT(*), NULL, SUM(micros) FROM cost_days GROUP BY day`,
	)
}

// measureCredit adds how much of pipeline and revenue is attributed.
func (j *Judge) measureCredit(ctx context.Context, model string) error {
	return j.engine.Exec(ctx, `
		INSERT INTO measures
		SELECT 'attributed', NULL, NULL, y.name, NULL, CAST(SUM(CASE WHEN c.reason IS NULL THEN c.minor ELSE 0 END) // g.minor_per_unit AS BIGINT),
			CAST(SUM(c.minor) // g.minor_per_unit AS BIGINT), CAST(SUM(c.minor) AS HUGEINT) * 1000000 // g.minor_per_unit
		FROM cube AS c
		INNER JOIN conversion_types AS y ON y.conversion_type = c.conversion_type
		CROSS JOIN settings AS g
		WHERE c.basis = 'period' AND c.model = ? AND c.conversion_type IN (0, 1)
		GROUP BY y.name, g.minor_per_unit`, model)
}

// Write writes the measures into the directory of a run.
func (j *Judge) Write(ctx context.Context, directory string) error {
	query := "SELECT measure, table_name, column_name, key, period, n, total, CAST(micros AS DECIMAL(38, 0)) AS micros FROM measures ORDER BY ALL"
	if err := j.engine.Exec(ctx, "COPY (\n"+query+"\n) TO "+engine.Text(filepath.Join(directory, MeasuresFile))+" (FORMAT parquet, COMPRESSION zstd)"); err != nil {
		return fmt.Errorf("writing %s: %w", MeasuresFile, err)
	}
	return nil
}
