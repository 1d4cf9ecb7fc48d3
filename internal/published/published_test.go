package published

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/runs"
)

// runWith is the directory of a run that has these reports as Parquet, by name and SELECT.
func runWith(t *testing.T, selects map[string]string) string {
	t.Helper()
	directory := t.TempDir()
	if err := os.Mkdir(filepath.Join(directory, "reports"), 0o755); err != nil {
		t.Fatal(err)
	}
	eng, err := engine.Open(t.Context(), engine.Options{Directories: []string{directory}})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	for name, query := range selects {
		if err := eng.Exec(t.Context(), "COPY ("+query+") TO "+engine.Text(filepath.Join(directory, "reports", name+".parquet"))+" (FORMAT parquet)"); err != nil {
			t.Fatal(err)
		}
	}
	return directory
}

func TestARunOfAnEarlierVersionHasFewerReports(t *testing.T) {
	directory := runWith(t, map[string]string{
		"coverage": "SELECT 'a' AS name, CAST(1.50 AS DECIMAL(18, 2)) AS amount UNION ALL SELECT NULL, NULL ORDER BY name NULLS LAST",
		"unknown":  "SELECT 1 AS n",
	})
	run, err := Open(t.Context(), directory, runs.Manifest{})
	if err != nil {
		t.Fatal(err)
	}
	defer run.Close()
	if !run.Has("coverage") || run.Has("funnel") || len(run.Reports) != 1 {
		t.Errorf("reports: %v", run.Reports)
	}
	table, err := run.Read(t.Context(), "SELECT * FROM coverage ORDER BY name NULLS LAST")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(table.Columns, " ") != "name amount" || len(table.Rows) != 2 || table.Rows[0][1].Text != "1.50" || !table.Rows[1][1].IsNull {
		t.Errorf("%+v", table)
	}
}

func TestADamagedReportIsAnErrorThatNamesIt(t *testing.T) {
	directory := runWith(t, map[string]string{"coverage": "SELECT 1 AS n"})
	if err := os.WriteFile(filepath.Join(directory, "reports", "coverage.parquet"), []byte("no parquet"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), directory, runs.Manifest{})
	if err == nil || failure.CodeOf(err) != failure.IO || !strings.Contains(err.Error(), "report coverage") {
		t.Errorf("%v", err)
	}
}

func TestTheDigestIsThatOfSha256sum(t *testing.T) {
	directory := t.TempDir()
	if err := os.Mkdir(filepath.Join(directory, "reports"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"b.csv": "x\n1\n", "a.csv": "y\n2\n", "findings.csv": "changes from run to run", "data_quality.csv": "as well", "data_dictionary.csv": "", "a.parquet": ""} {
		if err := os.WriteFile(filepath.Join(directory, "reports", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	digest, err := Digest(directory)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("sha256sum"); err != nil {
		t.Skip("sha256sum is not installed")
	}
	sum := exec.Command("sh", "-c", "sha256sum reports/a.csv reports/b.csv | sha256sum")
	sum.Dir = directory
	want, err := sum.Output()
	if err != nil || !strings.HasPrefix(string(want), digest) {
		t.Errorf("%s, %v: %s", digest, err, want)
	}
}
