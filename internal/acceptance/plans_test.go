package acceptance

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/synthetic"
	"github.com/tributary-engine/tributary/models"
)

// The shapes of the joins over touches are pinned: which side is hashed, what is read, and that
// nothing is sorted. A join that turns into a nested loop, or hashes all touches, takes minutes
// where this one takes seconds, and no other test would notice. Write them anew with UPDATE_PLANS=1
// once you have looked at them.
func TestPlansOfJoinsOverTouches(t *testing.T) {
	in := filepath.Join(t.TempDir(), "company")
	if _, err := synthetic.Generate(t.Context(), synthetic.Company{Seed: 1, Accounts: 400, Touches: 150_000}, synthetic.Parquet, in, nil); err != nil {
		t.Fatal(err)
	}
	settings, _, err := config.Load(filepath.Join(in, "tributary.yaml"), "")
	if err == nil {
		settings, err = settings.With(config.Overrides{Out: t.TempDir(), Threads: 2})
	}
	if err != nil {
		t.Fatal(err)
	}
	temp, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	eng, err := engine.Open(t.Context(), job.EngineOptions(settings, temp))
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	inputs, err := ingest.Load(t.Context(), eng, settings, temp, nil)
	if err != nil {
		t.Fatal(err)
	}
	o := job.AttributionOptions(settings, inputs)
	o.Credits = true
	if _, err := attribution.Run(t.Context(), eng, models.All(), o, nil); err != nil {
		t.Fatal(err)
	}
	for name, query := range map[string]string{
		"touches":     attribution.TouchesQuery,
		"touch_facts": `SELECT COUNT(*) FILTER (WHERE names_disagree), MIN(touch_id, 5) FILTER (WHERE NOT has_account) FROM touch_facts`,
		"credits":     `SELECT r.conversion_key, r.position, t.touch_id, r.linear_minor FROM credit_rows AS r LEFT JOIN touch_rows AS t ON t.touch_row = r.touch_row`,
	} {
		var kind, plan string
		if err := eng.Row(t.Context(), "EXPLAIN (FORMAT json) "+query, nil, &kind, &plan); err != nil {
			t.Fatal(err)
		}
		var roots []operator
		if err := json.Unmarshal([]byte(plan), &roots); err != nil {
			t.Fatal(err)
		}
		var shape strings.Builder
		for _, root := range roots {
			root.print(&shape, "")
		}
		golden := filepath.Join("testdata", "plans", name+".txt")
		if os.Getenv("UPDATE_PLANS") != "" {
			if err := os.WriteFile(golden, []byte(shape.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if shape.String() != string(want) {
			t.Errorf("%s: the plan is\n%s\nand was\n%s", name, shape.String(), want)
		}
	}
}

// An operator of a plan, as the engine explains it.
type operator struct {
	Name     string                     `json:"name"`
	Children []operator                 `json:"children"`
	Info     map[string]json.RawMessage `json:"extra_info"`
}

// print writes the operators that decide what a query costs: joins with their conditions, scans,
// sorts and groups. Of a join the second child is the side that is hashed.
func (o operator) print(w *strings.Builder, indent string) {
	name := strings.TrimSpace(o.Name)
	if name != "PROJECTION" && name != "FILTER" && name != "RESULT_COLLECTOR" {
		output := name
		for _, key := range []string{"Join Type", "Conditions", "Table", "Function"} {
			if raw, found := o.Info[key]; found {
				output += " " + regexp.MustCompile(`\s+`).ReplaceAllString(strings.NewReplacer(`"`, "", "[", "", "]", "").Replace(string(raw)), " ")
			}
		}
		fmt.Fprintf(w, "%s%s\n", indent, output)
		indent += "  "
	}
	for _, child := range o.Children {
		child.print(w, indent)
	}
}
