package attribution

import (
	"context"
	"fmt"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"tributary/internal/config"
	"tributary/internal/engine"
)

// markRepeats makes repeats: one row per touch that a configured rule marks, with the reason bot_burst or repeat. Without a
// rule it is empty. A touch is in a burst if it lies in a window of the given length that holds at least the given number
// of touches of its person. A repeat is a touch of the same person, channel, campaign and type within the window after
// the first one that was kept.
func markRepeats(ctx context.Context, eng *engine.Engine, o config.Journey) error {
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "touch_key", Type: arrow.PrimitiveTypes.Int64}, {Name: "reason", Type: arrow.BinaryTypes.String},
	}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	marked := map[int64]bool{}
	mark := func(key int64, reason string) {
		if !marked[key] {
			marked[key] = true
			b.Field(0).(*array.Int64Builder).Append(key)
			b.Field(1).(*array.StringBuilder).Append(reason)
		}
	}
	if o.BotBurst != nil {
		window := (time.Duration(o.BotBurst.Seconds) * time.Second).Microseconds()
		err := eachGroup(ctx, eng, `
			SELECT person_key, touch_key, occurred_us FROM touch_base
			WHERE excluded_reason IS NULL ORDER BY person_key, touch_key`,
			func(keys, occurred []int64) {
				n := o.BotBurst.Touches
				for i := 0; i+n <= len(keys); i++ {
					if occurred[i+n-1]-occurred[i] <= window {
						for _, key := range keys[i : i+n] {
							mark(key, "bot_burst")
						}
					}
				}
			})
		if err != nil {
			return fmt.Errorf("finding bursts: %w", err)
		}
	}
	if o.DedupeWindowMinutes > 0 {
		window := (time.Duration(o.DedupeWindowMinutes) * time.Minute).Microseconds()
		err := eachGroup(ctx, eng, `
			SELECT DENSE_RANK() OVER (ORDER BY person_key, channel_key, campaign_key, COALESCE(touch_type, '')), touch_key, occurred_us FROM touch_base
			WHERE excluded_reason IS NULL ORDER BY 1, touch_key`,
			func(keys, occurred []int64) {
				kept := -1
				for i, key := range keys {
					switch {
					case marked[key]:
					case kept >= 0 && occurred[i]-occurred[kept] <= window:
						mark(key, "repeat")
					default:
						kept = i
					}
				}
			})
		if err != nil {
			return fmt.Errorf("finding repeats: %w", err)
		}
	}
	return eng.Store(ctx, "repeats", b)
}

// eachGroup hands on the touches of one group after the other: the query gives group, touch_key and occurred_us, in order.
func eachGroup(ctx context.Context, eng *engine.Engine, query string, each func(keys, occurredUS []int64)) error {
	return eng.Stream(ctx, query, func(reader array.RecordReader) error {
		group := int64(-1)
		var keys, occurred []int64
		for reader.Next() {
			groups := reader.RecordBatch().Column(0).(*array.Int64)
			touchKeys := reader.RecordBatch().Column(1).(*array.Int64)
			instants := reader.RecordBatch().Column(2).(*array.Int64)
			for row := range int(reader.RecordBatch().NumRows()) {
				if g := groups.Value(row); g != group {
					each(keys, occurred)
					group, keys, occurred = g, keys[:0], occurred[:0]
				}
				keys, occurred = append(keys, touchKeys.Value(row)), append(occurred, instants.Value(row))
			}
		}
		each(keys, occurred)
		return reader.Err()
	})
}
