package config

var controlTotalsKey = Key{Name: "control_totals", About: "Finance's figures: rows and amounts of a table in a period. A run whose input does not match them publishes nothing. Not together with a file of the table control_totals.",
	Rule: Rule{Title: "a list of control totals", Type: "array", MinItems: 1, MaxItems: 2000, Items: new(mapping([]Key{
		{Name: "table", About: "The table whose rows are counted; of opportunities, the won ones.",
			Rule: oneOf("contacts", "leads", "touchpoints", "opportunities", "stage_history", "costs", "activities"), Required: true},
		{Name: "period_start", About: "The first day, in the reporting time zone.",
			Rule: defined("date"), Required: true},
		{Name: "period_end", About: "The last day, included.",
			Rule: defined("date"), Required: true},
		{Name: "rows", About: "How many rows of the table have their date in the period.",
			Rule: Rule{Title: "a whole number from 0", Type: "integer", Minimum: "0", Maximum: "1000000000000000"}, Otherwise: "none; give rows or amount"},
		{Name: "amount", About: "The sum of their amounts. Only of costs and opportunities.",
			Rule: Rule{Title: "a number such as 1234.50", Type: "number"}, Otherwise: "none; give rows or amount"},
		{Name: "currency", About: "Only rows of this currency count.",
			Rule: matching("an ISO 4217 code such as USD", "^[A-Z]{3}$"), Otherwise: "rows of every currency, converted into the reporting currency"},
		{Name: "tolerance", About: "How far rows and amount may differ, each in its own unit.",
			Rule: Rule{Title: "a number from 0", Type: "number", Minimum: "0"}, Default: 0, LateDefault: true},
	}).titled("a mapping with table, period_start, period_end, and rows or amount"))}, Otherwise: "none", Example: `- {table: costs, period_start: 2026-05-01, period_end: 2026-05-31, rows: 16, amount: 9575.79, currency: USD}
- {table: costs, period_start: 2026-05-01, period_end: 2026-05-31, rows: 15, amount: 8078.82, currency: EUR}`, See: "[control_totals](#control_totals)"}

var gatesKey = Key{Name: "gates", About: "How grave findings are, by code and, below it, by table: info, warn, refuse, off, or limits on the number that the finding is measured by, such as rows-fell: {opportunities: {warn: 2%, refuse: 10%}}.",
	Rule: byName("code", "a mapping from codes of findings to a severity or limits", defined("gate")), Otherwise: "the severities and limits of docs/findings.md", Example: "{}", See: "[The gates](findings.md#the-gates)"}

var freshnessKey = Key{Name: "freshness", About: "How old the newest row of a table may be, by the clock of the machine, such as touchpoints: 3d (gate stale).",
	Rule: byName("table", "a mapping from tables to days such as 3d", matching("days such as 3d", "^[1-9][0-9]{0,3}d$")), Otherwise: "none", Example: "{}"}

var closedThroughKey = Key{Name: "closed_through", About: "The last day of the closed books: a run that changes amounts won up to it is refused (gate closed-period). gc keeps the runs before and after it changes.",
	Rule: defined("date"), Otherwise: "none", Example: "2020-12-31"}
