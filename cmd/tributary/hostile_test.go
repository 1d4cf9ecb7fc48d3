package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/acceptance"
	"github.com/tributary-engine/tributary/internal/csvtest"
	"github.com/tributary-engine/tributary/internal/synthetic"
)

// hostileNames are what names in real exports have been: commas, quotes, line ends, formulas, SQL,
// markup, text that runs from right to left, terminal escapes, paths and templates.
var hostileNames = []string{`Smith, Jones & Sons`, `The "Original" Tool Co`, "Two\nLines Trading", "Société Générale d'Élevage", "Rocket 🚀 Logistics",
	"=1+1", "'); DROP TABLE t; --", "+49 Telefonbau", "@Home Services", "naïve; semi|colon\ttab", "<script>alert(1)</script>", "\u202egnp.exe",
	"\x1b[31mred", "../../etc/passwd", "{{.Exec}} ${HOME} `id`", "-2+3", "NULL"}

// Names are never code: a company whose accounts, campaigns and opportunities have hostile names has
// the figures of the same company with plain ones, and reports print the names as they are.
func TestHostileNamesChangeNoFigure(t *testing.T) {
	acceptance.Nightly(t, "two runs")
	t.Parallel()
	published := map[bool]string{}
	for _, hostile := range []bool{false, true} {
		in := filepath.Join(t.TempDir(), "in")
		if _, err := synthetic.Generate(t.Context(), synthetic.Company{Seed: 1, Accounts: 40, Touches: 3000}, synthetic.CSV, in, nil); err != nil {
			t.Fatal(err)
		}
		e := exports{t, in}
		for _, table := range []string{"accounts", "campaigns", "opportunities"} {
			numbers := map[string]int{} // copies of a row keep the same name
			e.change(table, "name", func(_ int, name string) string {
				number, found := numbers[name]
				if !found {
					number = len(numbers)
					numbers[name] = number
				}
				if hostile {
					return hostileNames[number%len(hostileNames)]
				}
				return fmt.Sprintf("name %d", number)
			})
		}
		out := filepath.Join(in, "out")
		called(t, "run", "--config", filepath.Join(in, "tributary.yaml"), "--out", out, "--quiet")
		published[hostile] = filepath.Join(out, "current", "reports")
	}
	for _, report := range []string{"channel_performance", "reconciliation", "funnel", "period_performance", "coverage"} {
		var texts [2][]byte
		for i, hostile := range []bool{false, true} {
			text, err := os.ReadFile(filepath.Join(published[hostile], report+".csv"))
			if err != nil {
				t.Fatal(err)
			}
			texts[i] = text
		}
		if d := cmp.Diff(string(texts[0]), string(texts[1])); d != "" {
			t.Errorf("%s differs with the names: %s", report, d)
		}
	}
	plain, hostile := csvtest.Rows(t, filepath.Join(published[false], "campaign_performance.csv")), csvtest.Rows(t, filepath.Join(published[true], "campaign_performance.csv"))
	if len(plain) == 0 || len(plain) != len(hostile) {
		t.Fatalf("%d campaigns with plain names, and %d with hostile ones", len(plain), len(hostile))
	}
	met := map[string]bool{}
	for i := range plain {
		met[hostile[i]["campaign_name"]] = true
		delete(plain[i], "campaign_name")
		delete(hostile[i], "campaign_name")
	}
	if d := cmp.Diff(plain, hostile); d != "" {
		t.Errorf("campaign_performance differs in more than names: %s", d)
	}
	if !met["'=1+1"] || !met["'); DROP TABLE t; --"] {
		t.Errorf("the names of campaigns in the report are %v", met)
	}
}
