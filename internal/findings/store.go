package findings

import (
	"context"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/internal/engine"
)

// Store makes the engine's table "findings": one row per finding, numbered in the order of the
// list. is_reported reports whether it stands in findings.json; severity is the word of the report
// data_quality, published_severity that of findings.json.
func Store(ctx context.Context, eng *engine.Engine, found []Finding) error {
	texts := []string{"table_name", "check_name", "severity", "examples", "meaning", "code", "published_severity", "column_name", "period",
		"baseline_run", "money", "message", "remedy", "query", "known_since"}
	numbers := []string{"value", "limit_value", "baseline"}
	fields := []arrow.Field{
		{Name: "position", Type: arrow.PrimitiveTypes.Int64}, {Name: "found", Type: arrow.PrimitiveTypes.Int64},
		{Name: "is_reported", Type: arrow.FixedWidthTypes.Boolean},
	}
	for _, name := range numbers {
		fields = append(fields, arrow.Field{Name: name, Type: arrow.PrimitiveTypes.Float64, Nullable: true})
	}
	for _, name := range texts {
		fields = append(fields, arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true})
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
	defer b.Release()
	for i, f := range found {
		b.Field(0).(*array.Int64Builder).Append(int64(i))
		b.Field(1).(*array.Int64Builder).Append(f.Rows)
		b.Field(2).(*array.BooleanBuilder).Append(f.IsReported())
		r := RecordOf(f)
		for n, number := range []*float64{r.Value, r.Limit, r.Baseline} {
			if column := b.Field(3 + n).(*array.Float64Builder); number == nil {
				column.AppendNull()
			} else {
				column.Append(*number)
			}
		}
		examples, money := Printable(f.Examples), ""
		if f.Lines {
			examples = ""
		}
		if r.Money != nil {
			money = string(*r.Money)
		}
		for n, text := range []string{f.Table, f.Check, string(f.Severity), examples, f.Plural(), r.Code, r.Severity, f.Column, f.Period,
			f.BaselineRun, money, r.Message, r.Remedy, f.Query, f.KnownSince} {
			if column := b.Field(3 + len(numbers) + n).(*array.StringBuilder); text == "" {
				column.AppendNull()
			} else {
				column.Append(text)
			}
		}
	}
	return eng.Store(ctx, "findings", b)
}
