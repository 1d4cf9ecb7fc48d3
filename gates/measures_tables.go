package gates

import (
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// dateOf is the column of each table whose date decides the month of a row.
var dateOf = map[string]string{
	"touchpoints": "occurred_at", "activities": "occurred_at", "leads": "created_at", "contacts": "created_at",
	"opportunities": "created_at", "stage_history": "entered_at", "costs": "starts_on", "campaigns": "starts_on",
	"exchange_rates": "effective_on", "targets": "period_start", "capacity": "week",
}

// weightOf is the SQL of the weight of a row, by table: its money in millionths of the reporting
// currency, converted with the newest rate; of tables without money, their quantity.
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

// hasCurrency reports whether the weight of a table needs the currency of its rows.
func hasCurrency(table string) bool { return strings.Contains(weightOf[table], "m.is_reporting") }

// from is the relation of a table, joined with the rates that its weight needs.
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

// wordColumns are the columns whose words can decide how rows count.
var wordColumns = []struct{ table, column string }{
	{"touchpoints", "status"}, {"touchpoints", "touch_type"}, {"touchpoints", "channel"}, {"campaigns", "channel"}, {"costs", "channel"},
	{"opportunities", "stage"}, {"opportunities", "opportunity_type"}, {"stage_history", "stage"}, {"activities", "activity_type"},
}

// plainWord is contract.PlainWord in SQL.
func plainWord(column string) string {
	return "LOWER(REGEXP_REPLACE(" + column + `, '[-_\s\p{Z}]', '', 'g'))`
}

// measuresOf returns the queries that measure one table.
func measuresOf(t contract.Table) []string {
	if t.Name == "control_totals" {
		return []string{rowsOf(t.Name, "0")} // a list of finance, whose content may change freely
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

// rowsOf counts the rows of a table; late is the SQL of the number of rows that were set aside and
// count too.
func rowsOf(table, late string) string {
	return "SELECT 'rows', " + engine.Text(table) + ", NULL, NULL, NULL, COUNT(*) + " + late + ", NULL, " + weight(table) + " FROM " + from(table)
}

// byDay measures the rows of a table, its rows by month, and its newest day (sql/measure_days.sql).
func byDay(table, late string) []string {
	date := dateOf[table]
	if date == "" {
		return []string{rowsOf(table, late)}
	}
	return []string{sql("measure_days", "{table}", engine.Text(table), "{from}", from(table), "{date}", "t."+engine.Name(date), "{weight}", weight(table), "{late}", late)}
}

// filled counts the values of columns. It reads the raw table, because the view above it fills in
// currencies. A required column has a value in every row.
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

// wordsOf counts the rows of each word of a column (sql/measure_words.sql).
func wordsOf(table, column string) string {
	relation, rows, won := from(table), "COUNT(*)", "0"
	switch {
	case table == "touchpoints":
		relation, rows = "touch_kinds AS t", "SUM(t.touches)"
	case table == "opportunities" && column == "stage":
		won = "COUNT(CASE WHEN t.is_won THEN 1 END)"
	}
	return sql("measure_words", "{table}", engine.Text(table), "{name}", engine.Text(column), "{column}", "t."+engine.Name(column), "{from}", relation,
		"{rows}", rows, "{won}", won, "{weight}", weight(table), "{plain}", plainWord("word"))
}

// repeatedBy lists the tables without a key whose rows are added up or counted, each with columns in
// which few of its rows are equal.
var repeatedBy = map[string]string{"costs": "starts_on, campaign_id, channel", "stage_history": "entity_id, entered_at"}

// surplus counts the rows that are copies of another row (sql/measure_surplus.sql).
func surplus(table, columns string) string {
	return sql("measure_surplus", "{table}", engine.Text(table), "{from}", engine.Name(table), "{columns}", columns)
}
