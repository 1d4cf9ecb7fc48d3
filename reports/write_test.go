package reports

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/csvtest"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/stagetest"
)

// credited is an engine that can write into a directory, with a company of one account that was credited under linear: an opportunity of 10.01 with two
// touchpoints, which was won, and one of 3.00 of nobody. A campaign has the name of a formula.
func credited(t *testing.T, directory string) *engine.Engine {
	t.Helper()
	eng, err := engine.Open(t.Context(), engine.Options{Threads: 2, TempDir: t.TempDir(), Directories: []string{directory}, ChangesThreads: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { eng.Close() })
	for _, statement := range []string{
		"CREATE TABLE accounts AS SELECT 'A-1' AS account_id, 'acme.example' AS domain",
		"CREATE TABLE contacts AS SELECT 'C-1' AS contact_id, 'A-1' AS account_id",
		"CREATE TABLE campaigns AS SELECT 'K-1' AS campaign_id, '=1+1' AS name, 'Email' AS channel",
		`CREATE TABLE touchpoints AS SELECT * FROM (VALUES
			('T-1', TIMESTAMP '2025-01-01 09:00:00', 'C-1', 'Email', 'K-1'), ('T-2', TIMESTAMP '2025-01-02 09:00:00', 'C-1', 'Event', NULL)
		) AS v(touch_id, occurred_at, contact_id, channel, campaign_id)`,
		`CREATE TABLE opportunities AS SELECT * FROM (VALUES
			('O-1', 'A-1', TIMESTAMP '2025-02-01 00:00:00', TIMESTAMP '2025-03-01 00:00:00', 'Closed Won', CAST(1001 AS BIGINT), 'USD'),
			('O-2', NULL, TIMESTAMP '2025-02-01 00:00:00', NULL, 'Open', 300, 'USD')
		) AS v(opportunity_id, account_id, created_at, closed_at, stage, amount_minor, currency)`,
	} {
		if err := eng.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	stagetest.CompleteContract(t, eng, false)
	job, err := config.Parse("tributary.yaml", []byte("{}"))
	if err != nil {
		t.Fatal(err)
	}
	linear := credit.Model{Name: "linear", Doc: "alike to all", Weights: func(_ *credit.Journey, w []uint64) {
		for i := range w {
			w[i] = 1
		}
	}}
	result, err := attribution.Run(t.Context(), eng, []credit.Model{linear}, attribution.Options{
		AsOf: time.Date(2025, 3, 31, 23, 59, 59, 999_999_000, time.UTC), Zone: time.UTC, Currency: "USD", Threads: 2, Primary: "linear", Credits: true,
		People: job.People, BuyingGroup: job.BuyingGroup, Journey: job.Journey, Opportunities: job.Opportunities, Funnel: job.Funnel,
		Reporting: job.Reporting, Agreed: job.Alignment, Costs: job.Costs, Economics: job.Economics,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := findings.Store(t.Context(), eng, result.Findings); err != nil {
		t.Fatal(err)
	}
	return eng
}

// outputDirectory is a new one that reports can be written into.
func outputDirectory(t *testing.T) string {
	t.Helper()
	directory := t.TempDir()
	for _, name := range []string{"reports", "tables"} {
		if err := os.Mkdir(filepath.Join(directory, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return directory
}

// valueOf is a cell of the one row that has some values.
func valueOf(t *testing.T, rows [][]string, column string, where map[string]string) string {
	t.Helper()
	var found []string
	for _, row := range rows[1:] {
		holds := true
		for name, value := range where {
			holds = holds && row[slices.Index(rows[0], name)] == value
		}
		if holds {
			found = append(found, row[slices.Index(rows[0], column)])
		}
	}
	if len(found) != 1 {
		t.Errorf("%d rows have %v", len(found), where)
		return ""
	}
	return found[0]
}

// Write writes every report twice, alike, with a dictionary of all columns, the credits and the tables.
func TestWrite(t *testing.T) {
	directory := outputDirectory(t)
	eng := credited(t, directory)
	written, err := Write(t.Context(), eng, All(), directory, Options{MinorScale: 2, Credits: true, PublishTables: true, Tables: contract.Names()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	dictionary := csvtest.Records(t, filepath.Join(directory, "reports", "data_dictionary.csv"))
	described := map[string][]string{}
	for _, row := range dictionary[1:] {
		described[row[0]] = append(described[row[0]], row[2])
		if row[4] == "" || row[5] == "" {
			t.Errorf("the dictionary does not describe %s of %s", row[2], row[0])
		}
	}
	for _, r := range All() {
		rows := csvtest.Records(t, filepath.Join(directory, "reports", r.Name+".csv"))
		if !slices.Equal(described[r.Name], rows[0]) {
			t.Errorf("%s: the dictionary has the columns %v, the report %v", r.Name, described[r.Name], rows[0])
		}
		wantRows(t, filepath.Join(directory, "reports", r.Name+".parquet"), len(rows)-1)
	}
	reconciliation := csvtest.Records(t, filepath.Join(directory, "reports", "reconciliation.csv"))
	for where, want := range map[string]string{"pipeline attributed": "10.01", "pipeline total": "13.01", "pipeline no_account": "3.00", "revenue attributed": "10.01", "revenue unattributed": "0.00"} {
		kind, column, _ := strings.Cut(where, " ")
		if got := valueOf(t, reconciliation, column, map[string]string{"conversion_type": kind, "opportunity_type": "new_business"}); got != want {
			t.Errorf("%s is %s, want %s", where, got, want)
		}
	}
	if i := slices.IndexFunc(written.Totals, func(total Total) bool {
		return total.ConversionType == "pipeline" && total.Attributed == "10.01" && total.Total == "13.01"
	}); i < 0 {
		t.Errorf("the totals are %v", written.Totals)
	}
	budgets := csvtest.Records(t, filepath.Join(directory, "reports", "budgets.csv"))
	if got := valueOf(t, budgets, "campaign_name", map[string]string{"campaign_id": "K-1"}); got != "'=1+1" {
		t.Errorf("a name that a spreadsheet would run is written as %s", got)
	}
	// 10.01 over two touchpoints: for pipeline and revenue each, one row per touchpoint, and O-2 has one without
	wantRows(t, filepath.Join(directory, "credits.parquet"), 5)
	wantRows(t, filepath.Join(directory, "tables", "touchpoints.parquet"), 2)
	for _, name := range derivedTables {
		if TableGrain(name) == "" {
			t.Errorf("the table %s has no grain", name)
		}
		if _, err := os.Stat(filepath.Join(directory, "tables", name+".parquet")); err != nil {
			t.Error(err)
		}
	}
	if TableGrain("touchpoints") != "" {
		t.Error("a table of the contract is no derived one")
	}
	if !slices.ContainsFunc(written.Checks, func(c attribution.Check) bool { return c.Name == "periods_tie_out" }) {
		t.Errorf("these checks were made: %v", written.Checks)
	}
	if _, err := Write(t.Context(), eng, All(), directory, Options{MinorScale: 2}, nil); err == nil {
		t.Error("files that are there were written over")
	}
}

func wantRows(t *testing.T, path string, want int) {
	t.Helper()
	reader, err := engine.Open(t.Context(), engine.Options{TempDir: t.TempDir(), Files: []string{path}})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	var got int
	if err := reader.Row(t.Context(), "SELECT COUNT(*) FROM read_parquet("+engine.Text(path)+")", nil, &got); err != nil || got != want {
		t.Errorf("%s has %d rows, want %d: %v", path, got, want, err)
	}
}

// Reports that do not tie out are not written.
func TestNothingIsWrittenThatDoesNotTieOut(t *testing.T) {
	directory := outputDirectory(t)
	eng := credited(t, directory)
	if err := eng.Exec(t.Context(), "UPDATE cube SET minor = minor + 1 WHERE conversion_type = 1"); err != nil {
		t.Fatal(err)
	}
	_, err := Write(t.Context(), eng, All(), directory, Options{MinorScale: 2}, nil)
	if failure.CodeOf(err) != failure.Check {
		t.Errorf("a cent too many: %v", err)
	}
	if entries, err := os.ReadDir(filepath.Join(directory, "reports")); err != nil || len(entries) > 0 {
		t.Errorf("%d files were written: %v", len(entries), err)
	}
}

// Every relation of the reports has a grain, and what it reads.
func TestRelationsOfReports(t *testing.T) {
	names := map[string]bool{}
	for _, r := range Relations() {
		names[r.Name] = true
		if r.Grain == "" || r.MadeBy == "" {
			t.Errorf("%s: grain %q, made by %q", r.Name, r.Grain, r.MadeBy)
		}
	}
	for _, r := range All() {
		if !names["report_"+r.Name] {
			t.Errorf("%s is not on the list of relations", r.Name)
		}
	}
}
