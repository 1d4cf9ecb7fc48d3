package ingest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"
)

// A run is refused for what the small tables say before its touches are read; who wants to know all
// is told all.
func TestARunIsRefusedBeforeItsTouchesAreRead(t *testing.T) {
	directory := t.TempDir()
	job := config.Job{Reporting: config.Reporting{TimeZone: "UTC"}, Tables: map[string]config.Sources{}}
	for name, text := range map[string]string{
		"touchpoints":   "touch_id,occurred_at\nt,2025-01-01\n",
		"opportunities": "opportunity_id,created_at,stage,amount,currency\no1,2025-01-01,Won,1.00,USD\no2,2025-01-01,Won,1.00,EUR\n",
		"accounts":      "name\nx\n",
	} {
		path := filepath.Join(directory, name+".csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		job.Tables[name] = config.Sources{{Files: []string{name + ".csv"}, Paths: []string{path}}}
	}
	const early = "accounts.csv:1: has no column account_id, which accounts needs; map it with from under columns\n"
	const late = "touchpoints.csv:1: has none of the columns contact_id, lead_id, email, anonymous_id, account_id, and every row of touchpoints needs one of them\n"
	const currencies = "amounts are in several currencies (EUR, USD): declare reporting.currency, and give exchange_rates for the others"
	const notRead = "\nhint: touchpoints was not read; `tributary validate` reads every table and lists everything that is wrong"
	in, problems, err := Read(t.Context(), openEngine(t), job, "", nil)
	if got := fmt.Sprint(Together(problems)); err != nil || got != early+currencies+notRead || in.IsComplete {
		t.Errorf("a run: %v, %s", err, got)
	}
	in, problems, err = Examine(t.Context(), openEngine(t), job, "", nil)
	if got := fmt.Sprint(Together(problems)); err != nil || !strings.HasPrefix(got, early+late+currencies) || in.IsComplete {
		t.Errorf("all that is wrong: %v, %s", err, got)
	}
	delete(job.Tables, "touchpoints")
	delete(job.Tables, "accounts")
	_, problems, err = Read(t.Context(), openEngine(t), job, "", nil)
	if got := fmt.Sprint(Together(problems)); err != nil || got != currencies {
		t.Errorf("without touches: %v, %s", err, got)
	}
}
