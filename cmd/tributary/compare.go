package main

import (
	"context"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/compare"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

// A comparison is what `compare` asks for.
type comparison struct {
	out, run        string
	subject         string // a report or a dimension
	measure         string
	basis           string
	opportunityType string
	period          string // empty: the reporting period of the run
	against         string // empty: the models with each other
	opportunity     string // only this one, against other figures
	format          string
	models          []string
	top, limit      int
	wide, csvRaw    bool
}

// comparisonsAgainst are what --against names, beside the models themselves: what compares the
// credit of a published run with it, and prints the result.
var comparisonsAgainst = map[string]func(ctx context.Context, asked comparison, directory string, out io.Writer) error{
	"crm": compareWithCRM,
}

func compareCommand() *cobra.Command {
	asked := comparison{}
	var asJSON bool
	c := &cobra.Command{
		Use:   "compare [REPORT or DIMENSION]",
		Short: "Every model side by side: what is best under all of them, and what depends on the model",
		Long: `Compares the models of a published run: what each of them credits to every channel, campaign or value of another dimension. It first
says what the choice of the model decides: what is among the best under every model, and what changes place with the model, with the
two models that disagree the most. Then comes a table of every row.

DIMENSION is channel, campaign (by default), asset, source, medium, persona, segment, industry, account, parent_account, owner, a level
of the tree of campaigns (campaign_level_1) or a field of campaign names (field_region). A REPORT such as campaign_performance stands
for its dimension. --measure is a measure of the performance reports: revenue, pipeline, open_pipeline, leads, mqls, sqls,
opportunities, won, cost, cost_per_lead and so on, roas, roi, roi_on_margin (with economics.margin) or mql_to_sql. Cost is known by
channel and campaign only.

A ratio has n beside it, the number of credited conversions on which it stands, and a star if n is below 30.

--period is last-quarter, this-year and so on, relative to the as-of of the run; a label such as 2025, 2025-Q3, 2025-03, 2025-W14,
FY2025 or FY2025-Q3; or two days. The figures are then also compared with the period before and with the same period a year ago. Of a
period that has not ended, as many days of the earlier periods are compared. A change is called better or worse only where both
figures are final.

A table shows the primary model, the lowest and the highest figure; --wide, CSV and JSON have all models.

--against crm compares the credit of the primary model with what the CRM itself says: the exported influence (table crm_influence), the
primary campaign and the lead source. It prints the sums by campaign, the reasons for the differences, and the opportunities that
differ most. --opportunity prints one of them in full. --measure is revenue (won opportunities) or pipeline (all of them).`,
		Example: `  tributary compare campaign_performance --measure revenue --out results
  tributary compare channel --measure roi --period last-quarter --out results
  tributary compare segment --measure pipeline --basis cohort --out results
  tributary compare campaign --top 3 --models first_touch,last_touch,w_shaped --out results
  tributary compare channel --measure cost_per_lead --period 2025-01-01..2025-06-30 --out results --json
  tributary compare --against crm --measure pipeline --out results
  tributary compare --against crm --opportunity 0061t00000ABCDE --out results`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, given []string) error {
			asked.subject = "campaign"
			if len(given) > 0 {
				asked.subject = given[0]
			}
			if asJSON {
				asked.format = "json"
			}
			if err := asked.check(); err != nil {
				return err
			}
			directory, err := runDirectory(asked.out, []string{asked.run})
			if err != nil {
				return err
			}
			if asked.against != "" {
				other, isKnown := comparisonsAgainst[asked.against]
				if !isKnown {
					return failure.Errorf(failure.Usage, "--against: %q cannot be compared with\nhint: --against crm compares with the CRM's own attribution", asked.against)
				}
				return other(c.Context(), asked, directory, c.OutOrStdout())
			}
			return asked.print(c.Context(), directory, c.OutOrStdout())
		},
	}
	f := c.Flags()
	f.StringVar(&asked.out, "out", "", "`DIR` in which runs are published")
	f.StringVar(&asked.run, "run", "", "`RUN` to compare in; by default the current one")
	f.StringVar(&asked.measure, "measure", "revenue", "`MEASURE` to compare")
	f.StringVar(&asked.basis, "basis", "period", "`BASIS`: period or cohort")
	f.StringVar(&asked.opportunityType, "opportunity-type", "new_business", "`TYPE` of opportunities")
	f.StringVar(&asked.period, "period", "", "`PERIOD`, such as last-quarter, 2025-Q3 or 2025-01-01..2025-03-31; by default the reporting period of the run")
	f.StringVar(&asked.against, "against", "", "compare the credit of the primary model with `OTHER` figures: crm")
	f.StringVar(&asked.opportunity, "opportunity", "", "with --against: only the opportunity with this `ID`, in full")
	f.StringSliceVar(&asked.models, "models", nil, "only these models, by `NAME`")
	f.IntVar(&asked.top, "top", 5, "how many `N` are the best")
	f.IntVar(&asked.limit, "limit", 20, "at most `N` rows of a table; 0: all")
	f.BoolVar(&asked.wide, "wide", false, "print a column for every model, however wide the table becomes")
	f.StringVar(&asked.format, "format", "table", "`FORM`: table, csv or json")
	f.BoolVar(&asJSON, "json", false, "print as JSON")
	f.BoolVar(&asked.csvRaw, "csv-raw", false, "write text cells that begin like a formula as they are (CSV)")
	return c
}

// check refuses forms and limits that there are not.
func (a comparison) check() error {
	forms := []string{"table", "csv", "json"}
	switch {
	case !slices.Contains(forms, a.format):
		return failure.Errorf(failure.Usage, "--format: %q is not table, csv or json%s", a.format, words.DidYouMean(a.format, forms))
	case a.opportunity != "" && a.against == "":
		return failure.Errorf(failure.Usage, "--opportunity: models are compared over all opportunities\nhint: `--against crm` compares one; `tributary explain` prints its journey and credit")
	case a.limit < 0:
		return failure.Errorf(failure.Usage, "--limit: %d is not a number of rows (0 shows all)", a.limit)
	}
	return nil
}

// print answers and writes the answer in the form that was asked for.
func (a comparison) print(ctx context.Context, directory string, out io.Writer) error {
	result, err := compare.Of(ctx, directory, compare.Question{
		Subject: a.subject, Measure: a.measure, Basis: a.basis, OpportunityType: a.opportunityType, Period: a.period, Models: a.models, Top: a.top,
	})
	if err != nil {
		return err
	}
	switch a.format {
	case "json":
		return printJSON(out, result)
	case "csv":
		return writeComparisonCSV(result, out, a.csvRaw)
	}
	return newComparisonPage(result, pageWidth(out), a.limit, a.wide).print(out)
}
