package browsertest

import (
	_ "embed"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A small page without defects.
//
//go:embed testdata/sound.html
var soundPage string

// soundReports are the reports of the small page.
func soundReports() reports {
	return reports{
		tables: map[string]table{"channel": {
			columns: map[string]int{"basis": 0, "model": 1, "channel": 2, "revenue": 3, "roi": 4, "won_rate": 5},
			rows: [][]string{
				{"period", "linear", "Fairs & events", "5.00", "-0.500000", "0.333333"},
				{"period", "linear", "Webinar", "1234567.5", "", "0.000000"},
				{"cohort", "linear", "Webinar", "7.00", "1.250000", "1.000000"},
			},
		}},
		units: map[string]map[string]string{"channel": {"revenue": "money", "roi": "ratio", "won_rate": "rate"}},
		found: map[string]map[string][]int{},
	}
}

// The checks of this package, each of a page in a file.
var checks = []func(*testing.T, browser, string) []string{figuresOf, networkOf, keyboardOf, axeOf, phoneOf, paperOf, scriptsOf}

func figuresOf(t *testing.T, b browser, file string) []string {
	o := b.open(t, file, wide)
	return append(soundReports().disagreements(o.figures()), o.unmarked()...)
}

func networkOf(t *testing.T, b browser, file string) []string { return b.open(t, file, wide).heard() }

func keyboardOf(t *testing.T, b browser, file string) []string {
	return b.open(t, file, wide).unreachable()
}

func axeOf(t *testing.T, b browser, file string) []string {
	return b.open(t, file, wide).inaccessible()
}

func phoneOf(t *testing.T, b browser, file string) []string { return b.open(t, file, phone).cut() }

func paperOf(t *testing.T, b browser, file string) []string {
	return b.open(t, file, wide).onPaper(sheets[0])
}

func scriptsOf(t *testing.T, b browser, file string) []string {
	still := wide
	still.withoutScript = true
	return missing(b.open(t, file, wide).figures(), b.open(t, file, still).figures())
}

// Each check is seen to fail: it finds a defect in the small page that has one.
func TestDefectsAreFound(t *testing.T) {
	const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`
	const value = ` data-value="1234567.5"`
	const more = `<script>addEventListener('load', () => document.querySelector('tbody').innerHTML += '<tr data-key="channel=Webinar&amp;basis=cohort"><th scope="row">Later</th><td data-value="7.00">7.00</td></tr>')</script>`
	const end = "</main>"
	b := startBrowser(t)
	for _, c := range []struct {
		name, old, new string
		check          func(*testing.T, browser, string) []string
		want           string
	}{
		{"a cent off", "1,234,567.50", "1,234,567.51", figuresOf, "the report has 1234567.5"},
		{"a wrong value", value, ` data-value="1234567.51"`, figuresOf, `marked as "1234567.51"`},
		{"a figure of no report", value, "", figuresOf, "a figure without its cell of a report: 1,234,567.50"},
		{"no figures", "<tbody>", "<tbody hidden>", figuresOf, "the page shows no figures"},
		{"no key of its row", ` data-key="channel=Webinar"`, "", figuresOf, "2 rows have that key"},
		{"no column", ` data-column="revenue"`, "", figuresOf, `no column ""`},
		{"a request", policy, `<link rel="stylesheet" href="https://127.0.0.1:9/page.css">`, networkOf, "a request leaves the page: https://127.0.0.1:9/page.css"},
		{"a file of the machine", policy, `<link rel="icon" href="file:///nowhere.png"><img alt="" src="file:///nowhere.png">`, networkOf, "a request leaves the page: file:///nowhere.png"},
		{"against its policy", end, "<script>document.title = 'changed'</script>" + end, networkOf, "Content Security Policy"},
		{"an exception", policy, "<script>missing()</script>", networkOf, "exception: "},
		{"a message on the console", policy, "<script>console.warn('careful')</script>", networkOf, `console: warning: "careful"`},
		{"a figure by script alone", policy, more, scriptsOf, "revenue of channel"},
		{"faint text", "#222", "#ccc", axeOf, "color-contrast"},
		{"no language", ` lang="en"`, "", axeOf, "html-has-lang"},
		{"too wide for a phone", end, `<p style="width: 60rem">Wide</p>` + end, phoneOf, "the page is 976 pixels wide, not 390"},
		{"cut off", "<h1>", `<h1 style="overflow: hidden; width: 3rem">`, phoneOf, "h1: A small page is cut"},
		{"runs over its frame", "<h1>", `<h1 style="border: 1px solid; width: 3rem; white-space: nowrap">`, phoneOf, "h1: A small page runs over its frame"},
		{"scrolls on paper", "<h1>", `<h1 style="overflow: auto; width: 3rem" tabindex="0">`, paperOf, "h1: A small page is cut"},
		{"a row on two sheets", "tr { break-inside: avoid }", "", paperOf, "tr may be cut by the end of a sheet"},
		{"a figure that is not printed", "a { color", "@media print { td { display: none } } a { color", paperOf, "not printed: revenue of channel"},
		{"closed on paper", end, "<details><summary>More</summary><p>Text</p></details>" + end, paperOf, "closed and not printed: More"},
		{"for the mouse alone", end, `<p><span style="cursor: pointer">Press</span></p>` + end, keyboardOf, "reacts to the mouse alone: span: Press"},
		{"left out by the Tab key", end, `<button tabindex="-1">Press</button>` + end, keyboardOf, "the Tab key does not reach it: button: Press"},
		{"a region that scrolls", "<h1>", `<h1 style="overflow: auto; width: 3rem" tabindex="-1">`, keyboardOf, "the Tab key does not reach it: h1: A small page"},
		{"out of the order of the page", end, `<button tabindex="3">Press</button>` + end, keyboardOf, "jumps the order of the page"},
		{"an invisible focus", "a { color", "a:focus { outline: none } a { color", keyboardOf, "the focus cannot be seen: a: The table"},
		{"a trap", policy, "<script>addEventListener('keydown', (event) => { event.preventDefault(); document.querySelector('a').focus() })</script>", keyboardOf, "never leaves the page"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if !strings.Contains(soundPage, c.old) {
				t.Fatalf("the small page has no %s", c.old)
			}
			problems := c.check(t, b, saved(t, strings.Replace(soundPage, c.old, c.new, 1)))
			if !slices.ContainsFunc(problems, func(p string) bool { return strings.Contains(p, c.want) }) {
				t.Errorf("found %q, want %q", problems, c.want)
			}
		})
	}
	t.Run("none", func(t *testing.T) {
		t.Parallel()
		for i, check := range checks {
			if problems := check(t, b, saved(t, soundPage)); len(problems) > 0 {
				t.Errorf("check %d finds defects in the small page: %q", i, problems)
			}
		}
	})
}

func saved(t *testing.T, page string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// Wrong figures are found, without a browser: figures of the first row of the small reports.
func TestWrongFiguresAreFound(t *testing.T) {
	r := soundReports()
	for _, c := range []struct{ column, key, sum, value, text, want string }{
		{"revenue", "channel=Fairs+%26+events", "", "5.00", "5.00", ""},
		{"revenue", "channel=Fairs+%26+events", "", "5.00", "5.00 USD", ""},
		{"revenue", "basis=period&channel=Webinar", "", "1234567.5", "1,234,567.50", ""},
		{"revenue", "basis=period&channel=Webinar", "", "1234567.5", "1234567.50", "no thousands separators"},
		{"revenue", "basis=period&channel=Webinar", "", "1234567.5", "1,234,568", "money without its cents"},
		{"revenue", "basis=period&channel=Webinar", "", "1234567.5", "1.2 million", "not a number as a person writes it"},
		{"revenue", "basis=period&channel=Webinar", "", "1234567.50", "1,234,567.50", `the report has "1234567.5"`},
		{"revenue", "channel=Webinar", "", "7.00", "7.00", "2 rows have that key"},
		{"revenue", "channel=Radio", "", "7.00", "7.00", "0 rows have that key"},
		{"revenue", "medium=Radio", "", "7.00", "7.00", `no column "medium"`},
		{"profit", "channel=Webinar", "", "7.00", "7.00", `no column "profit"`},
		{"revenue", "model=linear", "basis=period", "1234572.50", "1,234,572.50", ""},
		{"revenue", "model=linear", "channel=Webinar&channel=Fairs+%26+events", "1234579.50", "1,234,579.50", ""},
		{"revenue", "model=linear", "channel", "1234579.50", "1,234,579.50", ""},
		{"revenue", "model=linear", "channel=Webinar", "1234579.50", "1,234,579.50", `the report has "1234574.50"`},
		{"revenue", "model=linear", "channel=Radio", "0.00", "0.00", "no rows to add up: none has channel=Radio"},
		{"revenue", "basis=cohort", "channel=Fairs+%26+events", "0.00", "0.00", ""},
		{"revenue", "basis=cohort", "channel=Fairs+%26+events", "1.00", "1.00", `the report has "0"`},
		{"roi", "channel=Fairs+%26+events", "", "-0.500000", "-0.5", ""},
		{"roi", "channel=Fairs+%26+events", "", "-0.500000", "0.5", "the report has -0.500000"},
		{"roi", "basis=period&channel=Webinar", "", "", "–", ""},
		{"roi", "basis=period&channel=Webinar", "", "", "0", "the report has no value"},
		{"won_rate", "channel=Fairs+%26+events", "", "0.333333", "33.3 %", ""},
		{"won_rate", "channel=Fairs+%26+events", "", "0.333333", "33.4 %", "the report has 0.333333"},
		{"won_rate", "channel=Fairs+%26+events", "", "0.333333", "0.33", "a percentage"},
	} {
		f := figure{Report: "channel", Column: c.column, Key: c.key, Sum: c.sum, Value: c.value, Text: c.text, Visible: true}
		problems := strings.Join(r.disagreements([]figure{f}), "\n")
		if (problems != "") != (c.want != "") || !strings.Contains(problems, c.want) {
			t.Errorf("%s: found %q, want %q", f, problems, c.want)
		}
	}
}
