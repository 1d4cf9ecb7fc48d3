package workbook

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/runs"
)

// runOf makes a run with one report, whose rows a query gives.
func runOf(t *testing.T, report, query string) *published.Run {
	t.Helper()
	directory := t.TempDir()
	if err := os.Mkdir(filepath.Join(directory, "reports"), 0o700); err != nil {
		t.Fatal(err)
	}
	eng, err := engine.Open(t.Context(), engine.Options{Directories: []string{directory}})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	file := filepath.Join(directory, "reports", report+".parquet")
	if err := eng.Exec(t.Context(), "COPY ("+query+" ORDER BY n DESC) TO "+engine.Text(file)+" (FORMAT parquet)"); err != nil {
		t.Fatal(err)
	}
	run, err := published.Open(t.Context(), directory, runs.Manifest{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { run.Close() })
	return run
}

// A long report is cut to the primary model, or else to its first rows, in the order of its file,
// and what is left out is counted.
func TestLongReportsAreCut(t *testing.T) {
	bound := strconv.Itoa(maxRows)
	for _, c := range []struct {
		name, query, which string
		rows, first        int
	}{
		{"at the bound", "SELECT range AS n, 'w_shaped' AS model FROM range(" + bound + ")", "", maxRows, maxRows - 1},
		{"no models", "SELECT range AS n FROM range(" + bound + " + 1)", "the last 1 row of 10,001", maxRows, maxRows},
		{"two models", "SELECT range AS n, IF(range % 4 = 0, 'w_shaped', 'linear') AS model FROM range(12000)",
			"the rows of all models except w_shaped (9,000 of 12,000)", 3000, 11996},
		{"rows of no model", "SELECT range AS n, IF(range % 4 = 0, 'linear', NULL) AS model FROM range(12000)",
			"the rows of all models except w_shaped (3,000 of 12,000)", 9000, 11999},
		{"another model", "SELECT range AS n, 'linear' AS model FROM range(10002)", "the last 2 rows of 10,002", maxRows, 10001},
		{"one model", "SELECT range AS n, 'w_shaped' AS model FROM range(10003)", "the last 3 rows of w_shaped", maxRows, 10002},
		{"both", "SELECT range AS n, IF(range % 2 = 0, 'w_shaped', 'linear') AS model FROM range(20010)",
			"the rows of all models except w_shaped (10,005 of 20,010) and the last 5 rows of w_shaped", maxRows, 20008},
	} {
		run := runOf(t, "funnel", c.query)
		columns, err := columnsOf(t.Context(), run, run.Reports[0])
		if err != nil {
			t.Fatal(err)
		}
		r, err := rowsOf(t.Context(), run, listing{report: run.Reports[0], columns: columns}, "w_shaped")
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if r.which != c.which || len(r.cells) != c.rows {
			t.Errorf("%s: %d rows, without %q; want %d without %q", c.name, len(r.cells), r.which, c.rows, c.which)
		}
		for i, row := range r.cells {
			n, err := strconv.Atoi(row[0].Text)
			if err != nil || len(row) != len(columns) {
				t.Fatalf("%s: row %d is %v (%v)", c.name, i, row, err)
			}
			if i == 0 && n != c.first {
				t.Errorf("%s: the first row is %d, want %d", c.name, n, c.first)
			}
			if i > 0 {
				if before, _ := strconv.Atoi(r.cells[i-1][0].Text); before <= n {
					t.Fatalf("%s: row %d stands after %d", c.name, n, before)
				}
			}
		}
	}
}
