package main

import (
	"bytes"
	"maps"
	"math/big"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/acceptance"
	"github.com/tributary-engine/tributary/internal/compare"
	"github.com/tributary-engine/tributary/reports"
)

// publishedCompany runs the program on a generated company and returns the directory of the run.
func publishedCompany(t *testing.T, seed string, flags ...string) string {
	t.Helper()
	company, out := filepath.Join(t.TempDir(), "company"), filepath.Join(t.TempDir(), "out")
	for _, args := range [][]string{
		{"generate", company, "--accounts", "40", "--touches", "1500", "--seed", seed},
		append([]string{"run", "--config", filepath.Join(company, "tributary.yaml"), "--out", out, "--quiet"}, flags...),
	} {
		var stdout, stderr bytes.Buffer
		if code := Main(args, &stdout, &stderr); code != 0 {
			t.Fatalf("%v: exit code %d\n%s", args, code, &stderr)
		}
	}
	return filepath.Join(out, "current")
}

// Without --period, every figure of a comparison is that of the published report, under every model
// and on both bases: as text, so to the last digit. So are ranks and spread of campaigns by revenue,
// and the figures of the company.
func TestComparisonsAreThePublishedReports(t *testing.T) {
	acceptance.Nightly(t, "many queries")
	all := []string{
		"revenue", "pipeline", "open_pipeline", "leads", "mqls", "sqls", "opportunities", "won", "cost",
		"cost_per_lead", "cost_per_mql", "cost_per_sql", "cost_per_opportunity", "cost_per_won", "roas", "roi", "mql_to_sql",
	}
	some := []string{"revenue", "open_pipeline", "leads", "cost_per_mql", "roi"}
	for _, c := range []struct {
		name, seed     string
		dimension, key string
		measures       []string
		flags          []string
	}{
		{"everything", "1", "campaign", "campaign_id", all, nil},
		{"a reporting period", "2", "channel", "channel", some, []string{"--from", "2024-08-10", "--to", "2026-06-20"}},
		{"no credit rows", "2", "campaign", "campaign_id", some, []string{"--credits", "none", "--tables", "none"}},
	} {
		directory := publishedCompany(t, c.seed, c.flags...)
		report := acceptance.ReadReport(t, filepath.Join(directory, "reports", c.dimension+"_performance.csv"))
		for _, basis := range []string{"period", "cohort"} {
			for _, measure := range c.measures {
				result, err := compare.Of(t.Context(), directory, compare.Question{Subject: c.dimension, Measure: measure, Basis: basis, OpportunityType: "new_business", Top: 5})
				if err != nil {
					t.Fatalf("%s: %s by %s: %v", c.name, measure, c.dimension, err)
				}
				wantReport(t, c.name+", basis "+basis, result, c.key, report)
			}
		}
	}
}

// So is every dimension of dimension_performance, and cost where it is known.
func TestComparisonsByDimensionAreThePublishedReport(t *testing.T) {
	acceptance.Nightly(t, "many queries")
	if reports.Find("dimension_performance") == nil {
		t.Skip("there is no report by dimension")
	}
	directory := publishedCompany(t, "1")
	byDimension := map[string][]acceptance.Row{}
	for _, r := range acceptance.ReadReport(t, filepath.Join(directory, "reports", "dimension_performance.csv")) {
		byDimension[r["dimension"]] = append(byDimension[r["dimension"]], r)
	}
	for _, dimension := range slices.Sorted(maps.Keys(byDimension)) {
		measures := []string{"revenue"}
		if strings.HasPrefix(dimension, "campaign_level_") {
			measures = append(measures, "roi")
		}
		for _, measure := range measures {
			result, err := compare.Of(t.Context(), directory, compare.Question{Subject: dimension, Measure: measure, Basis: "period", OpportunityType: "new_business", Top: 5})
			if err != nil {
				t.Fatalf("%s by %s: %v", measure, dimension, err)
			}
			wantReport(t, "by dimension", result, "value", byDimension[dimension])
		}
	}
}

func wantReport(t *testing.T, name string, result compare.Result, key string, report []acceptance.Row) {
	t.Helper()
	found, rows := map[[2]string]compare.Figure{}, map[string]compare.Row{}
	for _, row := range append(result.Rows, result.Total) {
		rows[row.Value] = row
		for _, f := range row.Figures {
			found[[2]string{row.Value, f.Model}] = f
		}
	}
	seen, sum := 0, map[string]*big.Rat{}
	for _, r := range report {
		if r["basis"] != result.Basis || r["opportunity_type"] != result.OpportunityType || key == "campaign_id" && r["channel"] != "(all)" {
			continue
		}
		model, want := r["model"], r[result.Measure]
		if all := r[result.Measure+"_all"]; all != found[[2]string{"(all)", model}].Figure.Text() && all != "" {
			t.Errorf("%s: %s of the company under %s: %s, the report has %s", name, result.Measure, model, found[[2]string{"(all)", model}].Figure.Text(), all)
		}
		if sum[model] == nil {
			sum[model] = new(big.Rat)
		}
		if number, isNumber := new(big.Rat).SetString(want); isNumber {
			sum[model].Add(sum[model], number)
		}
		f, isThere := found[[2]string{r[key], model}]
		if isThere {
			seen++
		}
		if got := f.Figure.Text(); got != want && (isThere || want != "" && !isZero(want)) {
			t.Errorf("%s: %s of %s under %s: %q, the report has %q", name, result.Measure, r[key], model, got, want)
		}
		if row := rows[r[key]]; isThere && result.Measure == "revenue" && key == "campaign_id" && row.IsRanked {
			if row.Spread.Text() != r["spread"] || rankText(row.BestRank) != r["best_rank"] || rankText(row.WorstRank) != r["worst_rank"] {
				t.Errorf("%s: %s: spread %s, places %d to %d; the report has %s, %s to %s", name, r[key], row.Spread.Text(), row.BestRank, row.WorstRank, r["spread"], r["best_rank"], r["worst_rank"])
			}
		}
	}
	if want := len(result.Rows) * len(result.Models); seen != want || seen == 0 {
		t.Errorf("%s: %s by %s has %d figures, the report %d of them", name, result.Measure, result.Dimension, want, seen)
	}
	if result.IsRatio {
		return
	}
	for _, f := range result.Total.Figures {
		if got, _ := new(big.Rat).SetString(f.Figure.Text()); got.Cmp(sum[f.Model]) != 0 {
			t.Errorf("%s: the total of %s under %s is %s, the rows of the report add up to %s", name, result.Measure, f.Model, f.Figure.Text(), sum[f.Model].FloatString(6))
		}
	}
}

// isZero reports whether a decimal is 0.
func isZero(text string) bool {
	number, isNumber := new(big.Rat).SetString(text)
	return isNumber && number.Sign() == 0
}
