// Package reports writes what a run found: one SQL file per report, each opening with its grain. To add one: write its
// file in sql/, name it in All, and describe its columns in docs/reference/reports.md.
package reports

// A Report is one table of a published run.
type Report struct {
	Name string // of its SQL file, and of what it is written to
	Doc  string // one line, for `tributary report`
}

// All returns the reports, in the order in which they are listed.
func All() []Report {
	return []Report{
		{Name: "reconciliation", Doc: "credit against the opportunities themselves: total, attributed, unattributed by reason, difference"},
		{Name: "channel_performance", Doc: "cost, credit and ROI by channel and model, on the basis period and cohort"},
		{Name: "campaign_performance", Doc: "the same by campaign, with the spread and the ranks over the models"},
		{Name: "monthly_performance", Doc: "the same as channel_performance by month"},
		{Name: "funnel", Doc: "from lead to won: volume, conversion, velocity and value by cohort month and channel"},
		{Name: "sourced_influenced", Doc: "full amounts that marketing sourced, under three definitions, and influenced"},
		{Name: "coverage", Doc: "how many conversions have a journey, how it was found, and why the others have none"},
		{Name: "findings", Doc: "what looks wrong or changed: severity, the number that fired it, money, what to do"},
		{Name: "data_quality", Doc: "what was looked at in the data, and what was found: rows, severity, example keys"},
	}
}
