package acceptance

import (
	"flag"
	"fmt"
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/oracle"
	"github.com/tributary-engine/tributary/internal/page"
	"github.com/tributary-engine/tributary/internal/workbook"
	"github.com/tributary-engine/tributary/reports"
)

var (
	worlds = flag.Int("worlds", 30, "how many random worlds the oracle judges; a tenth of them are run in other ways, too; with -short a quarter")
	seed   = flag.Uint64("seed", 1, "seed of the first of them")
)

// judged is how many worlds the oracle judges, and varied how many of them are run in other ways.
func judged() int {
	if testing.Short() {
		return (*worlds + 3) / 4
	}
	return *worlds
}

func varied() int { return max(1, judged()/10) }

// documents are the files for people, unless the tests are to be short. They read the configuration
// of the run, which a world with a look-back of 0 days has not as a file may have it.
func documents(w oracle.World) []job.Document {
	if testing.Short() || w.Options.LookbackDays == 0 || w.Options.PersonLookbackDays == 0 {
		return nil
	}
	return []job.Document{page.Write, workbook.Write}
}

// The whole program against an independent reference on math/big that shares no code and no SQL
// with it: every report that adds credit up, every credit row, and row by row the reports that
// marketing and sales share, without any tolerance. Whatever a world holds, the page and the workbook
// can be made of it.
func TestRandomWorldsAgreeWithTheOracle(t *testing.T) {
	t.Parallel()
	for i := range judged() {
		s := *seed + uint64(i)
		t.Run(fmt.Sprintf("seed_%d", s), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(s, 7))
			w := oracle.Random(r)
			w.Options.Alignment.TopPaths = 1 + int(s%5)
			expected, err := oracle.Run(w)
			if err != nil {
				t.Fatal(err)
			}
			aligned, err := oracle.Align(w)
			if err != nil {
				t.Fatal(err)
			}
			directory := runWorld(t, w, r, func(settings *config.Job) {
				settings.Models, settings.Economics.Margin = expected.Models, 0.35 // further models are not its business
				settings.Reporting.Weeks = true
			}, documents(w)...)
			scale, _ := contract.Exponent(expected.ReportingCurrency)
			compareReconciliation(t, directory, scale, expected)
			compareCoverage(t, directory, scale, expected)
			comparePerformance(t, directory, scale, w, expected)
			compareDimensions(t, directory, scale, expected)
			compareSourced(t, directory, scale, w, expected)
			compareFunnel(t, directory, scale, expected)
			compareCredits(t, directory, expected)
			compareValueAfterWin(t, directory, scale, expected)
			for _, c := range alignedReports {
				c.compare(t, directory, w, aligned)
			}
		})
	}
}

// compareReconciliation compares the totals, what they are made of, and both for the reporting
// period.
func compareReconciliation(t *testing.T, directory string, scale int, expected oracle.Result) {
	t.Helper()
	got, want := figures{}, figures{}
	columns := append([]string{"total", "attributed", "unattributed", "difference"}, attribution.Reasons...)
	for _, r := range ReadReport(t, filepath.Join(directory, "reports", "reconciliation.csv")) {
		key := []any{r["conversion_type"], r["opportunity_type"], r["model"]}
		for _, prefix := range []string{"", "period_"} {
			for _, column := range columns {
				column = prefix + column
				got.add(scaled(t, r[column], scale), append(key, column)...)
				got.add(scaled(t, r[column+"_count"], 6), append(key, column, "count")...)
			}
		}
		got.add(scaled(t, r["amount_missing_count"], 0), append(key, "amount missing")...)
		got.add(scaled(t, r["after_as_of_count"], 0), append(key, "after as-of")...)
	}
	for _, r := range expected.Reconciliation {
		key := []any{r.ConversionType, r.OpportunityType, r.Model}
		for prefix, part := range map[string]oracle.Reconciled{"": r.Reconciled, "period_": r.Period} {
			want.add(part.Total.Minor, append(key, prefix+"total")...)
			want.add(part.Total.Millionths, append(key, prefix+"total", "count")...)
			want.add(part.Attributed.Minor, append(key, prefix+"attributed")...)
			want.add(part.Attributed.Millionths, append(key, prefix+"attributed", "count")...)
			for reason, amounts := range part.Reasons {
				for _, column := range []string{reason, "unattributed"} {
					want.add(amounts.Minor, append(key, prefix+column)...)
					want.add(amounts.Millionths, append(key, prefix+column, "count")...)
				}
			}
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

// compareCoverage compares the conversions, amounts and touches of every member, over the whole run
// and for the reporting period. A share that is NULL differs from 0.
func compareCoverage(t *testing.T, directory string, scale int, expected oracle.Result) {
	t.Helper()
	got, want := figures{}, figures{}
	there := big.NewInt(1)
	for _, r := range ReadReport(t, filepath.Join(directory, "reports", "coverage.csv")) {
		key := []any{r["conversion_type"], r["opportunity_type"], r["dimension"], r["member"]}
		got.add(there, append(key, "row")...)
		for _, prefix := range []string{"", "period_"} {
			got.add(scaled(t, r[prefix+"conversions"], 0), append(key, prefix+"conversions")...)
			got.add(scaled(t, r[prefix+"amount"], scale), append(key, prefix+"amount")...)
			got.add(scaled(t, r[prefix+"touches"], 0), append(key, prefix+"touches")...)
			for _, share := range []string{prefix + "conversion_share", prefix + "amount_share"} {
				if r[share] != "" {
					got.add(there, append(key, share, "is there")...)
					got.add(scaled(t, r[share], 6), append(key, share)...)
				}
			}
		}
	}
	for _, r := range expected.Coverage {
		key := []any{r.ConversionType, r.OpportunityType, r.Dimension, r.Member}
		want.add(there, append(key, "row")...)
		for prefix, part := range map[string]oracle.Covered{"": r.Covered, "period_": r.Period} {
			want.add(big.NewInt(int64(part.Conversions)), append(key, prefix+"conversions")...)
			want.add(part.Amount, append(key, prefix+"amount")...)
			want.add(big.NewInt(int64(part.Touches)), append(key, prefix+"touches")...)
			for share, value := range map[string]*big.Int{"conversion_share": part.ConversionShare, "amount_share": part.AmountShare} {
				if value != nil {
					want.add(there, append(key, prefix+share, "is there")...)
					want.add(value, append(key, prefix+share)...)
				}
			}
		}
	}
	if d := got.diff(want); d != "" {
		t.Errorf("coverage:\n%s", d)
	}
}

// comparePerformance compares the reports of credit and cost by channel, by campaign and channel,
// and by month and channel. The rows of a campaign by channel stand beside its row (all), and have
// no ratios.
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
		"campaign_performance": {"campaign_id", "channel"},
		"monthly_performance":  {"month", "channel"},
	} {
		got, want := figures{}, figures{}
		for _, r := range ReadReport(t, filepath.Join(directory, "reports", name+".csv")) {
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
			if name == "campaign_performance" && r["channel"] != oracle.AllChannels {
				wantNoRatios(t, r)
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
				add(r.Measures, r.Basis, r.OpportunityType, r.Model, r.Campaign, r.Channel)
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

// wantNoRatios wants a row of a campaign by channel to leave ratios, spread and ranks to the row of
// the whole campaign.
func wantNoRatios(t *testing.T, r Row) {
	t.Helper()
	for column, cell := range r {
		isRatio := strings.HasPrefix(column, "cost_per_") ||
			slices.Contains([]string{"roas", "roi", "mql_to_sql", "ratio_reason", "spread", "best_rank", "worst_rank"}, column)
		if isRatio && cell != "" {
			t.Errorf("campaign_performance: campaign %q in channel %q has %s %s", r["campaign_id"], r["channel"], column, cell)
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

// compareSourced regroups the oracle's claims by the reporting period: its own report covers the
// whole run.
func compareSourced(t *testing.T, directory string, scale int, w oracle.World, expected oracle.Result) {
	t.Helper()
	got, want := figures{}, figures{}
	for _, r := range ReadReport(t, filepath.Join(directory, "reports", "sourced_influenced.csv")) {
		if r["source_group"] != config.MarketingGroup {
			continue
		}
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

// compareValueAfterWin compares what customers brought after their first win.
func compareValueAfterWin(t *testing.T, directory string, scale int, expected oracle.Result) {
	t.Helper()
	got, want := figures{}, figures{}
	for _, r := range ReadReport(t, filepath.Join(directory, "reports", "value_after_win.csv")) {
		key := []any{r["model"], r["months"], undefused(r["channel"])}
		got.add(scaled(t, r["customers"], 6), append(key, "customers")...)
		for _, measure := range []string{"first_win", "expansion", "renewal", "churn"} {
			got.add(scaled(t, r[measure], scale), append(key, measure)...)
		}
	}
	for _, r := range expected.ValueAfterWin {
		want.add(r.Amount, r.Model, r.Months, r.Channel, r.Measure)
	}
	if d := got.diff(want); d != "" {
		t.Errorf("value_after_win:\n%s", d)
	}
}

// compareCredits compares every credit row: conversion, touch and match method or reason, channel,
// campaign, model.
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
			r := Row{}
			for i, c := range cells {
				r[header[i]] = c.Text
			}
			key := []any{r["conversion_type"], r["opportunity_id"], r["person_id"], r["touch_id"], r["match_method"], r["unattributed_reason"], r["channel"], r["campaign_id"]}
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
		key := []any{c.ConversionType, c.OpportunityID, c.PersonID, c.TouchID, c.MatchMethod, c.Reason, c.Channel, c.Campaign}
		for _, model := range expected.Models {
			want.add(c.Minor[model], append(key, model, "minor")...)
			want.add(c.Millionths[model], append(key, model, "millionths")...)
		}
	}
	if d := got.diff(want); d != "" {
		t.Errorf("credits:\n%s", d)
	}
}
