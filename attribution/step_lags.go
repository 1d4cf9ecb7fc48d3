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

const (
	usPerHour = int64(3_600_000_000)
	// maxPairs is how many pairs of channels have rows of their own, per conversion and opportunity
	// type.
	maxPairs = 1000
)

// anyChannel and otherChannels, as both channels of a pair, mean all pairs, and all pairs without
// rows of their own.
const (
	anyChannel    = int32(-1)
	otherChannels = int32(-2)
)

// A pair is two consecutive channels in journeys to conversions of one type (typesSlot).
type pair struct{ slot, from, to int32 }

// A lag is a pair and the time between its two touchpoints, in whole hours, rounded down. Hours
// limit the memory: a pair has at most as many lags as the look-back window has hours.
type lag struct {
	pair
	hours int32
}

// stepLags counts steps by lag.
type stepLags map[lag]int64

// typesSlot is a conversion type and an opportunity type as one number.
func typesSlot(c *conversion) int32 {
	return c.cell.conversionType*int32(len(contract.OpportunityTypes)) + int32(c.cell.opportunityType)
}

// add counts the steps of a journey.
func (l stepLags) add(c *conversion, steps []step, channels []int32) {
	slot := typesSlot(c)
	for i := 1; i < len(steps); i++ {
		l[lag{pair{slot, channels[i-1], channels[i]}, int32((steps[i].us - steps[i-1].us) / usPerHour)}]++
	}
}

// listedPairs returns the pairs that have rows of their own: those with the most steps of each type.
// Of equal pairs, the first in the order of channels are listed.
func (l stepLags) listedPairs() map[pair]bool {
	steps := map[pair]int64{}
	for at, n := range l {
		steps[at.pair] += n
	}
	listedPairs, slot, place := map[pair]bool{}, int32(-1), 0
	for _, p := range slices.SortedFunc(maps.Keys(steps), func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.slot, b.slot), cmp.Compare(steps[b], steps[a]), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	}) {
		if p.slot != slot {
			slot, place = p.slot, 0
		}
		place++
		listedPairs[p] = place <= maxPairs
	}
	return listedPairs
}

// store makes step_times and step_days.
func (l stepLags) store(ctx context.Context, eng *engine.Engine) error {
	listedPairs := l.listedPairs()
	merged := stepLags{}
	days := map[[2]int32]int64{}
	for at, n := range l {
		if !listedPairs[at.pair] {
			at.pair = pair{at.slot, otherChannels, otherChannels}
		}
		merged[at] += n
		merged[lag{pair{at.slot, anyChannel, anyChannel}, at.hours}] += n
		days[[2]int32{at.slot, at.hours / 24}] += n
	}
	times := array.NewRecordBuilder(memory.DefaultAllocator, stepTimesSchema)
	defer times.Release()
	sorted := slices.SortedFunc(maps.Keys(merged), func(a, b lag) int {
		return cmp.Or(cmp.Compare(a.slot, b.slot), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.hours, b.hours))
	})
	for from := 0; from < len(sorted); {
		to := from
		for to < len(sorted) && sorted[to].pair == sorted[from].pair {
			to++
		}
		merged.appendTimes(times, sorted[from:to])
		from = to
	}
	if err := eng.Store(ctx, "step_times", times); err != nil {
		return err
	}
	byDay := array.NewRecordBuilder(memory.DefaultAllocator, stepDaysSchema)
	defer byDay.Release()
	for _, at := range slices.SortedFunc(maps.Keys(days), func(a, b [2]int32) int { return slices.Compare(a[:], b[:]) }) {
		appendTypes(byDay, at[0])
		byDay.Field(2).(*array.Int64Builder).Append(int64(at[1]))
		byDay.Field(3).(*array.Int64Builder).Append(days[at])
	}
	return eng.Store(ctx, "step_days", byDay)
}

// appendTimes appends the row of a pair: the least hours that 50, 75 and 90 percent of its steps do
// not exceed. Its lags are in the order of hours.
func (l stepLags) appendTimes(b *array.RecordBuilder, lags []lag) {
	steps := int64(0)
	for _, at := range lags {
		steps += l[at]
	}
	appendTypes(b, lags[0].slot)
	for i, channel := range []int32{lags[0].from, lags[0].to} {
		b.Field(2 + i).(*array.Int32Builder).Append(channel)
	}
	b.Field(4).(*array.Int64Builder).Append(steps)
	for i, percent := range []int64{50, 75, 90} {
		left, at := (steps*percent+99)/100, 0
		for left > l[lags[at]] {
			left -= l[lags[at]]
			at++
		}
		b.Field(5 + i).(*array.Int64Builder).Append(int64(lags[at].hours))
	}
}

// appendTypes appends the conversion type and the opportunity type of a slot.
func appendTypes(b *array.RecordBuilder, slot int32) {
	types := int32(len(contract.OpportunityTypes))
	b.Field(0).(*array.Int32Builder).Append(slot / types)
	b.Field(1).(*array.StringBuilder).Append(contract.OpportunityTypes[slot%types])
}

var stepTimesSchema = arrow.NewSchema([]arrow.Field{
	{Name: "conversion_type", Type: arrow.PrimitiveTypes.Int32}, {Name: "opportunity_type", Type: arrow.BinaryTypes.String},
	{Name: "from_key", Type: arrow.PrimitiveTypes.Int32}, {Name: "to_key", Type: arrow.PrimitiveTypes.Int32},
	{Name: "steps", Type: arrow.PrimitiveTypes.Int64}, {Name: "median_hours", Type: arrow.PrimitiveTypes.Int64},
	{Name: "p75_hours", Type: arrow.PrimitiveTypes.Int64}, {Name: "p90_hours", Type: arrow.PrimitiveTypes.Int64},
}, nil)

var stepDaysSchema = arrow.NewSchema([]arrow.Field{
	{Name: "conversion_type", Type: arrow.PrimitiveTypes.Int32}, {Name: "opportunity_type", Type: arrow.BinaryTypes.String},
	{Name: "days", Type: arrow.PrimitiveTypes.Int64}, {Name: "steps", Type: arrow.PrimitiveTypes.Int64},
}, nil)
