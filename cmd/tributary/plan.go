package main

import (
	"context"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/plan"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/reports"
)

func planCommand() *cobra.Command {
	var goal, deal, rate, by, out, run string
	var weeks int
	var asJSON bool
	c := &cobra.Command{
		Use:   "plan --goal AMOUNT",
		Short: "Work backwards from a goal to customers, leads, cost and weeks",
		Long: `Works backwards from a goal of new business, in the reporting currency: how many customers it needs at the average deal, how many
leads at the lead-to-customer rate, how many units at each stage between, what the leads cost, and how they split over the channels.
It compares them with the leads that planned campaigns are expected to bring, and the leads that each week hands over to sales with
the capacity of sales.

The average deal and the rates come from the current run of --out, unless --average-deal and --lead-to-customer give them. With both
flags no run is needed. Without an average deal, a rate or leads that are old enough, it says why there is no plan. --by names the
last day of the goal's period: then it tells the last week in which a lead must come.`,
		Example: `  tributary plan --goal 10000 --average-deal 1000 --lead-to-customer 0.02
  tributary plan --goal 500000 --out results
  tributary plan --goal 500000 --by 2026-12-31 --out results --json`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			q, err := questionOf(goal, deal, rate, by)
			if err != nil {
				return err
			}
			if weeks < 0 {
				return failure.Errorf(failure.Usage, "--weeks: %d is not a number of weeks", weeks)
			}
			needsRun := q.AverageDeal == nil || q.Rate == nil
			if !needsRun && !c.Flags().Changed("out") {
				out = "" // the environment and the configuration name it for commands that need a run
			}
			if out == "" && needsRun {
				return failure.Errorf(failure.Usage, "--out is missing: without a run there is no average deal and no lead-to-customer rate\n"+
					"hint: name the directory in which runs are published, or give both --average-deal and --lead-to-customer")
			}
			var known plannedRun
			if out != "" {
				directory, err := runDirectory(out, []string{run})
				if err != nil {
					return err
				}
				if known, err = readPlannedRun(c.Context(), directory); err != nil {
					return err
				}
			}
			p, err := plan.Of(q, known.basis)
			if err != nil {
				return failure.Errorf(failure.Usage, "--goal %s: %w", goal, err)
			}
			p.Run, p.Currency = known.run, known.currency
			if asJSON {
				return printJSON(c.OutOrStdout(), p)
			}
			return printPlan(p, known, weeks, c.OutOrStdout())
		},
	}
	f := c.Flags()
	f.StringVar(&goal, "goal", "", "`AMOUNT` of new business to win, in the reporting currency")
	f.StringVar(&deal, "average-deal", "", "`AMOUNT` of the average deal; by default the mean of the year before as-of")
	f.StringVar(&rate, "lead-to-customer", "", "`RATE` of leads that become customers, such as 0.02; by default that of the run")
	f.StringVar(&by, "by", "", "last `DAY` of the goal's period, such as 2026-12-31")
	f.StringVar(&out, "out", "", "`DIR` in which runs are published")
	f.StringVar(&run, "run", "", "`RUN` to plan from; by default the current one")
	f.IntVar(&weeks, "weeks", 13, "at most `N` weeks of the table of weeks; 0: all")
	f.BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

// questionOf reads the flags.
func questionOf(goal, deal, rate, by string) (q plan.Question, err error) {
	if goal == "" {
		return q, failure.Errorf(failure.Usage, "--goal is missing\nhint: name the amount of new business to win, such as --goal 500000")
	}
	if q.Goal, err = plan.Decimal(goal); err != nil {
		return q, failure.Errorf(failure.Usage, "--goal: %w", err)
	}
	if deal != "" {
		if q.AverageDeal, err = plan.Decimal(deal); err != nil {
			return q, failure.Errorf(failure.Usage, "--average-deal: %w", err)
		}
	}
	if rate != "" {
		if q.Rate, err = plan.Decimal(rate); err != nil {
			return q, failure.Errorf(failure.Usage, "--lead-to-customer: %w\nhint: write 2 %% as 0.02", err)
		}
		if q.Rate.Cmp(big.NewRat(1, 1)) > 0 {
			return q, failure.Errorf(failure.Usage, "--lead-to-customer: %s is above 1\nhint: write 2 %% as 0.02", rate)
		}
	}
	if by != "" {
		day, err := time.Parse(time.DateOnly, by)
		if err != nil {
			return q, failure.Errorf(failure.Usage, "--by: %q is not a day (YYYY-MM-DD)", by)
		}
		q.By = &day
	}
	return q, nil
}

// A plannedRun is what a published run knows that a plan can be made from.
type plannedRun struct {
	run, currency string
	decimals      int // of amounts
	basis         plan.Basis
}

// readPlannedRun reads the reports plan_rates and capacity_weeks of a run.
func readPlannedRun(ctx context.Context, directory string) (plannedRun, error) {
	known := plannedRun{run: filepath.Base(directory)}
	eng, err := engine.OpenReading(ctx, directory)
	if err != nil {
		return known, err
	}
	defer eng.Close()
	if err := eachReportRow(ctx, eng, directory, "plan_rates", known.addRate); err != nil {
		return known, err
	}
	return known, eachReportRow(ctx, eng, directory, "capacity_weeks", known.addWeek)
}

// eachReportRow hands on every row of a report of a run, by the names of its columns.
func eachReportRow(ctx context.Context, eng *engine.Engine, directory, name string, each func(row planRow) error) error {
	file := published.ReportFile(name)
	if _, err := os.Stat(filepath.Join(directory, file)); err != nil {
		return failure.Errorf(failure.IO, "report %s: %w\nhint: a run of an older version has no such report; run again", name, err)
	}
	row := planRow{}
	var header []string
	err := reports.Rows(ctx, eng, "SELECT * FROM "+published.Rows(directory, file),
		func(names []string) error {
			header = names
			return nil
		},
		func(cells []reports.Cell) error {
			for i, cell := range cells {
				row[header[i]] = cell
			}
			return each(row)
		})
	return published.Unreadable(ctx, "report "+name+": its file", err)
}

// A planRow is a row of a report, by column.
type planRow map[string]reports.Cell

func (r planRow) text(column string) string { return r[column].Text }

// number is the number of a column; nil where it is empty.
func (r planRow) number(column string) *big.Rat {
	if r[column].IsNull {
		return nil
	}
	value, _ := new(big.Rat).SetString(r[column].Text)
	return value
}

// count is the whole number of a column; 0 where it is empty.
func (r planRow) count(column string) int64 {
	n, _ := strconv.ParseInt(r[column].Text, 10, 64)
	return n
}

func (k *plannedRun) addRate(row planRow) error {
	b := &k.basis
	k.currency = row.text("currency")
	_, fraction, _ := strings.Cut(row.text("deal_amount"), ".")
	k.decimals = len(fraction)
	name := row.text("channel")
	at := &b.All
	switch {
	case name == "(all)":
		b.CohortStart, b.CohortEnd = row.text("cohort_start"), row.text("cohort_end")
	case len(b.Channels) > 0 && b.Channels[len(b.Channels)-1].Name == name:
		at = &b.Channels[len(b.Channels)-1]
	default:
		b.Channels = append(b.Channels, plan.Channel{})
		at = &b.Channels[len(b.Channels)-1]
	}
	at.Name, at.Leads, at.CohortMonths, at.Cost = name, row.count("leads"), row.count("cohort_months"), row.number("cost")
	at.Deals, at.NoAmount, at.DealAmount, at.AverageDeal = row.count("deals"), row.count("deals_without_amount"), row.number("deal_amount"), row.number("average_deal")
	at.Stages = append(at.Stages, plan.Stage{
		Name: row.text("stage"), Unit: row.text("unit"), Reached: row.count("reached"), Low: row.number("wilson_low"), High: row.number("wilson_high"),
		SmallSample: row.text("small_sample") == "true", HorizonDays: row.count("horizon_days"), Times: row.count("times"), MedianDays: row.number("median_days"),
		Reason: row.text("reason"),
	})
	return nil
}

func (k *plannedRun) addWeek(row planRow) error {
	start, err := time.Parse(time.DateOnly, row.text("week_start"))
	if err != nil {
		return err
	}
	b := &k.basis
	if row.text("campaign_id") == "(all)" {
		b.Weeks = append(b.Weeks, plan.Week{Start: start, End: start.AddDate(0, 0, 6), Leads: row.number("leads"), Deliveries: row.number("deliveries"),
			Capacity: row.number("capacity"), Overflow: row.number("overflow"), Room: row.number("room"), Status: row.text("status")})
		return nil
	}
	week := &b.Weeks[len(b.Weeks)-1]
	week.Campaigns = append(week.Campaigns, plan.CampaignWeek{ID: row.text("campaign_id"), Name: row.text("campaign_name"), Channel: row.text("channel"),
		Leads: row.number("leads"), Deliveries: row.number("deliveries")})
	return nil
}
