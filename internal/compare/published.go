package compare

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/published"
)

// isReported tells whether a published report has what is asked: the whole reporting period, by the
// dimension.
func (r *reader) isReported() bool {
	report, _, _ := r.dimension.rows()
	return r.question.Period == "" && published.Has(r.run.Directory, published.ReportFile(report))
}

// addUpReport takes the amounts of the whole reporting period from a published report, of a run
// without credit rows.
func (r *reader) addUpReport(ctx context.Context) error {
	report, value, only := r.dimension.rows()
	if err := r.view(ctx, "report", published.ReportFile(report)); err != nil {
		return err
	}
	r.isPublished = true
	if r.measure.n != nil && r.measure.n.column == "" { // the reports do not count them
		r.measure.n = nil
	}
	var credited, spent []string
	for _, role := range r.measure.roles() {
		q := role.quantity
		factor := "1000000"
		if q.counts == "minor" {
			factor = "asked.minor_per_unit"
		}
		from := " FROM report CROSS JOIN asked WHERE report.basis = asked.basis AND report.opportunity_type = " + engine.Text(r.question.OpportunityType) + " AND " + only
		if q.counts == "micros" {
			spent = append(spent, "SELECT DISTINCT 0 AS position, "+value+" AS value, CAST(cost * 1000000 AS HUGEINT) AS amount, FALSE AS is_provisional"+from)
			continue
		}
		credited = append(credited, fmt.Sprintf("SELECT 0 AS position, %s AS value, %s AS role, model, CAST(%s * %s AS HUGEINT) AS amount%s", value, engine.Text(role.name), engine.Name(q.column), factor, from))
	}
	none := "SELECT 0 AS position, CAST(NULL AS VARCHAR) AS value, CAST(NULL AS VARCHAR) AS role, CAST(NULL AS VARCHAR) AS model, CAST(NULL AS HUGEINT) AS amount WHERE FALSE"
	noCost := "SELECT 0 AS position, CAST(NULL AS VARCHAR) AS value, CAST(NULL AS HUGEINT) AS amount, FALSE AS is_provisional WHERE FALSE"
	for table, parts := range map[string][]string{"amounts": append(credited, none), "spent": append(spent, noCost)} {
		if err := r.eng.Exec(ctx, "CREATE TABLE "+table+" AS "+strings.Join(parts, " UNION ALL ")); err != nil {
			return fmt.Errorf("reading %s of the report %s: %w", r.measure.name, report, err)
		}
	}
	return nil
}

// checkTracked refuses a measure of a stage that nobody entered: how many reached it is unknown,
// which is not 0.
func (r *reader) checkTracked(ctx context.Context, from string) error {
	for _, role := range r.measure.roles() {
		stage := role.quantity
		if stage.conversion == "" || stage.conversion == "pipeline" || stage.conversion == "revenue" {
			continue
		}
		query := "SELECT COUNT(*) FROM credit WHERE conversion_type = " + engine.Text(stage.conversion)
		if from == "report" {
			query = "SELECT COUNT(" + engine.Name(stage.column) + ") FROM report"
		}
		var rows int64
		if err := r.eng.Row(ctx, query, nil, &rows); err != nil {
			return err
		}
		if rows == 0 {
			return failure.Errorf(failure.Usage, "--measure %s: nobody has entered the stage %s, so its number is unknown\nhint: `tributary report funnel` shows the stages of the run; stage_history names them", r.measure.name, stage.conversion)
		}
	}
	return nil
}

// readNames reads the names of values, where the dimension has some and the run has their table.
func (r *reader) readNames(ctx context.Context) error {
	r.names = map[string]string{}
	table := r.dimension.names
	if table == "" || !published.Has(r.run.Directory, published.TableFile(table)) {
		return nil
	}
	id := engine.Name(strings.TrimSuffix(table, "s") + "_id")
	query := "SELECT " + id + ", name FROM " + published.Rows(r.run.Directory, published.TableFile(table)) + " WHERE name IS NOT NULL"
	err := r.eng.Each(ctx, query, func(scan engine.Scan) error {
		var value, name string
		if err := scan(&value, &name); err != nil {
			return err
		}
		r.names[value] = name
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading the names of %s: %w", r.dimension.many, err)
	}
	return nil
}

// scan reads the figures of every window, value and model, in an order that depends on them alone.
func (r *reader) scan(ctx context.Context) ([]figureRow, error) {
	var found []figureRow
	err := r.eng.Each(ctx, `
		SELECT
			figures.position, COALESCE(figures.value, ''), figures.value IS NULL, models.model, CAST(figures.figure AS VARCHAR), CAST(figures.n AS VARCHAR),
			figures.is_small, figures.has_amount, COALESCE(figures.place, 0),
			COALESCE(CASE WHEN figures.value IS NULL THEN (SELECT BOOL_OR(spent.is_provisional) FROM spent WHERE spent.position = figures.position) ELSE spent.is_provisional END, FALSE)
		FROM figures
		INNER JOIN models ON models.model = figures.model
		LEFT JOIN spent ON spent.position = figures.position AND spent.value = figures.value
		ORDER BY figures.position, figures.value, models.position`, func(scan engine.Scan) error {
		var f figureRow
		var position int
		var figure sql.NullString
		var n string
		if err := scan(&position, &f.value, &f.isTotal, &f.model, &figure, &n, &f.isSmall, &f.hasAmount, &f.place, &f.isProvisional); err != nil {
			return err
		}
		f.role = r.windows[position].role
		if figure.Valid {
			f.figure, _ = new(big.Rat).SetString(figure.String)
		}
		f.n, _ = new(big.Rat).SetString(n)
		found = append(found, f)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the figures: %w", err)
	}
	return found, nil
}
