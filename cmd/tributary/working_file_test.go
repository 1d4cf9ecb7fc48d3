package main

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/reports"
)

// Any report's SQL can be pasted into the duckdb command line on the tables of a run: a connection
// that knows nothing of the program gets the published rows, in their order.
func TestTheSQLOfEveryReportRunsOnTheWorkingTables(t *testing.T) {
	t.Parallel()
	out := madeUp(t)
	db, err := sql.Open("duckdb", filepath.Join(filepath.Dir(out), "working.duckdb")+"?access_mode=READ_ONLY")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // a temporary table belongs to its connection
	ask := func(t *testing.T, query, published string) {
		t.Helper()
		if _, err := db.ExecContext(t.Context(), "CREATE OR REPLACE TEMP TABLE got AS\n"+query); err != nil {
			t.Fatal(err)
		}
		var rows, wrong int
		err := db.QueryRowContext(t.Context(), `SELECT COUNT(*), COUNT(*) FILTER (WHERE got IS DISTINCT FROM want)
			FROM (SELECT got FROM got) POSITIONAL JOIN (SELECT want FROM read_parquet(`+engine.Text(published)+`) AS want)`).Scan(&rows, &wrong)
		if err != nil {
			t.Fatal(err)
		}
		if wrong > 0 {
			t.Errorf("%d of %d rows differ from %s", wrong, rows, published)
		}
	}
	credits, err := os.ReadFile("../../reports/sql/credits.sql")
	if err != nil {
		t.Fatal(err)
	}
	t.Run("credits", func(t *testing.T) { ask(t, string(credits), filepath.Join(out, "current", "credits.parquet")) })
	for _, r := range reports.All() {
		t.Run(r.Name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			if code := Main([]string{"report", r.Name, "--sql"}, &stdout, &stderr); code != 0 {
				t.Fatalf("exit code %d\n%s", code, &stderr)
			}
			query, ends := strings.CutSuffix(stdout.String(), ";\n")
			if !ends {
				t.Errorf("%q does not end a statement", stdout.String()[stdout.Len()-40:])
			}
			ask(t, query, filepath.Join(out, "current", "reports", r.Name+".parquet"))
		})
	}
}

// The file may stand beside the runs, and never among their files, nor where there is something.
func TestWorkingTablesAreNoFileOfARun(t *testing.T) {
	out := t.TempDir()
	for _, directory := range []string{"runs/000001", "refused/000002", "beside"} {
		if err := os.MkdirAll(filepath.Join(out, directory), 0o750); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(out, "runs", "000001"), filepath.Join(out, "current")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(out, "taken"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, allowed := range map[string]bool{
		"runs/000001/w": false, "runs/w": false, "refused/000002/w": false, "current/w": false, "taken": false, "none/w": false,
		"w": true, "beside/w": true,
	} {
		w, err := newWorkingFile(filepath.Join(out, path), out)
		w.remove()
		if (err == nil) != allowed {
			t.Errorf("%s: allowed: %v, want %v: %v", path, err == nil, allowed, err)
		}
	}
}
