package present

import (
	"slices"
	"strings"
)

// coded are the columns whose values are words of the program: codes such as new_business. The
// values of all other columns are data.
var coded = []string{
	"basis", "opportunity_type", "model", "conversion_type", "period_type", "policy", "taken_from", "ratio_reason", "status", "pace", "figure", "definition", "measure", "metric",
	"crm_figure", "transform", "agreement", "kind", "measured_from", "from_unit", "unit", "maturity", "mql_maturity", "sql_maturity", "won_maturity", "dimension", "outcome", "decision",
	"reason", "evidence", "fact", "code",
}

// Word is a value of a report's column as words: "new_business" is "new business", and a model has
// its name. Data stays as it is.
func Word(report, column, value string) string {
	isCoded := slices.Contains(coded, column) && !(report == "handoff_reasons" && column == "reason") // there it is the word of the CRM
	switch {
	case !isCoded || strings.HasPrefix(value, "("):
		return value
	case column == "model":
		return Label(value)
	}
	label := Label(value)
	if _, isShaped := shaped[value]; isShaped || value == "" {
		return label
	}
	first, _, _ := strings.Cut(value, "_")
	if known, isSpelled := spelled[first]; isSpelled && known != first {
		return label
	}
	return strings.ToLower(label[:1]) + label[1:]
}

// headings are those that the words of the name do not make.
var headings = map[string]string{
	"campaign_id": "Campaign", "campaign_name": "Campaign", "opportunity_id": "Opportunity", "opportunity_name": "Opportunity", "value": "Value",
	"wilson_low": "95 % from", "wilson_high": "95 % to", "n": "Number", "crm_figure": "CRM figure", "reason_label": "Why they differ", "from_stage": "From", "to_stage": "To",
	"period_label": "Period", "cohort_month": "Month", "ratio_reason": "Why no ratio", "within_rate": "In time",
}

// Heading is the heading of a column: the words of its name, and its unit if neither the name nor
// the values tell it.
func Heading(name, unit string) string {
	if heading, known := headings[name]; known {
		return heading
	}
	heading := Label(name)
	if slices.Contains([]string{"days", "hours", "months"}, unit) && !strings.Contains(heading, unit) && heading != Label(unit) && !strings.HasPrefix(heading, "Days ") {
		heading += " (" + unit + ")"
	}
	return heading
}

// Markdown is a text as a cell of a table in GitHub's Markdown: in one line, and nothing in it is
// markup.
func Markdown(text string) string {
	return strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ", "&", "&amp;", "<", "&lt;", ">", "&gt;",
		`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "~", `\~`).Replace(text)
}
