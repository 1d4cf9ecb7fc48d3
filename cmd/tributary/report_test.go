package main

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/tributary-engine/tributary/reports"
)

// Every report of the made-up company fits terminals of three widths, has words for headings, and
// says how to see what it leaves out.
func TestReportsFitTheTerminal(t *testing.T) {
	out := madeUp(t)
	without := map[string]bool{"identity_conflicts": true, "touch_lag": true} // the company has no rows of these
	for _, report := range reports.All() {
		r, err := openReport(t.Context(), reportView{out: out, format: "table"}, report)
		if err != nil {
			t.Fatal(err)
		}
		header, rows, err := everything(t.Context(), r.eng, r.query())
		if err != nil {
			t.Fatal(err)
		}
		if (len(rows) == 0) != without[report.Name] {
			t.Errorf("%s has %d rows", report.Name, len(rows))
		}
		for _, width := range []int{80, 120, 200} {
			if len(rows) == 0 {
				continue
			}
			var page bytes.Buffer
			if err := r.page(header, rows, int64(len(rows)), width).write(t.Context(), &page); err != nil {
				t.Fatal(err)
			}
			if problem := problemOf(page.String(), width); problem != "" {
				t.Errorf("%s in %d columns: %s\n%s", report.Name, width, problem, firstLines(page.String(), 12))
			}
		}
		r.eng.Close()
	}
}

// problemOf is what is wrong with a page; "" if nothing is.
func problemOf(page string, width int) string {
	for line := range strings.Lines(page) {
		if n := text.StringWidth(strings.TrimRight(line, "\n")); n > width {
			return fmt.Sprintf("a line of %d: %s", n, line)
		}
	}
	head, _, isTable := strings.Cut(page, "───")
	_, rows, _ := strings.Cut(page, "─\n")
	table, _, _ := strings.Cut(rows, "\n\n")
	switch {
	case !isTable:
		return "no table"
	case regexp.MustCompile(`[a-z]_[a-z]`).MatchString(head):
		return "an identifier above the table"
	case regexp.MustCompile(`[0-9]{4}\.[0-9]|\.[0-9]{3}`).MatchString(table):
		return "a number as a program reads it"
	case regexp.MustCompile(`[0-9]…`).MatchString(regexp.MustCompile(`[A-Za-z][^ ]*( [^ ]+)*…`).ReplaceAllString(table, "")):
		return "a number that is cut"
	}
	return ""
}

func firstLines(page string, n int) string {
	lines := strings.SplitAfterN(page, "\n", n+1)
	return strings.Join(lines[:min(n, len(lines))], "")
}

func TestConditionsAreRead(t *testing.T) {
	for given, want := range map[string]condition{
		"channel=Email":        {"channel", "=", "Email"},
		"channel=":             {"channel", "=", ""},
		"channel!=a=b":         {"channel", "!=", "a=b"},
		"revenue>=1000":        {"revenue", ">=", "1000"},
		"revenue < 10":         {"revenue", "<", " 10"},
		"channel=two\nlines":   {"channel", "=", "two\nlines"},
		"period_label>2026 Q1": {"period_label", ">", "2026 Q1"},
	} {
		if got, err := parseCondition(given); err != nil || got != want {
			t.Errorf("%q: %v, %v", given, got, err)
		}
	}
	for _, given := range []string{"", "channel", "=x", "!x"} {
		if got, err := parseCondition(given); err == nil {
			t.Errorf("%q is %v", given, got)
		}
	}
}

func TestListsOfAConditionCanHoldCommas(t *testing.T) {
	for given, want := range map[string][]string{
		"a,b":         {"a", "b"},
		`"a, b",c`:    {"a, b", "c"},
		`5" pipe,x`:   {`5" pipe`, "x"},
		"":            {""},
		"a,":          {"a", ""},
		"two\nlines":  {"two\nlines"},
		`"not closed`: {`not closed`},
	} {
		c := condition{"channel", "=", given}
		if got := c.list(); fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
			t.Errorf("%q: %q, want %q", given, got, want)
		}
	}
}

func TestComparisonsFollowTheTypeOfTheColumn(t *testing.T) {
	for _, c := range []struct {
		sqlType, operator, value string
		want                     string // in SQL, or of the error
	}{
		{"VARCHAR", "=", "it's", `(COALESCE("x", '') = 'it''s')`},
		{"VARCHAR", "!=", "a", `NOT (COALESCE("x", '') = 'a')`},
		{"DECIMAL(38,2)", ">=", "1000", `("x" >= CAST('1000.000000000000' AS DECIMAL(38, 12)))`},
		{"DECIMAL(38,2)", "=", "", `("x" IS NULL)`},
		{"BIGINT", ">", "1e3", "is not a number"},
		{"BIGINT", ">", "1/3", "is not a number"},
		{"BIGINT", "<", "", "has no value to compare with"},
		{"DATE", ">=", "2026-01-01", `("x" >= CAST('2026-01-01' AS DATE))`},
		{"DATE", ">=", "January", `x contains days, but "January" is not a day such as 2026-03-31`},
		{"TIMESTAMP", "<", "2026-01-01", `("x" < CAST('2026-01-01 00:00:00' AS TIMESTAMP))`},
		{"BOOLEAN", "=", "yes", `("x" IS NOT DISTINCT FROM TRUE)`},
		{"BOOLEAN", ">", "yes", "x contains yes or no, which > cannot compare"},
		{"DECIMAL(38,6)", "=", "0.1234567890123", "at most 20 digits and 12 decimals"},
	} {
		got, err := reportColumn{"x", c.sqlType}.holds(c.operator, []string{c.value})
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%s %s %q: %s, want %s", c.sqlType, c.operator, c.value, got, c.want)
		}
	}
}
