package page

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/reports"
)

// A reader reads the reports of a run, and knows what is common to all figures of the page.
type reader struct {
	run      *published.Run
	most     limits
	columns  map[string][]string // that the file of each report has
	read     map[string][]record // the extract of each report that was read
	currency string
	decimals int      // of an amount
	primary  string   // the model that heads the figures
	models   []string // of the run, the primary one first
	types    []string // of opportunities: the one with the most pipeline first
	channels []string // by pipeline of the first type, the greatest first
	asOf     string   // for a reader
	asOfDay  string   // its day in the reporting time zone
	period   string   // what the reporting period is called
	calendar string   // the type of the periods that are compared: quarter, or month in a short history
	recent   []span   // the newest periods of that type, the newest first
}

// A span is a period of the calendar.
type span struct{ start, end, label string }

// An extract is what the page reads of a report, once: the rows in which every column of where has
// its value (an empty one is NULL), and every column of in one of its values. With top, it is only
// so many rows of each opportunity type and model, those with the most pipeline.
type extract struct {
	where map[string]string
	in    map[string][]string
	top   int
}

// extracts are the rows that are read of large reports. The others are read whole.
func (r *reader) extracts() map[string]extract {
	periods := map[string][]string{"period_type": {"all", "quarter", "month"}}
	return map[string]extract{
		"period_performance":   {where: map[string]string{"basis": "period", "model": r.primary}, in: map[string][]string{"period_type": {"quarter", "month"}}},
		"campaign_performance": {where: map[string]string{"basis": "period", "channel": "(all)"}, top: most.campaigns + 2},
		"customer_acquisition": {where: map[string]string{"channel": "(all)"}, in: periods},
		"funnel":               {where: map[string]string{"cohort_month": ""}},
		"funnel_dimensions":    {where: map[string]string{"period_type": "all", "dimension": "segment"}},
		"funnel_trend":         {where: map[string]string{"channel": "(all)"}, in: map[string][]string{"period_type": {"quarter", "month"}}},
		"funnel_stock":         {in: periods},
		"handoff":              {where: map[string]string{"owner": "(all)"}, in: periods},
		"paths":                {where: map[string]string{"transform": "unique"}},
		"win_loss":             {where: map[string]string{"basis": "period", "period_type": "all"}},
		"cost_coverage":        {where: map[string]string{"campaign_id": "(all)"}},
		"capacity_weeks":       {where: map[string]string{"campaign_id": "(all)"}},
		"coverage":             {where: map[string]string{"dimension": "reason"}},
	}
}

// rows are the rows of a report's extract in which every column of where has its value, in the order
// of the report. A run of an earlier version may lack the report, or a column that selects: then there
// are none.
func (r *reader) rows(ctx context.Context, report string, where map[string]string) ([]record, error) {
	all, ok := r.read[report]
	if !ok {
		var err error
		if all, err = r.extract(ctx, report); err != nil {
			return nil, fmt.Errorf("report %s: %w", report, err)
		}
		r.read[report] = all
	}
	var kept []record
	for _, rec := range all {
		if rec.matches(where) {
			kept = append(kept, rec)
		}
	}
	return kept, nil
}

// extract reads the rows of a report that the page shows.
func (r *reader) extract(ctx context.Context, name string) ([]record, error) {
	at := slices.IndexFunc(r.run.Reports, func(known reports.Report) bool { return known.Name == name })
	if at < 0 {
		return nil, nil
	}
	e := r.extracts()[name]
	var conditions []string
	for _, column := range slices.Sorted(maps.Keys(e.where)) {
		if !slices.Contains(r.columns[name], column) {
			return nil, nil
		}
		conditions = append(conditions, "COALESCE(CAST("+engine.Name(column)+" AS VARCHAR), '') = "+engine.Text(e.where[column]))
	}
	for _, column := range slices.Sorted(maps.Keys(e.in)) {
		if !slices.Contains(r.columns[name], column) {
			return nil, nil
		}
		var texts []string
		for _, text := range e.in[column] {
			texts = append(texts, engine.Text(text))
		}
		conditions = append(conditions, engine.Name(column)+" IN ("+strings.Join(texts, ", ")+")")
	}
	query := "SELECT * FROM " + published.NumberedRows(r.run.Directory, published.ReportFile(name))
	if len(conditions) > 0 {
		query += " WHERE " + strings.Join(conditions, " AND ")
	}
	if e.top > 0 {
		query += fmt.Sprintf(" QUALIFY row_number() OVER (PARTITION BY opportunity_type, model ORDER BY pipeline DESC NULLS LAST, file_row_number) <= %d", e.top)
	}
	table, err := r.run.Read(ctx, query+" ORDER BY file_row_number")
	if err != nil {
		return nil, err
	}
	h := &heading{&r.run.Reports[at], map[string]int{}, map[string]present.Kind{}}
	for i, column := range table.Columns {
		described, _ := h.report.Column(column)
		h.at[column], h.kinds[column] = i, present.KindOf(described.Unit)
	}
	records := make([]record, len(table.Rows))
	for i, cells := range table.Rows {
		records[i] = record{h, cells}
	}
	return records, nil
}

// readColumns finds which columns each report of the run has.
func (r *reader) readColumns(ctx context.Context) error {
	table, err := r.run.Read(ctx, "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index")
	if err != nil {
		return err
	}
	for _, row := range table.Rows {
		r.columns[row[0].Text] = append(r.columns[row[0].Text], row[1].Text)
	}
	return nil
}

// sum adds up amounts of several rows, exactly, with the decimals of the cells. Without rows it is 0.
func (r *reader) sum(records []record, column string) string {
	total, decimals := new(big.Rat), r.decimals
	for _, rec := range records {
		if n := rec.number(column); n != nil {
			total.Add(total, n)
			_, fraction, _ := strings.Cut(rec.text(column), ".")
			decimals = max(decimals, len(fraction))
		}
	}
	return total.FloatString(decimals)
}
