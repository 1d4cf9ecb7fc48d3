package attribution

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
)

// markRepeats excludes the touches that a configured rule marks, and makes repeats: one row per
// such touch, with the reason bot_burst or repeat. Without a rule it is empty. A touch is in a
// burst if it lies in a window of the given length that holds at least the given number of touches
// of its person. A repeat is a touch of the same person, channel, campaign and type within the
// window after the first one that was kept.
func (t *touches) markRepeats(ctx context.Context, eng *engine.Engine, o config.Journey) error {
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema([]arrow.Field{
		{Name: "touch_row", Type: arrow.PrimitiveTypes.Int64}, {Name: "reason", Type: arrow.BinaryTypes.String},
	}, nil))
	defer b.Release()
	if o.BotBurst == nil && o.DedupeWindowMinutes == 0 {
		return eng.Store(ctx, "repeats", b)
	}
	if err := t.orderTies(ctx, eng); err != nil {
		return err
	}
	for _, why := range []exclusion{botBurst, repeated} {
		for _, k := range t.kinds[:t.distinct] {
			k.exclusion = why
			t.kinds = append(t.kinds, k)
		}
	}
	mark := func(s *stamp, why exclusion) {
		if t.kinds[s.kind].exclusion == 0 {
			b.Field(0).(*array.Int64Builder).Append(int64(s.row))
			b.Field(1).(*array.StringBuilder).Append(exclusions[why])
			s.kind += uint32(t.distinct) * uint32(why-botBurst+1)
		}
	}
	var counted []*stamp
	kept := map[int32]int64{}
	for p := range t.persons {
		counted = counted[:0]
		for i := range t.run(int32(p)) {
			if s := &t.stamps[t.starts[p]+i]; t.persons[p].exclusion == 0 && t.kinds[s.kind].exclusion == 0 {
				counted = append(counted, s)
			}
		}
		if o.BotBurst != nil {
			window, n := (time.Duration(o.BotBurst.Seconds) * time.Second).Microseconds(), o.BotBurst.Touches
			for i := 0; i+n <= len(counted); i++ {
				if counted[i+n-1].us-counted[i].us <= window {
					for _, s := range counted[i : i+n] {
						mark(s, botBurst)
					}
				}
			}
		}
		if window := (time.Duration(o.DedupeWindowMinutes) * time.Minute).Microseconds(); window > 0 {
			clear(kept)
			for _, s := range counted {
				if t.kinds[s.kind].exclusion != 0 {
					continue
				}
				alike := t.kinds[s.kind].alike
				if before, found := kept[alike]; found && s.us-before <= window {
					mark(s, repeated)
				} else {
					kept[alike] = s.us
				}
			}
		}
	}
	return eng.Store(ctx, "repeats", b)
}

// orderTies sorts touchpoints of one person and one instant by their ids.
func (t *touches) orderTies(ctx context.Context, eng *engine.Engine) error {
	var tied []uint32
	eachTie := func(each func(tie []stamp)) {
		for p := range t.persons {
			run := t.run(int32(p))
			for from := 0; from < len(run); {
				to := from + 1
				for to < len(run) && run[to].us == run[from].us {
					to++
				}
				if to > from+1 {
					each(run[from:to])
				}
				from = to
			}
		}
	}
	eachTie(func(tie []stamp) {
		for _, s := range tie {
			tied = append(tied, s.row)
		}
	})
	if err := t.ranks.add(ctx, eng, tied); err != nil {
		return err
	}
	eachTie(func(tie []stamp) {
		slices.SortFunc(tie, func(a, b stamp) int { return cmp.Compare(t.ranks[a.row], t.ranks[b.row]) })
	})
	return nil
}
