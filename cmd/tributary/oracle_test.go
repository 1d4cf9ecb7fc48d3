package main

import (
	"flag"
	"fmt"
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tributary/attribution"
	"tributary/ingest"
	"tributary/internal/config"
	"tributary/internal/engine"
	"tributary/internal/oracle"
	"tributary/reports"
)

var (
	worlds = flag.Int("worlds", 120, "how many random worlds the oracle judges")
	seed   = flag.Uint64("seed", 1, "seed of the first of them")
)

// The whole program against an independent reference on math/big that shares no code and no SQL with it: every report that
// adds credit up, and every credit row, without any tolerance.
func TestRandomWorldsAgreeWithTheOracle(t *testing.T) {
	for i := range *worlds {
		s := *seed + uint64(i)
		t.Run(fmt.Sprintf("seed_%d", s), func(t *testing.T) {
			r := rand.New(rand.NewPCG(s, 7))
			w := oracle.Random(r)
			expected, err := oracle.Run(w)
			if err != nil {
				t.Fatal(err)
			}
			directory := runWorld(t, w, r, func(job *config.Job) { job.Models = expected.Models }) // further models are not its business
			scale, _ := ingest.Exponent(expected.ReportingCurrency)
			compareReconciliation(t, directory, scale, expected)
			comparePerformance(t, directory, scale, w, expected)
			compareSourced(t, directory, scale, w, expected)
			compareFunnel(t, directory, scale, expected)
			compareCredits(t, directory, expected)
		})
	}
}

func compareReconciliation(t *testing.T, directory string, scale int, expected oracle.Result) {
	t.Helper()
	got, want := figures{}, figures{}
	for _, r := range readReport(t, filepath.Join(directory, "reports", "reconciliation.csv")) {
		key := []any{r["conversion_type"], r["opportunity_type"], r["model"]}
		for _, column := range append([]string{"total", "attributed", "difference"}, attribution.Reasons...) {
			got.add(scaled(t, r[column], scale), append(key, column)...)
			got.add(scaled(t, r[column+"_count"], 6), append(key, column, "count")...)
		}
		got.add(scaled(t, r["amount_missing_count"], 0), append(key, "amount missing")...)
		got.add(scaled(t, r["after_as_of_count"], 0), append(key, "after as-of")...)
	}
	for _, r := range expected.Reconciliation {
		key := []any{r.ConversionType, r.OpportunityType, r.Model}
		want.add(r.Total.Minor, append(key, "total")...)
		want.add(r.Total.Millionths, append(key, "total", "count")...)
		want.add(r.Attributed.Minor, append(key, "attributed")...)
		want.add(r.Attributed.Millionths, append(key, "attributed", "count")...)
		for reason, amounts := range r.Reasons {
			want.add(amounts.Minor, append(key, reason)...)
			want.add(amounts.Millionths, append(key, reason, "count")...)
		}
		want.add(big.NewInt(int64(r.AmountMissing)), append(key, "amount missing")...)
	}
	for _, c := range expected.Conversions {
		if c.NotCounted == oracle.AfterAsOf && !c.Reversal {
			for _, model := range expected.Models {
				want.add(big.NewInt(1), c.Type, c.OpportunityType, model, "after as-of")
			}
		}
	}
	if d := got.diff(want); d != "" {
		t.Errorf("reconciliation:\n%s", d)
	}
}

// comparePerformance compares the reports of credit and cost by channel, by campaign, and by month and channel.
func comparePerformance(t *testing.T, directory string, scale int, w oracle.World, expected oracle.Result) {
	t.Helper()
	stages := w.Options.PersonStages()
	for _, always := range []string{"mql", "sql"} { // their columns are there without such a stage too, and empty
		if !slices.Contains(stages, always) {
			stages = append(stages, always)
		}
	}
	for name, columns := range map[string][]string{
		"channel_performance":  {"channel"},
		"campaign_performance": {"campaign_id"},
		"monthly_performance":  {"month", "channel"},
	} {
		got, want := figures{}, figures{}
		for _, r := range readReport(t, filepath.Join(directory, "reports", name+".csv")) {
			key := []any{r["basis"], r["opportunity_type"], r["model"]}
			for _, column := range columns {
				key = append(key, undefused(r[column]))
			}
			for _, measure := range []string{"cost", "opportunities", "won"} {
				got.add(scaled(t, r[measure], 6), append(key, measure)...)
			}
			for _, measure := range []string{"pipeline", "open_pipeline", "revenue"} {
				got.add(scaled(t, r[measure], scale), append(key, measure)...)
			}
			for _, stage := range stages {
				if units := r[stage+"s"]; units != "" {
					got.add(scaled(t, units, 6), append(key, stage)...)
				}
			}
		}
		add := func(m oracle.Measures, key ...any) {
			for measure, amount := range map[string]*big.Int{
				"cost": m.CostMicros, "opportunities": m.Opportunities, "won": m.Won,
				"pipeline": m.Pipeline, "open_pipeline": m.OpenPipeline, "revenue": m.Revenue,
			} {
				want.add(amount, append(key, measure)...)
			}
			for stage, units := range m.Stages {
				want.add(units, append(key, stage)...)
			}
		}
		switch name {
		case "channel_performance":
			for _, r := range expected.Channels {
				add(r.Measures, r.Basis, r.OpportunityType, r.Model, r.Channel)
			}
		case "campaign_performance":
			for _, r := range expected.Campaigns {
				add(r.Measures, r.Basis, r.OpportunityType, r.Model, r.Campaign)
			}
		default:
			for _, r := range expected.Months {
				add(r.Measures, r.Basis, r.OpportunityType, r.Model, r.Month, r.Channel)
			}
		}
		if d := got.diff(want); d != "" {
			t.Errorf("%s:\n%s", name, d)
		}
	}
}

// undefused takes the apostrophe off text that a spreadsheet would have run.
func undefused(text string) string {
	if len(text) > 1 && text[0] == '\'' {
		return text[1:]
	}
	return text
}

// compareSourced regroups the oracle's claims by the reporting period: its own report covers the whole run.
func compareSourced(t *testing.T, directory string, scale int, w oracle.World, expected oracle.Result) {
	t.Helper()
	got, want := figures{}, figures{}
	for _, r := range readReport(t, filepath.Join(directory, "reports", "sourced_influenced.csv")) {
		definition := r["definition"]
		if r["figure"] == "influenced" {
			definition = oracle.Influenced
		}
		key := []any{definition, r["opportunity_type"], undefused(r["channel"])}
		for _, measure := range []string{"opportunities", "won"} {
			got.add(scaled(t, r[measure], 0), append(key, measure)...)
		}
		for _, measure := range []string{"pipeline", "open_pipeline", "revenue"} {
			got.add(scaled(t, r[measure], scale), append(key, measure)...)
		}
	}
	type unit struct{ conversionType, id string }
	conversions := map[unit]oracle.Conversion{}
	for _, c := range expected.Conversions {
		conversions[unit{c.Type, c.OpportunityID}] = c // those of persons are nobody's source
	}
	inAll := map[string]bool{}
	for _, claim := range expected.Sourcing {
		c := conversions[unit{claim.ConversionType, claim.OpportunityID}]
		day := time.UnixMicro(c.Anchor).UTC().Format(time.DateOnly)
		if day < w.Options.From || (w.Options.To != "" && day > w.Options.To) {
			continue
		}
		channels := []string{claim.Channel}
		if once := fmt.Sprint(claim.Definition, c.Type, c.OpportunityID); !inAll[once] {
			inAll[once] = true
			channels = append(channels, oracle.AllChannels)
		}
		count, amount := "opportunities", "pipeline"
		if c.Type == oracle.Revenue {
			count, amount = "won", "revenue"
		}
		for _, channel := range channels {
			key := []any{claim.Definition, c.OpportunityType, channel}
			if !c.Reversal {
				want.add(big.NewInt(1), append(key, count)...)
			}
			want.add(c.Amount, append(key, amount)...)
			if c.Type == oracle.Pipeline && c.Open {
				want.add(c.Amount, append(key, "open_pipeline")...)
			}
		}
	}
	if d := got.diff(want); d != "" {
		t.Errorf("sourced_influenced:\n%s", d)
	}
}

// compareCredits holds every credit row against the oracle's: conversion, touch or reason, channel, campaign, model.
func compareCredits(t *testing.T, directory string, expected oracle.Result) {
	t.Helper()
	eng, err := engine.Open(t.Context(), engine.Options{TempDir: t.TempDir(), Directories: []string{directory}})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	got, want := figures{}, figures{}
	var header []string
	err = reports.Rows(t.Context(), eng, "SELECT * FROM read_parquet("+engine.Text(filepath.Join(directory, "credits.parquet"))+")",
		func(names []string) error {
			header = names
			return nil
		},
		func(cells []reports.Cell) error {
			r := row{}
			for i, c := range cells {
				r[header[i]] = c.Text
			}
			key := []any{r["conversion_type"], r["opportunity_id"], r["person_id"], r["touch_id"], r["unattributed_reason"], r["channel"], r["campaign_id"]}
			for _, model := range expected.Models {
				if minor := r[model+"_minor"]; minor != "" {
					got.add(scaled(t, minor, 0), append(key, model, "minor")...)
				}
				got.add(scaled(t, r[model+"_millionths"], 0), append(key, model, "millionths")...)
			}
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range expected.Credits {
		key := []any{c.ConversionType, c.OpportunityID, c.PersonID, c.TouchID, c.Reason, c.Channel, c.Campaign}
		for _, model := range expected.Models {
			want.add(c.Minor[model], append(key, model, "minor")...)
			want.add(c.Millionths[model], append(key, model, "millionths")...)
		}
	}
	if d := got.diff(want); d != "" {
		t.Errorf("credits:\n%s", d)
	}
}
