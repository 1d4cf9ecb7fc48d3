package attribution

import (
	"context"
	"fmt"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/internal/engine"
)

// ranks are the ranks by touch_id, in byte order, of touchpoints that share their instant with
// another touchpoint of a journey, by row of all files. Journeys sort these by touch_id, which is
// read only for them.
type ranks map[uint32]uint32

// add ranks these rows, and ranks again those that had a rank.
func (r ranks) add(ctx context.Context, eng *engine.Engine, rows []uint32) error {
	for row := range r {
		rows = append(rows, row)
	}
	slices.Sort(rows)
	rows = slices.Compact(rows)
	if len(rows) == 0 {
		return nil
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema([]arrow.Field{{Name: "touch_row", Type: arrow.PrimitiveTypes.Int64}}, nil))
	defer b.Release()
	for _, row := range rows {
		b.Field(0).(*array.Int64Builder).Append(int64(row))
	}
	if err := eng.Store(ctx, "tied_touches", b); err != nil {
		return err
	}
	rank := uint32(0)
	if err := eng.Stream(ctx, `
		SELECT CAST(r.touch_row AS UINTEGER)
		FROM touch_rows AS r
		INNER JOIN tied_touches AS t ON t.touch_row = r.touch_row
		ORDER BY r.touch_id`,
		func(reader array.RecordReader) error {
			for reader.Next() {
				for _, row := range reader.RecordBatch().Column(0).(*array.Uint32).Uint32Values() {
					r[row] = rank
					rank++
				}
			}
			return reader.Err()
		}); err != nil {
		return fmt.Errorf("ordering touchpoints of one instant: %w", err)
	}
	if int(rank) != len(rows) {
		return everyTouchIsKept.broken("%d touchpoints share their instant with another one, but the ids of %d were read", len(rows), rank)
	}
	return nil
}
