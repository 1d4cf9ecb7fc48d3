package gates

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/attribution"
	crediting "github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/runs"
)

// company is what one night delivers: tables by name, the header first.
type company map[string][][]string

// usual is a company of 100 people at 100 accounts. Everybody was touched once, in January 2025,
// and every account has an opportunity of 10.00, created in February; those with an even number
// were won on 10 February. Each month has a cost of 40.00.
func usual() company {
	c := company{
		"accounts":      {{"account_id", "domain"}},
		"contacts":      {{"contact_id", "account_id", "created_at"}},
		"touchpoints":   {{"touch_id", "occurred_at", "contact_id", "channel", "campaign_id", "status"}},
		"opportunities": {{"opportunity_id", "account_id", "created_at", "closed_at", "stage", "amount", "currency"}},
		"campaigns":     {{"campaign_id", "channel"}, {"K-1", "Email"}, {"K-2", "Event"}},
		"costs":         {{"starts_on", "ends_on", "campaign_id", "amount", "currency"}, {"2025-01-01", "2025-01-31", "K-1", "40", "USD"}, {"2025-02-01", "2025-02-28", "K-2", "40", "USD"}},
	}
	add := func(table string, cells ...string) { c[table] = append(c[table], cells) }
	for i := range 100 {
		n := fmt.Sprint(i)
		add("accounts", "A-"+n, "a"+n+".example")
		add("contacts", "C-"+n, "A-"+n, "2025-01-05T00:00:00Z")
		add("touchpoints", "T-"+n, fmt.Sprintf("2025-01-%02dT09:00:00Z", 1+i%28), "C-"+n, []string{"Email", "Event"}[i%2], []string{"K-1", "K-2"}[i%2], []string{"Clicked", "Attended"}[i%2])
		stage, closed := "Closed Won", "2025-02-10T00:00:00Z"
		if i%2 == 1 {
			stage, closed = "Open", ""
		}
		add("opportunities", "O-"+n, "A-"+n, "2025-02-01T00:00:00Z", closed, stage, "10.00", "USD")
	}
	return c
}

// each changes the rows of a table below its header.
func (c company) each(table string, change func(n int, row []string)) {
	for n, row := range c[table][1:] {
		change(n, row)
	}
}

// keep keeps the first rows of a table.
func (c company) keep(table string, rows int) { c[table] = c[table][:1+rows] }

// night is a judged run.
type night struct {
	evaluator *Evaluator
	found     []findings.Finding
	directory string
	inputs    ingest.Inputs
}

// judged loads and credits what a night delivers, and asks every gate: against a night before, or
// nothing.
func evaluated(t *testing.T, c company, before *night, change func(*config.Job)) night {
	t.Helper()
	in, temp := t.TempDir(), t.TempDir()
	for table, rows := range c {
		f, err := os.Create(filepath.Join(in, table+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		if err := csv.NewWriter(f).WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	job, _, err := config.FromDirectory(in)
	if err == nil {
		job, err = job.With(config.Overrides{AsOf: "2025-04-30", Threads: 2, Out: t.TempDir()})
	}
	if err != nil {
		t.Fatal(err)
	}
	job.PrimaryModel = "linear"
	if change != nil {
		change(&job)
	}
	directories := []string{temp}
	var baselines runs.Baselines
	if before != nil {
		directories = append(directories, before.directory)
		m := runs.Manifest{Program: "1", Configuration: "c", AsOf: "2025-04-30T23:59:59.999999Z", ReportingCurrency: "USD", Outputs: []runs.Output{{Path: MeasuresFile}}}
		for _, f := range before.inputs.Files {
			m.Inputs = append(m.Inputs, runs.Input{Table: f.Table, File: f.Name, SHA256: f.SHA256, Loaded: f.Loaded})
		}
		baselines.Sound = []runs.Summary{{ID: "000001", Path: before.directory, Manifest: m}}
	}
	eng, err := engine.Open(t.Context(), engine.Options{Threads: 2, TempDir: temp, Directories: directories, Files: MeasureFiles(baselines), ChangesThreads: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { eng.Close() })
	n := night{directory: temp}
	if n.inputs, err = ingest.Load(t.Context(), eng, job, temp, nil); err != nil {
		t.Fatal(err)
	}
	n.evaluator, err = New(t.Context(), eng, Options{Inputs: n.inputs, Job: job, Baselines: baselines, Now: time.Date(2025, 5, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(found []findings.Finding, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		n.found = append(n.found, found...)
	}
	ask(n.evaluator.Files(t.Context()))
	linear := crediting.Model{Name: "linear", Doc: "alike to all", Weights: func(_ *crediting.Journey, w []uint64) {
		for i := range w {
			w[i] = 1
		}
	}}
	o := attribution.Options{AsOf: n.inputs.AsOf, Zone: n.inputs.Zone, Currency: n.inputs.Currency, Threads: 2, Primary: "linear",
		People: job.People, BuyingGroup: job.BuyingGroup, Journey: job.Journey, Opportunities: job.Opportunities, Funnel: job.Funnel,
		Reporting: job.Reporting, Agreed: job.Alignment, Costs: job.Costs, Economics: job.Economics}
	if _, err := attribution.Run(t.Context(), eng, []crediting.Model{linear}, o, nil); err != nil {
		t.Fatal(err)
	}
	ask(n.evaluator.Journeys(t.Context()))
	ask(n.evaluator.Credit(t.Context(), "linear"))
	if err := n.evaluator.Write(t.Context(), n.directory); err != nil {
		t.Fatal(err)
	}
	return n
}
