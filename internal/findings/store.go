package findings

import (
	"context"

	"github.com/tributary-engine/tributary/internal/engine"
)

// Store makes the engine's table "findings": one row per finding, numbered in the order of the
// list. is_reported reports whether it stands in findings.json; severity is the word of the report
// data_quality, published_severity that of findings.json.
func Store(ctx context.Context, eng *engine.Engine, found []Finding) error {
	t := engine.NewTable("position BIGINT", "found BIGINT", "is_reported BOOLEAN", "value DOUBLE", "limit_value DOUBLE", "baseline DOUBLE",
		"table_name VARCHAR", "check_name VARCHAR", "severity VARCHAR", "examples VARCHAR", "meaning VARCHAR", "code VARCHAR", "published_severity VARCHAR",
		"column_name VARCHAR", "period VARCHAR", "baseline_run VARCHAR", "money VARCHAR", "message VARCHAR", "remedy VARCHAR", "query VARCHAR", "known_since VARCHAR")
	for i, f := range found {
		r := RecordOf(f)
		row := []any{i, f.Rows, f.IsReported()}
		for _, number := range []*float64{r.Value, r.Limit, r.Baseline} {
			if number == nil {
				row = append(row, nil)
			} else {
				row = append(row, *number)
			}
		}
		examples, money := Printable(f.Examples), ""
		if f.Lines {
			examples = ""
		}
		if r.Money != nil {
			money = string(*r.Money)
		}
		for _, text := range []string{f.Table, f.Check, string(f.Severity), examples, f.Plural(), r.Code, r.Severity, f.Column, f.Period,
			f.BaselineRun, money, r.Message, r.Remedy, f.Query, f.KnownSince} {
			row = append(row, engine.OrNull(text))
		}
		t.Add(row...)
	}
	return eng.StoreTable(ctx, "findings", t)
}
