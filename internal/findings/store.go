package findings

import (
	"context"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"tributary/internal/engine"
)

// Store makes the engine's table "findings": one row per finding, numbered in the order of the list.
func Store(ctx context.Context, eng *engine.Engine, found []Finding) error {
	texts := []string{"table_name", "check_name", "severity", "examples", "meaning"}
	fields := []arrow.Field{{Name: "position", Type: arrow.PrimitiveTypes.Int64}, {Name: "found", Type: arrow.PrimitiveTypes.Int64}}
	for _, name := range texts {
		fields = append(fields, arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true})
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
	defer b.Release()
	for i, f := range found {
		b.Field(0).(*array.Int64Builder).Append(int64(i))
		b.Field(1).(*array.Int64Builder).Append(f.Rows)
		examples := Printable(f.Examples)
		if f.Lines {
			examples = ""
		}
		for n, text := range []string{f.Table, f.Check, string(f.Severity), examples, f.Plural()} {
			if column := b.Field(2 + n).(*array.StringBuilder); text == "" {
				column.AppendNull()
			} else {
				column.Append(text)
			}
		}
	}
	return eng.Store(ctx, "findings", b)
}
