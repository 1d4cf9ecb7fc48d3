// Package reports writes the reports of a run: one SQL file per report, whose header has the grain,
// the purpose and every column. To add a report, write its file in sql/ and add its name to All.
package reports

import (
	"context"
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/internal/engine"
)

//go:embed sql/*.sql sql/shared/*.sql sql/performance/*.sql sql/tables/*.sql sql/check/*.sql
var files embed.FS

// A Report is one table of a published run.
type Report struct {
	Name    string // of its SQL file, and of the files to which it is written
	Doc     string // one line, for `tributary report`
	Purpose string
	Grain   []string // the columns of its key: no two rows are equal in all of them, NULL being a value
	Columns []Column
	View    View

	query string
}

// A Column of a report. In the name of a column that depends on the configuration, <stage> stands
// for a stage of the funnel.
type Column struct {
	Name, Unit, Description string
}

// All returns the reports, in the order in which they are listed.
func All() []Report { return slices.Clone(all()) }

// all reads the headers of the reports once.
var all = sync.OnceValue(func() []Report {
	return []Report{
		report("reconciliation", "credit against the opportunities themselves: total, attributed, unattributed by reason, difference"),
		report("channel_performance", "cost, credit and ROI by channel and model, on the basis period and cohort"),
		report("campaign_performance", "the same by campaign, with the spread and the ranks over the models"),
		report("dimension_performance", "the same by campaign tree, fields of campaign names, asset, source, persona, segment, account, owner and more"),
		report("monthly_performance", "the same as channel_performance by month"),
		report("period_performance", "the same by week, month, quarter, year, fiscal quarter and fiscal year"),
		report("cost_claims", "cost, impressions and clicks, and what ad platforms claim beside what is credited"),
		report("budgets", "planned against actual: the budget of each campaign against its cost to date"),
		report("customer_acquisition", "CAC and payback: all cost against the accounts won for the first time"),
		report("cost_coverage", "cost without touchpoints, touchpoints without cost, campaigns without dates"),
		report("funnel", "from lead to won: volume, conversion, velocity and value by cohort month and channel"),
		report("funnel_dimensions", "the same as funnel by segment, persona and campaign, of all periods and by quarter"),
		report("funnel_trend", "whether each step of the funnel is getting better, against the period before"),
		report("funnel_stock", "how many are in each stage at the start and end of each period, and who came and went"),
		report("funnel_velocity", "how long units stay in each stage, with those that are still in it"),
		report("handoff", "what became of the people that marketing delivered to sales, and how fast"),
		report("handoff_reasons", "why deliveries were rejected, recycled or left, by campaign and owner"),
		report("rep_follow_up", "what each owner made of the deliveries, against the rest of the team"),
		report("jurisdiction", "in which stage people and open opportunities are now, and which department owns it"),
		report("sourced_influenced", "full amounts that marketing and the other source groups sourced, under three definitions, and influenced"),
		report("crm_attribution", "what the CRM itself credits beside ours, by opportunity and campaign, and why they differ"),
		report("crm_attribution_campaigns", "the same by campaign, with the difference by reason"),
		report("self_reported", "what people say brought them, beside what is credited"),
		report("fit_interest", "the matrix of fit and interest: leads, conversion to MQL, SQL and won, and revenue"),
		report("bant", "budget, authority, need, timeframe: what was known of closed opportunities, and the win rate by it"),
		report("lead_quality", "ratings by sales, and people sent back, by campaign and credit"),
		report("asset_performance", "which content was touched by whom, at which stage, with credit and influence"),
		report("persona_performance", "the matrix of persona and stage: who was reached, with what, and what is missing"),
		report("win_loss", "won and lost by competitor, reason and segment, with the win rate and the touchpoints before"),
		report("win_loss_touches", "win rate with and without a touchpoint of a channel or campaign before the close"),
		report("sales_cycle", "days to close from creation, first touchpoint and lead, with open opportunities censored"),
		report("paths", "the sequences of channels with the most conversions, full amounts, and the opportunities lost on them"),
		report("path_lengths", "how many touchpoints, channels and persons the journeys of conversions have, won and lost"),
		report("time_lag", "days from the first and last touchpoint to the conversion, and from each touchpoint to the next"),
		report("lookback_coverage", "the share of first touchpoints that a look-back reaches, and the days for 90, 95 and 99 %"),
		report("value_after_win", "what customers brought after their first win, by the channel that acquired them"),
		report("targets", "targets of marketing and sales against what happened: share, expected by now, needed per remaining week"),
		report("plan_rates", "what a plan is made from: conversion from lead to each stage, cost per lead and average deal, by channel"),
		report("capacity_weeks", "the leads that each week will hand over to sales against the capacity of sales, by campaign"),
		report("weekly", "the page for the weekly meeting: last week against the one before, the mean and the target"),
		report("channel_mapping", "where channels come from: source, medium, spelling, the rule that decided, revenue"),
		report("coverage", "how many conversions have a journey, how it was found, and why the others have none"),
		report("buying_group_sensitivity", "revenue by channel under each way to make a buying group"),
		report("identity_conflicts", "where the input contradicts itself about who somebody is, and what was decided"),
		report("touch_lag", "how long after they happened touchpoints were recorded, of those that were corrected"),
		report("findings", "what looks wrong or changed: severity, the number that fired it, money, what to do"),
		report("data_quality", "what was looked at in the data, and what was found: rows, severity, example keys"),
	}
})

// Find returns the report of that name, or nil.
func Find(name string) *Report {
	list := All()
	if i := slices.IndexFunc(list, func(r Report) bool { return r.Name == name }); i >= 0 {
		return &list[i]
	}
	return nil
}

// report reads the header of a report's file. The file is part of the program, so a header that
// cannot be read is a defect.
func report(name, doc string) Report {
	r := Report{Name: name, Doc: doc, query: text(name)}
	if err := r.readHeader(); err != nil {
		panic(fmt.Sprintf("reports/sql/%s.sql: %v", name, err))
	}
	return r
}

// readHeader reads the comment at the head of the file: "-- grain: COLUMN, COLUMN", the purpose in
// sentences, the lines of the view (View), "-- columns:" and one entry per column,
// "--   NAME | UNIT | DESCRIPTION", whose further lines are indented deeper. "--   <NAME>" stands for
// the columns of sql/performance/NAME.sql.
func (r *Report) readHeader() error {
	head, rest, _ := strings.Cut(r.query, "\n-- columns:\n")
	grain, purpose, _ := strings.Cut(head, "\n")
	grain, found := strings.CutPrefix(grain, "-- grain: ")
	if !found {
		return fmt.Errorf("the first line is not -- grain: COLUMN, COLUMN")
	}
	r.Grain = strings.Split(grain, ", ")
	purpose, err := r.readView(purpose)
	if err != nil {
		return err
	}
	r.Purpose = strings.ReplaceAll(strings.TrimPrefix(purpose, "-- "), "\n-- ", " ")
	if r.Columns, err = columnsOf(rest); err != nil {
		return err
	}
	for _, key := range r.Grain {
		if _, isColumn := r.Column(key); !isColumn {
			return fmt.Errorf("%s is in the grain, and is not a column", key)
		}
	}
	return r.checkView()
}

// columnsOf reads the entries of a header.
func columnsOf(header string) ([]Column, error) {
	var columns []Column
	for line := range strings.Lines(header) {
		line, isComment := strings.CutPrefix(strings.TrimRight(line, "\n"), "--   ")
		switch cells := strings.SplitN(line, " | ", 3); {
		case !isComment:
			return columns, nil
		case strings.HasPrefix(line, "  ") && len(columns) > 0:
			columns[len(columns)-1].Description += " " + strings.TrimSpace(line)
		case sharedColumns.MatchString(line):
			_, shared, _ := strings.Cut(text("performance/"+strings.Trim(line, "<>")), "\n-- columns:\n")
			more, err := columnsOf(shared)
			if err != nil {
				return nil, err
			}
			columns = append(columns, more...)
		case len(cells) == 3:
			columns = append(columns, Column{cells[0], cells[1], cells[2]})
		default:
			return nil, fmt.Errorf("%q is not NAME | UNIT | DESCRIPTION", line)
		}
	}
	return columns, nil
}

var sharedColumns = regexp.MustCompile(`^<[a-z_]+>$`)

var stageInName = regexp.MustCompile(`<stage>`)

// Column returns the description of a column of the report as it is written in a run.
func (r Report) Column(name string) (Column, bool) {
	for _, c := range r.Columns {
		if c.Name == name || stageInName.MatchString(c.Name) && pattern(c.Name).MatchString(name) {
			return Column{name, c.Unit, c.Description}, true
		}
	}
	return Column{}, false
}

func pattern(name string) *regexp.Regexp {
	return regexp.MustCompile("^" + stageInName.ReplaceAllString(name, "[a-z0-9_]+") + "$")
}

// table is the engine's table of the report: its rows, in its order.
func (r Report) table() string { return engine.Name("report_" + r.Name) }

// make makes the report's table, and fails the run if two of its rows have the same key.
func (r Report) make(ctx context.Context, eng *engine.Engine) (attribution.Check, error) {
	if err := eng.Exec(ctx, "CREATE TABLE "+r.table()+" AS\n"+r.query); err != nil {
		return attribution.Check{}, fmt.Errorf("report %s: %w", r.Name, err)
	}
	return r.checkGrain(ctx, eng)
}

// readsReports reports whether the query reads other reports.
func (r Report) readsReports() bool {
	return slices.ContainsFunc(engine.ReadsOf(r.query), func(read string) bool {
		return slices.ContainsFunc(All(), func(other Report) bool { return read == "report_"+other.Name })
	})
}

// checkGrain fails the run if two rows of the report have the same key.
func (r Report) checkGrain(ctx context.Context, eng *engine.Engine) (attribution.Check, error) {
	var keys []string
	for _, key := range r.Grain {
		keys = append(keys, engine.Name(key))
	}
	list := strings.Join(keys, ", ")
	c := attribution.Check{Name: r.Name + "_has_one_row_per_key", Doc: "No two rows of the report " + r.Name + " have the same " + strings.Join(r.Grain, ", ") + "."}
	return c, c.Run(ctx, eng, "SELECT "+list+" FROM "+r.table()+" GROUP BY "+list+" HAVING COUNT(*) > 1")
}

// text is the SQL of sql/<file>.sql.
func text(file string) string { return engine.File(files, "sql/"+file+".sql") }
