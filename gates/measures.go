package gates

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// MeasuresFile holds the measures of a run, in its directory. It depends on that run alone.
const MeasuresFile = "measures.parquet"

// A measure is a count or a sum: of a table, and of a column, a key or a month where it is about
// one. total is what the count is a part of; micros is money in millionths of the reporting
// currency.
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

// weightOf is what the rows of a table are worth: money in the reporting currency, amounts in
// others at their newest rate; of tables without money, the quantity that they hold.
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
	for _, t := range contract.Tables() {
		if !j.inputs.Gives(t.Name) {
			continue
		}
		if err := j.measure(ctx, measuresOf(t)...); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	if err := j.measure(ctx, `
		SELECT 'quarantined', table_name, NULL, NULL, NULL, SUM(quarantined) - CASE table_name WHEN 'touchpoints' THEN `+lateTouches+` ELSE 0 END, NULL, NULL
		FROM input_files WHERE table_name <> 'control_totals' GROUP BY table_name`); err != nil {
		return err
	}
	var given [][]any
	for _, f := range j.inputs.Files {
		for _, c := range f.Columns {
			if c.Header != "" || c.Value != "" {
				given = append(given, []any{"given", f.Table, c.Column, nil, nil, 1, nil, nil})
			}
		}
	}
	if err := j.insert(ctx, "measures", given); err != nil {
		return err
	}
	if err := attribution.FindUnknownReferences(ctx, j.engine); err != nil {
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

// measure adds what these queries answer to the measures.
func (j *Judge) measure(ctx context.Context, queries ...string) error {
	if len(queries) == 0 {
		return nil
	}
	return j.engine.Exec(ctx, "INSERT INTO measures SELECT * FROM ("+strings.Join(queries, ")\nUNION ALL SELECT * FROM (")+")")
}

// insert adds rows to a table, many by one statement.
func (j *Judge) insert(ctx context.Context, table string, rows [][]any) error {
	const atOnce = 200
	for some := range slices.Chunk(rows, atOnce) {
		row := "(" + strings.TrimSuffix(strings.Repeat("?, ", len(some[0])), ", ") + ")"
		values := strings.TrimSuffix(strings.Repeat(row+", ", len(some)), ", ")
		if err := j.engine.Exec(ctx, "INSERT INTO "+table+" VALUES "+values, slices.Concat(some...)...); err != nil {
			return err
		}
	}
	return nil
}

// measuresOf are the queries that measure one table.
func measuresOf(t contract.Table) []string {
	if t.Name == "control_totals" {
		return []string{rowsOf(t.Name, "0")} // a list of finance's: it has to be there, and may say what it likes
	}
	var queries []string
	if t.Name == "touchpoints" {
		queries = append(byDay(t.Name, lateTouches), filledOfTouches(t)...)
	} else {
		queries = append(byDay(t.Name, "0"), filled(t, "raw_"+t.Name, t.Columns))
	}
	for _, w := range wordColumns {
		if w.table == t.Name {
			queries = append(queries, wordsOf(t.Name, w.column))
		}
	}
	if columns := repeatedBy[t.Name]; columns != "" {
		queries = append(queries, surplus(t.Name, columns))
	}
	return queries
}

// rowsOf counts rows; late is the SQL of how many were left out and count all the same.
func rowsOf(table, late string) string {
	return "SELECT 'rows', " + engine.Text(table) + ", NULL, NULL, NULL, COUNT(*) + " + late + ", NULL, " + weight(table) + " FROM " + from(table)
}

// byDay counts the rows of a table, those of each month, and tells its newest day, in days since
// 1970: a date of the future says nothing of how fresh a table is. Rows are grouped by day first,
// which costs little; a month is that of its days.
func byDay(table, late string) []string {
	date := dateOf[table]
	if date == "" {
		return []string{rowsOf(table, late)}
	}
	// Whole days since 1970, rounded down also before it.
	return []string{strings.NewReplacer("{table}", engine.Text(table), "{from}", from(table), "{date}", "t."+engine.Name(date), "{weight}", weight(table), "{late}", late).Replace(`
		WITH days AS (
			SELECT (EPOCH_US({date}) + 86400000000 * 1000000) // 86400000000 - 1000000 AS day, COUNT(*) AS n, {weight} AS micros,
				COUNT(*) FILTER (WHERE {date} <= (SELECT as_of FROM gate_settings)) AS past
			FROM {from}
			GROUP BY day
		),
		months AS (
			SELECT STRFTIME(DATE '1970-01-01' + CAST(day AS INTEGER), '%Y-%m') AS month, n, micros FROM days
		)
		SELECT 'rows', {table}, NULL, NULL, NULL, COALESCE(SUM(n), 0) + {late}, NULL, SUM(micros) FROM days
		UNION ALL
		SELECT 'month', {table}, NULL, NULL, month, SUM(n), NULL, SUM(micros) FROM months WHERE month IS NOT NULL GROUP BY month
		UNION ALL
		SELECT 'newest', {table}, NULL, NULL, NULL, MAX(day) FILTER (WHERE past > 0), SUM(past), NULL FROM days HAVING SUM(past) > 0`)}
}

// filled counts the values of columns; the views fill currencies in, so it asks a table beneath
// them. A required column has a value in every row.
func filled(t contract.Table, relation string, columns []contract.Column) string {
	var names, counts []string
	for _, c := range columns {
		names = append(names, engine.Text(c.Name))
		if c.Required {
			counts = append(counts, "COUNT(*)")
		} else {
			counts = append(counts, "COUNT("+engine.Name(c.Raw())+")")
		}
	}
	return "SELECT 'filled', " + engine.Text(t.Name) + ", UNNEST(columns), NULL, NULL, UNNEST(counts), total, NULL FROM (SELECT [" + strings.Join(names, ", ") +
		"] AS columns, [" + strings.Join(counts, ", ") + "] AS counts, COUNT(*) AS total FROM " + engine.Name(relation) + ")"
}

// wordsOf counts the rows of each word of a column. The least spelling stands for all of a word; a
// thousand words are no list of words.
func wordsOf(table, column string) string {
	relation, rows, won := from(table), "COUNT(*)", "0"
	switch {
	case table == "touchpoints":
		relation, rows = "touch_kinds AS t", "SUM(t.touches)"
	case table == "opportunities" && column == "stage":
		won = "COUNT(CASE WHEN t.is_won THEN 1 END)"
	}
	return strings.NewReplacer("{table}", engine.Text(table), "{name}", engine.Text(column), "{column}", "t."+engine.Name(column), "{from}", relation,
		"{rows}", rows, "{won}", won, "{weight}", weight(table), "{plain}", plainWord("word")).Replace(`
		WITH spellings AS (
			SELECT {column} AS word, {rows} AS n, {won} AS won, {weight} AS micros FROM {from} WHERE {column} IS NOT NULL GROUP BY {column}
		)
		SELECT 'word', {table}, {name}, MIN(word), NULL, SUM(n), SUM(won), SUM(micros) FROM spellings GROUP BY {plain} QUALIFY COUNT(*) OVER () <= 1000`)
}

// repeatedBy are the tables whose rows have no key, and are added up or counted, with columns in
// which few rows are alike.
var repeatedBy = map[string]string{"costs": "starts_on, campaign_id, channel", "stage_history": "entity_id, entered_at"}

// surplus counts the rows that repeat another one. Only rows that are alike in a few columns are
// compared in all.
func surplus(table, columns string) string {
	return strings.NewReplacer("{table}", engine.Text(table), "{from}", engine.Name(table), "{columns}", columns).Replace(`
		WITH repeated AS (
			SELECT HASH({columns}) AS hash FROM {from} GROUP BY hash HAVING COUNT(*) > 1
		),
		alike AS (
			SELECT t.* FROM {from} AS t SEMI JOIN repeated AS r ON r.hash = HASH({columns})
		)
		SELECT 'surplus', {table}, NULL, NULL, NULL,
			(SELECT COUNT(*) FROM alike) - (SELECT COUNT(*) FROM (SELECT DISTINCT * FROM alike)), COUNT(*), NULL
		FROM {from} HAVING COUNT(*) > 0`)
}

// measureJourneys adds what shows how people, accounts and opportunities come together, the value
// of every opportunity, and costs by day.
func (j *Judge) measureJourneys(ctx context.Context) error {
	return j.measure(ctx,
		`SELECT 'share', 'touchpoints', NULL, 'with_person', NULL, COALESCE(SUM(CASE WHEN is_recorded THEN touches END), 0), COALESCE(SUM(touches), 0), NULL
			FROM touch_persons`,
		`SELECT 'share', 'contacts', NULL, 'person_with_account', NULL, COUNT(p.account_id), COUNT(*), NULL
			FROM people AS p INNER JOIN (`+attribution.Recorded+`) AS r ON r.person_key = p.person_key`,
		`SELECT 'share', 'opportunities', NULL, 'with_people', NULL, COUNT(g.opportunity_key), COUNT(*), NULL
			FROM opportunity_facts AS o LEFT JOIN (`+attribution.GroupedOpportunities+`) AS g ON g.opportunity_key = o.opportunity_key`,
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

// measureClosed adds the credit of revenue in the months whose books are closed, by channel and
// campaign, under the given models: what closed_period compares. closed_span has the first and the
// last of these months (key and period), since a reporting period can cut them off.
func (j *Judge) measureClosed(ctx context.Context, models ...string) error {
	slices.Sort(models)
	for _, model := range slices.Compact(models) {
		if err := j.engine.Exec(ctx, `
			INSERT INTO measures
			SELECT 'closed_span', NULL, CAST($1 AS VARCHAR), STRFTIME(from_day, '%Y-%m'), LEAST(s.closed_month, STRFTIME(to_day, '%Y-%m')), 1, NULL, NULL
			FROM (
				SELECT COALESCE(CAST(NULLIF($2, '') AS DATE) + INTERVAL 1 MONTH - INTERVAL 1 DAY, DATE '0001-01-01') AS from_day,
					COALESCE(CAST(NULLIF($3, '') AS DATE) + INTERVAL 1 DAY - INTERVAL 1 MONTH, DATE '9999-12-31') AS to_day
			)
			CROSS JOIN gate_settings AS s
			WHERE s.closed_month IS NOT NULL`, model, j.job.Reporting.From, j.job.Reporting.To); err != nil {
			return err
		}
		if err := j.engine.Exec(ctx, `
			INSERT INTO measures
			SELECT 'closed_credit', NULL, c.model, h.channel || CHR(30) || k.campaign_id, STRFTIME(c.month, '%Y-%m'), 1, NULL,
				CAST(SUM(c.minor) AS HUGEINT) * 1000000 // g.minor_per_unit
			FROM cube AS c
			INNER JOIN channels AS h ON h.channel_key = c.channel_key
			INNER JOIN campaign_keys AS k ON k.campaign_key = c.campaign_key
			CROSS JOIN settings AS g
			CROSS JOIN gate_settings AS s
			WHERE c.basis = 'period' AND c.model = ? AND c.conversion_type = 1 AND STRFTIME(c.month, '%Y-%m') <= s.closed_month
			GROUP BY c.model, h.channel, k.campaign_id, c.month, g.minor_per_unit`, model); err != nil {
			return err
		}
	}
	return nil
}

// Write writes the measures into the directory of a run.
func (j *Judge) Write(ctx context.Context, directory string) error {
	query := "SELECT measure, table_name, column_name, key, period, n, total, CAST(micros AS DECIMAL(38, 0)) AS micros FROM measures ORDER BY ALL"
	if err := j.engine.Exec(ctx, "COPY (\n"+query+"\n) TO "+engine.Text(filepath.Join(directory, MeasuresFile))+" (FORMAT parquet, COMPRESSION zstd)"); err != nil {
		return fmt.Errorf("writing %s: %w", MeasuresFile, err)
	}
	return nil
}
