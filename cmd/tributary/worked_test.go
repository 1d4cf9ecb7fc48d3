package main

import (
	"bytes"
	"go/token"
	"go/types"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/acceptance"
)

// The company of docs/worked_funnel.md: its files, and every figure that was worked out for it by
// hand.
const (
	workedCompany = "testdata/worked"
	workedPage    = repository + "/docs/worked_funnel.md"
)

// A grid of text: a report, or what a page says of one.
type grid struct {
	header []string
	rows   []acceptance.Row
}

func readGrid(t *testing.T, path string) grid {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	header, _, _ := strings.Cut(string(text), "\n")
	return grid{header: strings.Split(header, ","), rows: acceptance.ReadReport(t, path)}
}

// where keeps the rows in which every column has one of its values.
func (a grid) where(columns map[string][]string) grid {
	rows := slices.DeleteFunc(slices.Clone(a.rows), func(r acceptance.Row) bool {
		for column, values := range columns {
			if !slices.Contains(values, r[column]) {
				return true
			}
		}
		return false
	})
	return grid{header: a.header, rows: rows}
}

// wantGrid wants two grids to be the same: columns, rows and their order, and every cell as text.
func wantGrid(t *testing.T, name string, got, want grid) {
	t.Helper()
	if !slices.Equal(got.header, want.header) {
		t.Errorf("%s: the columns are\n%v, by hand\n%v", name, got.header, want.header)
	}
	if len(got.rows) != len(want.rows) || len(want.rows) == 0 {
		t.Errorf("%s: %d rows, by hand %d", name, len(got.rows), len(want.rows))
	}
	differences := 0
	for i := range min(len(got.rows), len(want.rows)) {
		for _, column := range want.header {
			if g, w := got.rows[i][column], want.rows[i][column]; g != w {
				if differences++; differences <= 10 {
					t.Errorf("%s, line %d: %s is %q, by hand %q", name, i+2, column, g, w)
				}
			}
		}
	}
	if differences > 10 {
		t.Errorf("%s: and %d more cells", name, differences-10)
	}
}

// runWorkedCompany runs the company and returns the directory of the run.
func runWorkedCompany(t *testing.T, flags ...string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	args := append([]string{"run", "--config", filepath.Join(workedCompany, "tributary.yaml"), "--out", out}, flags...)
	var stdout, stderr bytes.Buffer
	if code := Main(args, &stdout, &stderr); code != 0 {
		t.Fatalf("exit code %d\n%s", code, &stderr)
	}
	return filepath.Join(out, "runs", "000001")
}

func expectedGrid(t *testing.T, name string) grid {
	t.Helper()
	return readGrid(t, filepath.Join(workedCompany, "expected", name+".csv"))
}

// Every cell of the reports of a small company is what it comes to by hand.
func TestCompanyWorkedByHand(t *testing.T) {
	t.Parallel()
	persons := []string{"lead", "mql", "sal", "sql"}
	directory := runWorkedCompany(t)
	quarter := runWorkedCompany(t, "--to", "2025-03-31")
	for _, c := range []struct {
		name, directory, report string
		where                   map[string][]string
	}{
		{"channel_performance", directory, "channel_performance", nil},
		{"campaign_performance", directory, "campaign_performance", nil},
		{"monthly_performance", directory, "monthly_performance", nil},
		{"funnel", directory, "funnel", map[string][]string{"channel": {"(all)", "search"}}},
		{"coverage", directory, "coverage", nil},
		{"reconciliation", directory, "reconciliation", map[string][]string{"conversion_type": persons}},
		{"first_quarter/channel_performance", quarter, "channel_performance", nil},
		{"first_quarter/reconciliation", quarter, "reconciliation", map[string][]string{"conversion_type": persons}},
		{"first_quarter/coverage", quarter, "coverage", map[string][]string{"conversion_type": {"pipeline"}, "opportunity_type": {"new_business"}}},
		{"first_quarter/funnel", quarter, "funnel", map[string][]string{"channel": {"(all)"}, "cohort_month": {""}}},
	} {
		published := readGrid(t, filepath.Join(c.directory, "reports", c.report+".csv"))
		wantGrid(t, c.name, published.where(c.where), expectedGrid(t, c.name))
	}

	want := expectedGrid(t, "credits")
	credits := grid{header: want.header, rows: acceptance.ReadParquet(t, directory, "credits.parquet")}
	credits = credits.where(map[string][]string{"conversion_type": persons})
	for _, r := range credits.rows {
		if len(r) != len(want.header) {
			t.Fatalf("credits: %d columns, by hand %d: %v", len(r), len(want.header), r)
		}
	}
	for _, rows := range [][]acceptance.Row{credits.rows, want.rows} {
		slices.SortFunc(rows, func(a, b acceptance.Row) int {
			key := func(r acceptance.Row) string {
				return r["conversion_type"] + "|" + r["person_id"] + "|" + r["occurred_at"]
			}
			return strings.Compare(key(a), key(b))
		})
	}
	wantGrid(t, "credits", credits, want)
}

// markedTables are the tables of a page below a mark such as <!-- rows: funnel channel=(all) -->.
func markedTables(t *testing.T, page, kind string) (marks [][]string, tables []grid) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("<!-- "+kind+": (.+) -->\n((?:\\|.*\n)+)").FindAllStringSubmatch(string(text), -1)
	if n := strings.Count(string(text), "<!-- "+kind+":"); n == 0 || n != len(found) {
		t.Errorf("%s: %d marks %q, %d of them above a table", page, n, kind, len(found))
	}
	for _, f := range found {
		var a grid
		for i, line := range strings.Split(strings.TrimSpace(f[2]), "\n") {
			cells := strings.Split(strings.Trim(line, "|"), "|")
			for j := range cells {
				cells[j] = strings.Trim(strings.TrimSpace(cells[j]), "`")
			}
			switch {
			case i == 0:
				a.header = cells
			case i > 1: // below the rule
				r := acceptance.Row{}
				for j, column := range a.header {
					r[column] = cells[j]
				}
				a.rows = append(a.rows, r)
			}
		}
		marks, tables = append(marks, strings.Fields(f[1])), append(tables, a)
	}
	return marks, tables
}

// The page tells of the files that the test runs.
func TestInputOfTheWorkedPage(t *testing.T) {
	marks, tables := markedTables(t, workedPage, "file")
	told := map[string]bool{}
	for i, mark := range marks {
		file := mark[0]
		told[file] = true
		a := readGrid(t, filepath.Join(workedCompany, file))
		// A column that the page leaves out is empty, or the same in every row and said beside the mark.
		for _, column := range a.header {
			if slices.Contains(tables[i].header, column) {
				continue
			}
			for _, r := range a.rows {
				if output := column + "=" + r[column]; r[column] != "" && !slices.Contains(mark, output) {
					t.Errorf("%s: the page does not say %s", file, output)
				}
			}
		}
		a.header = tables[i].header
		wantGrid(t, file, tables[i], a)
	}
	files, err := filepath.Glob(filepath.Join(workedCompany, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !told[filepath.Base(file)] {
			t.Errorf("the page does not tell of %s", file)
		}
	}
	configuration, err := os.ReadFile(filepath.Join(workedCompany, "tributary.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	_, settings, _ := strings.Cut(string(configuration), "\n")
	if blocks := fenced(t, workedPage, "yaml"); len(blocks) != 1 || blocks[0] != settings {
		t.Errorf("the page does not show %s/tributary.yaml", workedCompany)
	}
}

// Every row of a marked table of the page is one row of the expected figures, and every column of these reports is worked out there.
func TestFiguresOfTheWorkedPage(t *testing.T) {
	marks, tables := markedTables(t, workedPage, "rows")
	shown := map[string]map[string]bool{}
	for i, mark := range marks {
		name := mark[0]
		conditions := map[string][]string{}
		for _, condition := range mark[1:] {
			column, value, found := strings.Cut(condition, "=")
			if !found {
				t.Fatalf("%v: %q is no condition", mark, condition)
			}
			conditions[column] = []string{value}
		}
		all := expectedGrid(t, name)
		expected := all.where(conditions)
		report := filepath.Base(name)
		if shown[report] == nil {
			shown[report] = map[string]bool{}
		}
		for _, column := range tables[i].header {
			if !slices.Contains(all.header, column) {
				t.Errorf("%v: there is no column %q", mark, column)
			}
		}
		for _, r := range tables[i].rows {
			cells := map[string][]string{}
			for column, value := range r {
				cells[column] = []string{value}
				if value != "" {
					shown[report][column] = true
				}
			}
			if n := len(expected.where(cells).rows); n != 1 {
				t.Errorf("%v: %d rows of the expected figures are %v", mark, n, r)
			}
		}
		for column := range conditions {
			if !slices.Contains(all.header, column) {
				t.Errorf("%v: there is no column %q", mark, column)
			}
			shown[report][column] = true
		}
	}
	for _, report := range []string{"channel_performance", "campaign_performance", "monthly_performance", "funnel", "coverage", "reconciliation", "credits"} {
		for _, column := range expectedGrid(t, report).header {
			// Campaigns and months have the measures of channels.
			if !shown[report][column] && (!strings.HasSuffix(report, "_performance") || !shown["channel_performance"][column]) {
				t.Errorf("the page does not work out %s of %s", column, report)
			}
		}
	}
}

// Every line of arithmetic of the page is right, rounded to the decimals that it shows, half away from zero.
func TestArithmeticOfTheWorkedPage(t *testing.T) {
	integer := regexp.MustCompile(`(^|[^.\d])(\d+)([^.\d]|$)`)
	lines := 0
	for _, block := range fenced(t, workedPage, "arithmetic") {
		for line := range strings.Lines(block) {
			lines++
			sum, result, _ := strings.Cut(strings.TrimSpace(line), " = ")
			_, decimals, _ := strings.Cut(result, ".")
			for integer.MatchString(sum) { // neighbours overlap
				sum = integer.ReplaceAllString(sum, "${1}${2}.0${3}")
			}
			value, err := types.Eval(token.NewFileSet(), nil, token.NoPos, sum)
			if err != nil {
				t.Errorf("%s: %v", line, err)
				continue
			}
			exact, ok := new(big.Rat).SetString(value.Value.ExactString())
			if !ok || exact.FloatString(len(decimals)) != result {
				t.Errorf("%s: it is %s", strings.TrimSpace(line), value.Value)
			}
		}
	}
	if lines < 50 {
		t.Errorf("only %d lines of arithmetic", lines)
	}
}
