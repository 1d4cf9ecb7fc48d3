package compare

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/reports"
)

// A figureRow is the figure of a value under a model in a window, as the engine computes it.
type figureRow struct {
	role, value, model string
	isTotal            bool
	figure             *big.Rat // nil: there is none
	n                  *big.Rat
	isSmall, hasAmount bool
	place              int // 0: none
	isProvisional      bool
}

// figures computes the figures.
func (r *reader) figures(ctx context.Context) ([]figureRow, error) {
	if err := reports.DefineFunctions(ctx, r.eng, r.scale); err != nil {
		return nil, err
	}
	if err := r.define(ctx); err != nil {
		return nil, err
	}
	missing := r.missing()
	switch {
	case len(missing) == 0:
		if err := r.addUp(ctx); err != nil {
			return nil, err
		}
		if err := r.checkTracked(ctx, "credit"); err != nil {
			return nil, err
		}
	case r.isReported():
		if err := r.addUpReport(ctx); err != nil {
			return nil, err
		}
		if err := r.checkTracked(ctx, "report"); err != nil {
			return nil, err
		}
	default:
		return nil, r.refuse(missing)
	}
	direction := "-1"
	if r.measure.lessIsMore {
		direction = "1"
	}
	statement := strings.NewReplacer("$figure", r.measure.figure, "$direction", direction).Replace(text("figures"))
	if err := r.eng.Exec(ctx, statement); err != nil {
		return nil, fmt.Errorf("computing %s: %w", r.measure.name, err)
	}
	if err := r.readNames(ctx); err != nil {
		return nil, err
	}
	return r.scan(ctx)
}

// define makes what the question asks: asked (one row: basis, and minor units per unit), models,
// windows (one row per window) and roles (one row per quantity of the measure).
func (r *reader) define(ctx context.Context) error {
	minorPerUnit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(r.scale)), nil)
	statements := []string{
		"CREATE TABLE asked AS SELECT " + engine.Text(r.question.Basis) + " AS basis, CAST(" + minorPerUnit.String() + " AS HUGEINT) AS minor_per_unit, CAST(" + strconv.FormatInt(r.run.Job.Economics.MarginMillionths(), 10) + " AS HUGEINT) AS margin_millionths",
		"CREATE TABLE models AS SELECT * FROM (VALUES " + list(r.models, func(i int, name string) string { return fmt.Sprintf("(%d, %s)", i, engine.Text(name)) }) + ") AS v(position, model)",
		"CREATE TABLE windows AS SELECT * FROM (VALUES " + list(r.windows, func(i int, w window) string {
			fromUS, toUS := w.bounds(r.calendar)
			return fmt.Sprintf("(%d, CAST(%s AS BIGINT), CAST(%s AS BIGINT), %s, %s)", i, engine.Text(fmt.Sprint(fromUS)), engine.Text(fmt.Sprint(toUS)), dayOr(w.span.from, "-infinity"), dayOr(w.span.next, "infinity"))
		}) + ") AS v(position, from_us, to_us, from_day, next_day)",
	}
	roles := list(r.measure.roles(), func(_ int, role role) string {
		return fmt.Sprintf("(%s, NULLIF(%s, ''), %s, %t)", engine.Text(role.name), engine.Text(role.quantity.conversion), engine.Text(role.quantity.counts), role.quantity.onlyOpen)
	})
	statements = append(statements, "CREATE TABLE roles AS SELECT * FROM (VALUES "+roles+") AS v(role, conversion_type, counts, only_open)")
	for _, statement := range statements {
		if err := r.eng.Exec(ctx, statement); err != nil {
			return fmt.Errorf("defining the comparison: %w", err)
		}
	}
	return nil
}

func dayOr(day time.Time, unbounded string) string {
	if day.IsZero() {
		return "CAST(" + engine.Text(unbounded) + " AS DATE)"
	}
	return "CAST(" + engine.Text(day.Format(time.DateOnly)) + " AS DATE)"
}

// list writes each of a list and joins them with commas.
func list[T any](all []T, write func(i int, one T) string) string {
	var parts []string
	for i, one := range all {
		parts = append(parts, write(i, one))
	}
	return strings.Join(parts, ", ")
}

// tables are the published tables that the question needs, beside credits.parquet.
func (r *reader) tables() []string {
	tables := slices.Clone(r.dimension.tables)
	if r.measure.amount.onlyOpen {
		tables = append(tables, "conversions")
	}
	if r.measure.usesCost() {
		tables = append(tables, "cost_days")
	}
	slices.Sort(tables)
	return slices.Compact(tables)
}

// missing lists the files that the question needs and the run does not have.
func (r *reader) missing() []string {
	var missing []string
	files := []string{published.Credits}
	for _, name := range r.tables() {
		files = append(files, published.TableFile(name))
	}
	for _, name := range files {
		if !published.Has(r.run.Directory, name) {
			missing = append(missing, name)
		}
	}
	return missing
}

// refuse says which files are missing, and how to get them.
func (r *reader) refuse(missing []string) error {
	asked := "compare by " + r.dimension.one
	if r.question.Period != "" {
		asked += " with --period"
	}
	hint := "run with --credits all --tables all"
	if r.question.Period != "" {
		hint += ", or leave --period out: then a published report is compared"
	}
	return failure.Errorf(failure.Usage, "%s needs %s, and run %s has %s\nhint: %s", asked, words.List(missing, len(missing)), r.run.ID, words.Choose(len(missing), "no such file", "no such files"), hint)
}

// view makes a view of a file of the run.
func (r *reader) view(ctx context.Context, name, file string) error {
	return published.View(ctx, r.eng, name, r.run.Directory, file, file+" of run "+r.run.ID)
}

// addUp adds up credit and cost from the credit rows and the tables of the run.
func (r *reader) addUp(ctx context.Context) error {
	for _, name := range r.tables() {
		if err := r.view(ctx, name, published.TableFile(name)); err != nil {
			return err
		}
	}
	if err := r.view(ctx, "credits", published.Credits); err != nil {
		return err
	}
	columns := list(r.models, func(_ int, name string) string {
		return engine.Name(name+"_minor") + ", " + engine.Name(name+"_millionths")
	})
	isOpen, join := "FALSE", ""
	if r.measure.amount.onlyOpen {
		isOpen = "conversions.is_open"
		join = " INNER JOIN conversions ON conversions.conversion_type = credits.conversion_type AND conversions.opportunity_id = credits.opportunity_id"
	}
	statements := []string{
		"CREATE VIEW credit AS SELECT credits.conversion_type, credits.opportunity_id, credits.person_id, credits.touch_id, credits.channel, credits.campaign_id, " +
			"EPOCH_US(credits.converted_at) AS converted_us, EPOCH_US(credits.occurred_at) AS occurred_us, " + isOpen + " AS is_open, " + columns +
			" FROM credits" + join +
			" WHERE credits.opportunity_type = " + engine.Text(r.question.OpportunityType) +
			" AND credits.conversion_type IN (" + list(append(r.measure.conversions(), ""), func(_ int, name string) string { return engine.Text(name) }) + ")",
	}
	if r.dimension.ofCampaigns {
		statements = append(statements, "CREATE VIEW named_campaigns AS SELECT campaign_id, value FROM campaign_dimensions WHERE dimension = "+engine.Text(r.dimension.name), text("dimension/of_campaigns"))
	} else {
		statements = append(statements, text("dimension/"+r.dimension.name))
	}
	valuedCost := "CREATE VIEW valued_cost AS SELECT CAST(NULL AS DATE) AS day, CAST(NULL AS VARCHAR) AS value, CAST(NULL AS HUGEINT) AS micros, FALSE AS is_provisional WHERE FALSE"
	if r.measure.usesCost() {
		valuedCost = "CREATE VIEW valued_cost AS SELECT day, " + r.dimension.cost + " AS value, CAST(cost_micros AS HUGEINT) AS micros, is_provisional FROM cost_days"
	}
	for _, statement := range append(statements, text("amounts"), valuedCost, text("cost")) {
		if err := r.eng.Exec(ctx, statement); err != nil {
			return fmt.Errorf("adding up %s by %s: %w", r.measure.name, r.dimension.one, err)
		}
	}
	return r.findFirstDay(ctx)
}

// findFirstDay finds the first day of the data that the measure counts: of credit and cost, the
// later one.
func (r *reader) findFirstDay(ctx context.Context) error {
	var first sql.NullInt64
	if len(r.measure.conversions()) > 0 {
		at := "converted_us"
		if r.question.Basis == "cohort" {
			at = "COALESCE(occurred_us, converted_us)"
		}
		if err := r.eng.Row(ctx, "SELECT MIN("+at+") FROM credit", nil, &first); err != nil {
			return err
		}
		if first.Valid {
			r.firstDay = r.calendar.DayOf(time.UnixMicro(first.Int64)).Format(time.DateOnly)
		}
	}
	if r.measure.usesCost() {
		var day string
		if err := r.eng.Row(ctx, "SELECT COALESCE(CAST(MIN(day) AS VARCHAR), '') FROM valued_cost", nil, &day); err != nil {
			return err
		}
		r.firstDay = max(r.firstDay, day)
	}
	return nil
}
