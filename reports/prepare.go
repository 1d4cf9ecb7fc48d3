package reports

import (
	"context"
	"fmt"

	"github.com/tributary-engine/tributary/internal/engine"
)

// performance are the relations of sql/performance, in the order in which they are made: amounts,
// one row a measure, are added up and pivoted once, for every performance report.
var performance = []string{"performance_measures", "tracked_measures", "performance_slices", "performance_amounts", "performance_weeks", "month_periods",
	"performance_totals", "performance_sums", "performance_further", "performance", "touch_performance", "claim_sums",
	"dimension_amounts", "dimension_sums", "dimension_values", "dimension_totals"}

// shared are the relations of sql/shared that are made for several reports, in the order in which
// they are made.
var shared = []string{"tracked_stages", "funnel_steps"}

// prepare makes the small tables that reports share, and performance.
func prepare(ctx context.Context, eng *engine.Engine, o Options) error {
	if err := defineFunctions(ctx, eng, o.MinorScale); err != nil {
		return err
	}
	if err := eng.Exec(ctx, text("shared/report_period"), o.PeriodStart, o.PeriodEnd); err != nil {
		return fmt.Errorf("preparing reports: %w", err)
	}
	for _, name := range shared {
		if err := eng.Exec(ctx, text("shared/"+name)); err != nil {
			return fmt.Errorf("preparing reports: %s: %w", name, err)
		}
	}
	for _, name := range performance {
		if err := makePerformance(ctx, eng, name); err != nil {
			return fmt.Errorf("adding up performance: %s: %w", name, err)
		}
	}
	return nil
}

// makePerformance makes a relation of performance. The measures decide into which columns the
// others are pivoted.
func makePerformance(ctx context.Context, eng *engine.Engine, name string) error {
	if err := eng.Exec(ctx, text("performance/"+name)); err != nil || name != "performance_measures" {
		return err
	}
	return eng.Exec(ctx, text("shared/performance_types"))
}

// defineFunctions makes the macros of reports. The type of money depends on the decimals of the
// currency: money(minor) is minor units as a decimal, exactly.
func defineFunctions(ctx context.Context, eng *engine.Engine, minorScale int) error {
	unit := ""
	if minorScale > 0 {
		unit = fmt.Sprintf(" * CAST(0.%0*d AS DECIMAL(%d, %d))", minorScale, 1, minorScale, minorScale)
	}
	money := fmt.Sprintf("CREATE OR REPLACE MACRO money(minor) AS CAST(minor AS DECIMAL(%d, 0))%s;\n", 38-minorScale, unit)
	if err := eng.Exec(ctx, money+text("shared/functions")); err != nil {
		return fmt.Errorf("defining SQL functions of reports: %w", err)
	}
	return nil
}
