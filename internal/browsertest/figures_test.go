package browsertest

import (
	_ "embed"
	"fmt"
	"math/big"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// A figure is what the page shows of one cell of a report.
type figure struct {
	Report, Column, Key, Value, Text string
	Sum                              string // the values of a column over which the figure adds up
	Visible                          bool
}

func (f figure) String() string {
	return fmt.Sprintf("%s of %s, %s, shown as %q", f.Column, f.Report, f.Key, f.Text)
}

// disagreements are the differences between figures of a page and the reports. Every figure, also
// one that no one sees yet, is one cell of a report with its exact text, and what is shown is that
// text rounded to the digits that are shown.
func (r reports) disagreements(figures []figure) []string {
	var problems []string
	visible := 0
	for _, f := range figures {
		if f.Visible {
			visible++
		}
		exact, err := r.exact(f)
		switch {
		case err != nil:
			problems = append(problems, fmt.Sprintf("%s: %v", f, err))
		case exact != f.Value && !(f.Sum != "" && isSameNumber(exact, f.Value)):
			problems = append(problems, fmt.Sprintf("%s: marked as %q, and the report has %q", f, f.Value, exact))
		default:
			if reason := misread(f.Text, exact, r.units[f.Report][f.Column]); reason != "" {
				problems = append(problems, fmt.Sprintf("%s: %s", f, reason))
			}
		}
	}
	if visible == 0 {
		problems = append(problems, "the page shows no figures")
	}
	return problems
}

func (r reports) exact(f figure) (string, error) {
	if f.Sum != "" {
		return r.sum(f.Report, f.Column, f.Key, f.Sum)
	}
	return r.cell(f.Report, f.Column, f.Key)
}

func isSameNumber(a, b string) bool {
	x, isNumber := new(big.Rat).SetString(a)
	y, isAlsoNumber := new(big.Rat).SetString(b)
	return isNumber && isAlsoNumber && x.Cmp(y) == 0
}

// shownNumber is a number as the page writes it, with thousands separators, and its unit.
var shownNumber = regexp.MustCompile(`^([-−]?)(\d{1,3}(?:,\d{3})*|\d+)(\.\d+)?(?: ?(%)| [A-Z]{3})?$`)

// misread tells what is wrong with the text that is shown for an exact value, by other means than
// those of the program: it reads the shown number back.
func misread(shown, exact, unit string) string {
	want, isNumber := new(big.Rat).SetString(exact)
	if exact == "" && shown != "" && shown != "–" {
		return "the report has no value"
	}
	if !isNumber {
		return ""
	}
	parts := shownNumber.FindStringSubmatch(shown)
	if parts == nil {
		return "not a number as a person writes it"
	}
	whole, fraction, percent := parts[2], parts[3], parts[4] != ""
	if len(whole) > 3 && !strings.Contains(whole, ",") {
		return "no thousands separators"
	}
	if isMoney(unit) && len(fraction) != len(".00") {
		return "money without its cents"
	}
	if isRate := unit == "rate" || unit == "share"; isRate != percent {
		return "unit " + unit + ": a percentage where none belongs, or none where one does"
	}
	if percent {
		want.Mul(want, big.NewRat(100, 1))
	}
	got, _ := new(big.Rat).SetString(strings.ReplaceAll(whole, ",", "") + fraction)
	if parts[1] != "" {
		got.Neg(got)
	}
	digits := max(len(fraction)-1, 0)
	if want.FloatString(digits) != got.FloatString(digits) && want.Cmp(got) != 0 {
		if negativeZero := strings.Trim(want.FloatString(digits), "-0.") == "" && got.Sign() == 0; !negativeZero {
			return "the report has " + exact
		}
	}
	return ""
}

func isMoney(unit string) bool {
	return unit == "cost" || strings.HasPrefix(unit, "money")
}

// conditions are the columns of a key and their values: column=value, joined by & and escaped as in
// the query of a URL.
func conditions(key string) (map[string]string, error) {
	values, err := url.ParseQuery(key)
	if err != nil {
		return nil, err
	}
	conditions := map[string]string{}
	for column, found := range values {
		if len(found) != 1 {
			return nil, fmt.Errorf("the key has %s %d times", column, len(found))
		}
		conditions[column] = found[0]
	}
	return conditions, nil
}

//go:embed testdata/ask/figures.js
var figuresScript string

//go:embed testdata/ask/unmarked.js
var unmarkedScript string

// figures are all figures of the page, those that are not visible now too.
func (o *tab) figures() []figure {
	o.t.Helper()
	return ask[[]figure](o, "("+figuresScript+")(false)")
}

// shown are the figures that are visible now.
func (o *tab) shown() []figure {
	o.t.Helper()
	found := ask[[]figure](o, "("+figuresScript+")(true)")
	return slices.DeleteFunc(found, func(f figure) bool { return !f.Visible })
}

// unmarked are numbers in tables of which the page does not tell the report.
func (o *tab) unmarked() []string {
	o.t.Helper()
	var problems []string
	for _, cell := range ask[[]string](o, unmarkedScript) {
		problems = append(problems, "a figure without its cell of a report: "+cell)
	}
	return problems
}

// missing are figures that one look at the page shows and another does not.
func missing(shown, elsewhere []figure) []string {
	there := map[figure]bool{}
	for _, f := range elsewhere {
		there[f] = true
	}
	var problems []string
	for _, f := range shown {
		if f.Visible && !there[f] {
			problems = append(problems, f.String())
		}
	}
	return problems
}
