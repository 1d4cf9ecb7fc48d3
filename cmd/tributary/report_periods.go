package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/attribution/alignment"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/reports"
)

// byPeriod is the report that has, by period, what these reports have.
const byPeriod = "period_performance"

var inPeriods = []string{"channel_performance", "monthly_performance"}

// reportBy is the name of the report that --by asks for.
func (v reportView) reportBy(r reports.Report) (string, error) {
	if v.by == "" {
		return r.Name, nil
	}
	if !slices.Contains(alignment.PeriodTypes, v.by) {
		return "", failure.Errorf(failure.Usage, "--by: %q is not a type of period%s\nhint: the types are %s", v.by, words.DidYouMean(v.by, alignment.PeriodTypes), strings.Join(alignment.PeriodTypes, ", "))
	}
	if _, twice := v.where["period_type"]; twice {
		return "", failure.Errorf(failure.Usage, "use either --by or --where period_type=..., not both")
	}
	if slices.Contains(inPeriods, r.Name) {
		return byPeriod, nil
	}
	if _, isByPeriod := r.Column("period_type"); isByPeriod {
		return r.Name, nil
	}
	known := slices.Clone(inPeriods)
	for _, other := range reports.All() {
		if _, isByPeriod := other.Column("period_type"); isByPeriod {
			known = append(known, other.Name)
		}
	}
	return "", failure.Errorf(failure.Usage, "--by: the report %s has no rows by period\nhint: these have: %s", r.Name, strings.Join(known, ", "))
}

// choosePeriods restricts the rows to the periods of --by. A table without it shows the whole
// reporting period: rows of several types of periods side by side read like a sum. It returns what
// to say below the table.
func (v reportView) choosePeriods(ctx context.Context, eng *engine.Engine) (note string, err error) {
	_, isChosen := v.where["period_type"]
	if isChosen || v.by == "" && v.format != "table" {
		return "", nil
	}
	columns, err := eng.Texts(ctx, "SELECT column_name FROM duckdb_columns() WHERE table_name = 'report'")
	if err != nil || !slices.Contains(columns, "period_type") {
		return "", err
	}
	types, err := eng.Texts(ctx, "SELECT DISTINCT period_type FROM report")
	if err != nil || len(types) == 0 {
		return "", err
	}
	switch {
	case v.by == "" && !slices.Contains(types, "all"):
		return "", nil
	case v.by == "":
		v.where["period_type"] = "all"
		return "Rows of the whole reporting period; --by month, for example, shows months, and --format csv every row.", nil
	case !slices.Contains(types, v.by):
		hint := "hint: the types of this report are " + strings.Join(inOrder(types), ", ")
		if v.by == "week" {
			hint = "hint: set reporting.weeks: true, and run again"
		}
		return "", failure.Errorf(failure.Usage, "--by: the run has no rows by %s\n%s", v.by, hint)
	}
	v.where["period_type"] = v.by
	return "", nil
}

// inOrder puts types of periods into their order.
func inOrder(types []string) []string {
	return slices.DeleteFunc(slices.Clone(alignment.PeriodTypes), func(kind string) bool { return !slices.Contains(types, kind) })
}

// withNote prints a line below a table that was printed.
func (v reportView) withNote(printed error, note string, out io.Writer) error {
	if printed != nil || note == "" {
		return printed
	}
	_, err := fmt.Fprintln(out, note)
	return writing(err)
}
