//go:build duckdb_arrow

package engine

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// A Table is a table of at most some hundred thousand rows that Go makes row by row. A larger one is
// made with a record builder, which does not look at the type of every value.
type Table struct{ builder *array.RecordBuilder }

var tableTypes = map[string]arrow.DataType{
	"VARCHAR": arrow.BinaryTypes.String, "BOOLEAN": arrow.FixedWidthTypes.Boolean, "INTEGER": arrow.PrimitiveTypes.Int32,
	"BIGINT": arrow.PrimitiveTypes.Int64, "UBIGINT": arrow.PrimitiveTypes.Uint64, "DOUBLE": arrow.PrimitiveTypes.Float64,
	"DATE": arrow.FixedWidthTypes.Date32,
}

// NewTable begins a table with these columns, each as its name and its type: "period_start DATE".
func NewTable(columns ...string) Table {
	fields := make([]arrow.Field, len(columns))
	for i, column := range columns {
		name, kind, _ := strings.Cut(column, " ")
		dataType, known := tableTypes[kind]
		if !known {
			panic(fmt.Sprintf("column %q has no type that a Table can have", column))
		}
		fields[i] = arrow.Field{Name: name, Type: dataType, Nullable: true}
	}
	return Table{array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))}
}

// Add adds a row: one value per column. nil is NULL, and a day is a time.Time in UTC. A value of
// another type than its column is a defect.
func (t Table) Add(values ...any) {
	if len(values) != len(t.builder.Fields()) {
		panic(fmt.Sprintf("%d values for %d columns", len(values), len(t.builder.Fields())))
	}
	for i, value := range values {
		if value == nil {
			t.builder.Field(i).AppendNull()
			continue
		}
		switch column := t.builder.Field(i).(type) {
		case *array.StringBuilder:
			column.Append(value.(string))
		case *array.BooleanBuilder:
			column.Append(value.(bool))
		case *array.Int32Builder:
			column.Append(int32(reflect.ValueOf(value).Int()))
		case *array.Int64Builder:
			column.Append(reflect.ValueOf(value).Int())
		case *array.Uint64Builder:
			column.Append(value.(uint64))
		case *array.Float64Builder:
			column.Append(value.(float64))
		case *array.Date32Builder:
			column.Append(arrow.Date32FromTime(value.(time.Time)))
		default:
			panic(fmt.Sprintf("a Table cannot have a column of %s", column.Type()))
		}
	}
}

// OrNull is a value for Table.Add: NULL instead of an empty text, 0 or a missing day.
func OrNull[T comparable](value T) any {
	var none T
	if value == none {
		return nil
	}
	return value
}

// StoreTable creates a table of the rows that were added to t.
func (e *Engine) StoreTable(ctx context.Context, name string, t Table) error {
	defer t.builder.Release()
	return e.Store(ctx, name, t.builder)
}
