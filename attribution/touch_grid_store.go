package attribution

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

var gridFields = []arrow.Field{
	{Name: "asset_key", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
	{Name: "persona_key", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
	{Name: "stage_key", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
}

var gridPersonsSchema = arrow.NewSchema(append(slices.Clone(gridFields),
	arrow.Field{Name: "persons", Type: arrow.PrimitiveTypes.Int64},
	arrow.Field{Name: "touches", Type: arrow.PrimitiveTypes.Int64},
	arrow.Field{Name: "assets", Type: arrow.PrimitiveTypes.Int64},
), nil)

var gridSumsSchema = arrow.NewSchema(append(slices.Clone(gridFields),
	arrow.Field{Name: "conversion_type", Type: arrow.PrimitiveTypes.Int32},
	arrow.Field{Name: "opportunity_type", Type: arrow.BinaryTypes.String},
	arrow.Field{Name: "is_open", Type: arrow.FixedWidthTypes.Boolean},
	arrow.Field{Name: "minor", Type: wideType},
	arrow.Field{Name: "millionths", Type: wideType},
	arrow.Field{Name: "influenced", Type: arrow.PrimitiveTypes.Int64},
	arrow.Field{Name: "influenced_minor", Type: wideType},
), nil)

// store makes touch_grid and touch_grid_sums: the rows of places with at least one dimension that
// means all (NULL).
func (g *grid) store(ctx context.Context, eng *engine.Engine) error {
	persons := array.NewRecordBuilder(memory.DefaultAllocator, gridPersonsSchema)
	defer persons.Release()
	sums := array.NewRecordBuilder(memory.DefaultAllocator, gridSumsSchema)
	defer sums.Release()
	for _, at := range slices.SortedFunc(maps.Keys(g.cells), comparePlaces) {
		cell := g.cells[at]
		appendPlace(persons, at)
		for i, n := range []int64{cell.persons, cell.touches, cell.assets} {
			persons.Field(3 + i).(*array.Int64Builder).Append(n)
		}
		slices.SortFunc(cell.sums, func(a, b gridSum) int { return cmp.Compare(a.slot, b.slot) })
		for _, s := range cell.sums {
			appendPlace(sums, at)
			types := int32(len(contract.OpportunityTypes))
			sums.Field(3).(*array.Int32Builder).Append(s.slot / 2 / types)
			sums.Field(4).(*array.StringBuilder).Append(contract.OpportunityTypes[s.slot/2%types])
			sums.Field(5).(*array.BooleanBuilder).Append(s.slot%2 == 1)
			appendCredit(sums, 6, s.minor, s.millionths)
			sums.Field(8).(*array.Int64Builder).Append(s.influenced)
			appendWide(sums, 9, s.amount)
		}
	}
	if err := eng.Store(ctx, "touch_grid", persons); err != nil {
		return err
	}
	return eng.Store(ctx, "touch_grid_sums", sums)
}

func appendPlace(b *array.RecordBuilder, at gridPlace) {
	for i, key := range []int32{at.asset, at.persona, at.stage} {
		if key == anyOf {
			b.Field(i).AppendNull()
		} else {
			b.Field(i).(*array.Int32Builder).Append(key)
		}
	}
}
