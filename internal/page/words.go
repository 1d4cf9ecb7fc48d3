package page

import (
	"maps"
	"math/big"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/reports"
)

// chosen are columns whose values the program itself chose.
var chosen = []string{
	"model", "conversion_type", "opportunity_type", "basis", "figure", "definition", "ratio_reason", "pace", "status", "unit", "metric", "department",
	"severity", "dimension", "transform", "source_group", "reason", "maturity", "measure",
}

// show is a cell as a person reads it.
func (r *reader) show(rec record, column string) string {
	exact := rec.text(column)
	if rec.cell(column).IsNull {
		return "–"
	}
	if slices.Contains(chosen, column) {
		return present.Label(exact)
	}
	return wordsOf(present.Value(rec.kinds[column], exact, r.decimals))
}

// money is an exact amount with its currency.
func (r *reader) money(exact string) string {
	return strings.TrimSpace(present.Value(present.Money, exact, r.decimals) + " " + r.currency)
}

// share is a part of a whole as a percentage, or empty if there is no whole.
func share(part, whole string) string {
	p, okay := new(big.Rat).SetString(part)
	w, alsoOkay := new(big.Rat).SetString(whole)
	if !okay || !alsoOkay || w.Sign() == 0 {
		return ""
	}
	return strings.Replace(present.Value(present.Percent, p.Quo(p, w).FloatString(12), 0), "-0.0 %", "0.0 %", 1)
}

// query writes a data-key.
func query(key map[string]string) string {
	values := url.Values{}
	for column, text := range key {
		values.Set(column, text)
	}
	return values.Encode()
}

// command is the command line that prints rows of a report: those in which each column of where has
// its value, and these columns of them. The page does not have the defaults of printed tables: where
// one would leave out rows, the command has columns of its own or --all.
func command(report string, where map[string]string, columns ...string) string {
	line := "tributary report " + report
	if known := reports.Find(report); known != nil {
		isOpen := func(d reports.Default) bool {
			_, isNamed := where[d.Column]
			return !isNamed && !slices.Contains(columns, d.Column)
		}
		if len(columns) == 0 && slices.ContainsFunc(known.View.Defaults, isOpen) {
			columns = known.View.Shows[:min(8, len(known.View.Shows))]
		}
		if slices.ContainsFunc(known.View.Defaults, isOpen) {
			line += " --all"
		}
	}
	for _, column := range slices.Sorted(maps.Keys(where)) {
		line += " --where " + quoted(column+"="+where[column])
	}
	if len(columns) > 0 {
		line += " --columns " + strings.Join(columns, ",")
	}
	return line
}

var plainWord = regexp.MustCompile(`^[A-Za-z0-9_=.,:/+-]+$`)

// quoted is one word of a shell.
func quoted(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return `'` + strings.ReplaceAll(word, `'`, `'\''`) + `'`
}

// definitions are the meanings of columns of a report, as their report describes them.
func definitions(report string, columns ...string) []definition {
	known := reports.Find(report)
	if known == nil {
		return nil
	}
	var found []definition
	for _, name := range columns {
		if column, ok := known.Column(name); ok {
			found = append(found, definition{labelOf(name), column.Description})
		}
	}
	return found
}

// headings are columns whose name is not what a reader expects over them.
var headings = map[string]string{
	"wilson_low": "95 % from", "wilson_high": "95 % to", "acceptance_low": "95 % from", "acceptance_high": "95 % to", "p90_days": "90 % within days", "median_days": "Half within days",
	"horizon_days": "Within days", "roi": "Return (ROI)", "previous_label": "Period before", "previous_rate": "Rate before", "period_label": "Period", "from_stage": "From", "to_stage": "To",
	"cac": "Per customer", "campaign_id": "Campaign", "member": "Reason", "acceptance_answer": "Answer", "within_rate": "Answered in time",
}

// labelOf is a column in words: one of the whole company without the ending that says so.
func labelOf(column string) string {
	if heading, known := headings[column]; known {
		return heading
	}
	return present.Label(strings.TrimSuffix(column, "_all"))
}

// worded are values with which the program itself fills a column.
var worded = map[string]string{"(all)": "All", "(none)": "None", unattributed: "Not attributed", "(attributed)": "Attributed", "(existing leads)": "Existing leads"}

// wordsOf is a value from the data, or a word of the program in its place.
func wordsOf(text string) string {
	if word, known := worded[text]; known {
		return word
	}
	return text
}

// listed is a list in a sentence.
func listed(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
