package acceptance

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/activation"
	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/gates"
	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/runs"
	"github.com/tributary-engine/tributary/models"
	"github.com/tributary-engine/tributary/reports"
)

// Whatever a run leaves in the engine is on the list of relations, and nothing else is on it.
func TestEveryRelationIsListed(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	for _, directory := range []string{"reports", "tables"} {
		if err := os.Mkdir(filepath.Join(out, directory), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	settings, _, err := config.Load(filepath.Join("..", "..", "testdata", "sercante_campaign_influence", "tributary.yaml"), "")
	if err == nil {
		settings, err = settings.With(config.Overrides{Out: out, Threads: 2})
	}
	if err != nil {
		t.Fatal(err)
	}
	eng, err := engine.Open(t.Context(), job.EngineOptions(settings, "", out))
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	inputs, err := ingest.Load(t.Context(), eng, settings, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	evaluator, err := gates.New(t.Context(), eng, gates.Options{Inputs: inputs, Job: settings, Rules: findings.Rules{}, Baselines: runs.Baselines{}, Now: time.Unix(0, 0)})
	if err == nil {
		_, err = evaluator.Files(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := attribution.Run(t.Context(), eng, models.All(), job.AttributionOptions(settings, inputs), nil); err != nil {
		t.Fatal(err)
	}
	if err := findings.Store(t.Context(), eng, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := reports.Write(t.Context(), eng, reports.All(), out, job.ReportOptions(settings, inputs), nil); err != nil {
		t.Fatal(err)
	}
	every := config.Activation{SalesforceInfluence: &config.SalesforceInfluence{}, AccountSources: &config.AccountSources{}, GoogleAds: &config.GoogleAds{}}
	if _, _, err := activation.Write(t.Context(), eng, out, activation.Options{Targets: every, Primary: "linear", Zone: time.UTC}, nil); err != nil {
		t.Fatal(err)
	}
	got, err := eng.Texts(t.Context(), `
		SELECT table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary
		UNION SELECT view_name FROM duckdb_views() WHERE NOT internal AND NOT temporary
		ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, r := range job.Relations() {
		want = append(want, r.Name)
	}
	slices.Sort(want)
	for _, name := range got {
		if !slices.Contains(want, name) {
			t.Errorf("%s is not listed", name)
		}
	}
	for _, name := range want {
		// Raw tables are made of what is given, and tied touches where there are ties.
		if !slices.Contains(got, name) && !strings.HasPrefix(name, "raw_") && name != "tied_touches" {
			t.Errorf("%s is listed, and no run makes it", name)
		}
	}
}
