package attribution

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// readLabels reads the members of kinds of touches, persons and conversions.
func readLabels(ctx context.Context, eng *engine.Engine, persons, conversions int) (*labels, error) {
	l := &labels{personas: make([]int32, persons), conversions: make([][ownDimensions - ofConversions]int32, conversions)}
	origins, err := int32Columns(ctx, eng, int(byPersona), `
		SELECT COALESCE(a.member_key, 0), COALESCE(s.member_key, 0), COALESCE(m.member_key, 0)
		FROM touch_kind_facts AS f
		INNER JOIN touch_kinds AS k ON k.kind_key = f.kind_key
		LEFT JOIN dimension_members AS a ON a.dimension = 'asset' AND a.word = k.asset
		LEFT JOIN dimension_members AS s ON s.dimension = 'source' AND s.word = k.source
		LEFT JOIN dimension_members AS m ON m.dimension = 'medium' AND m.word = k.medium
		ORDER BY f.kind`)
	if err != nil {
		return nil, fmt.Errorf("reading assets, sources and mediums: %w", err)
	}
	known := map[[byPersona]int32]int32{}
	for i := range origins[0] {
		origin := [byPersona]int32{origins[byAsset][i], origins[bySource][i], origins[byMedium][i]}
		at, found := known[origin]
		if !found {
			at = int32(len(l.origin))
			known[origin], l.origin = at, append(l.origin, origin)
		}
		l.origins = append(l.origins, at)
	}
	personas, err := int32Columns(ctx, eng, 2, `
		SELECT CAST(p.person_key AS INTEGER), m.member_key
		FROM person_labels AS p
		INNER JOIN dimension_members AS m ON m.dimension = 'persona' AND m.word = p.persona`)
	if err != nil {
		return nil, fmt.Errorf("reading personas: %w", err)
	}
	for i, person := range personas[0] {
		l.personas[person] = personas[1][i]
	}
	for dimension := ofConversions; dimension < ownDimensions; dimension++ {
		name := dimensionNames[dimension]
		found, err := int32Columns(ctx, eng, 2, `
			SELECT CAST(l.conversion_key AS INTEGER), m.member_key
			FROM conversion_labels AS l
			INNER JOIN dimension_members AS m ON m.dimension = '`+name+`' AND m.word = l.`+name)
		if err != nil {
			return nil, fmt.Errorf("reading the %s of conversions: %w", name, err)
		}
		for i, key := range found[0] {
			l.conversions[key][dimension-ofConversions] = found[1][i]
		}
	}
	return l, nil
}

var dimensionCreditSchema = arrow.NewSchema([]arrow.Field{
	{Name: "dimension", Type: arrow.BinaryTypes.String},
	{Name: "member_key", Type: arrow.PrimitiveTypes.Int32},
	{Name: "basis", Type: arrow.BinaryTypes.String},
	{Name: "conversion_type", Type: arrow.PrimitiveTypes.Int32},
	{Name: "opportunity_type", Type: arrow.BinaryTypes.String},
	{Name: "is_open", Type: arrow.FixedWidthTypes.Boolean},
	{Name: "model", Type: arrow.BinaryTypes.String},
	{Name: "minor", Type: wideType},
	{Name: "millionths", Type: wideType},
}, nil)

// store makes dimension_credit: every model has a row of each member in which one of them credits
// something.
func (d *dimensions) store(ctx context.Context, eng *engine.Engine, models []credit.Model) error {
	d.fold()
	return eng.Fill(ctx, "dimension_credit", dimensionCreditSchema, func(send func(arrow.RecordBatch) error) error {
		b := array.NewRecordBuilder(memory.DefaultAllocator, dimensionCreditSchema)
		defer b.Release()
		for _, at := range slices.SortedFunc(maps.Keys(d.members), compareMembers) {
			for side, sums := range d.members[at] {
				if isEmpty(sums) {
					continue
				}
				for m, s := range sums {
					appendMember(b, at, basis(side), models[m].Name, s)
				}
			}
			if b.Field(0).Len() >= batchRows {
				if err := send(b.NewRecordBatch()); err != nil {
					return err
				}
			}
		}
		return send(b.NewRecordBatch())
	})
}

func appendMember(b *array.RecordBuilder, at memberCell, on basis, model string, s sum) {
	types := int32(len(contract.OpportunityTypes))
	b.Field(0).(*array.StringBuilder).Append(dimensionNames[at.dimension])
	b.Field(1).(*array.Int32Builder).Append(at.member)
	b.Field(2).(*array.StringBuilder).Append(on.String())
	b.Field(3).(*array.Int32Builder).Append(at.slot / 2 / types)
	b.Field(4).(*array.StringBuilder).Append(contract.OpportunityTypes[at.slot/2%types])
	b.Field(5).(*array.BooleanBuilder).Append(at.slot%2 == 1)
	b.Field(6).(*array.StringBuilder).Append(model)
	appendCredit(b, 7, s.minor, s.millionths)
}
