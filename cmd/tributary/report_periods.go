package main

import (
	"context"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/attribution/alignment"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/reports"
)

// byPeriod is the report that has, by period, what these reports have.
const byPeriod = "period_performance"

var inPeriods = []string{"channel_performance", "monthly_performance"}

// reportBy is the report that --by asks for.
func (v reportView) reportBy(r reports.Report) (reports.Report, error) {
	if v.by == "" {
		return r, nil
	}
	if !slices.Contains(alignment.PeriodTypes, v.by) {
		return r, failure.Errorf(failure.Usage, "--by: %q is not a type of period%s\nhint: the types are %s", v.by, words.DidYouMean(v.by, alignment.PeriodTypes), strings.Join(alignment.PeriodTypes, ", "))
	}
	if slices.ContainsFunc(v.where, func(c condition) bool { return c.column == "period_type" }) {
		return r, failure.Errorf(failure.Usage, "use either --by or --where period_type=..., not both")
	}
	if slices.Contains(inPeriods, r.Name) {
		return *reports.Find(byPeriod), nil
	}
	if _, isByPeriod := r.Column("period_type"); isByPeriod {
		return r, nil
	}
	known := slices.Clone(inPeriods)
	for _, other := range reports.All() {
		if _, isByPeriod := other.Column("period_type"); isByPeriod {
			known = append(known, other.Name)
		}
	}
	return r, failure.Errorf(failure.Usage, "--by: the report %s has no rows by period\nhint: these have: %s", r.Name, strings.Join(known, ", "))
}

// checkPeriods refuses a type of period of which the run has no row, unless it has none at all.
func (r *reportReader) checkPeriods(ctx context.Context) error {
	types, err := r.values(ctx, "period_type")
	if err != nil || len(types) == 0 || slices.Contains(types, r.by) {
		return err
	}
	hint := "hint: the types of this report are " + strings.Join(inOrder(types), ", ")
	if r.by == "week" {
		hint = "hint: set reporting.weeks: true, and run again"
	}
	return failure.Errorf(failure.Usage, "--by: the run has no rows by %s\n%s", r.by, hint)
}

// inOrder puts types of periods into their order.
func inOrder(types []string) []string {
	return slices.DeleteFunc(slices.Clone(alignment.PeriodTypes), func(kind string) bool { return !slices.Contains(types, kind) })
}
