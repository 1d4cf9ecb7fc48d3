package funnel

import (
	"cmp"
	"context"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"tributary/internal/contract"
	"tributary/internal/engine"
)

var cellFields = []arrow.Field{
	{Name: "opportunity_type", Type: arrow.BinaryTypes.String},
	{Name: "month", Type: arrow.FixedWidthTypes.Date32, Nullable: true},
	{Name: "channel_key", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
	{Name: "position", Type: arrow.PrimitiveTypes.Int32},
}

var volumesSchema = arrow.NewSchema(append(slices.Clone(cellFields),
	arrow.Field{Name: "volume", Type: arrow.PrimitiveTypes.Int64},
	arrow.Field{Name: "skipped", Type: arrow.PrimitiveTypes.Int64},
	arrow.Field{Name: "cohort", Type: arrow.PrimitiveTypes.Int64},
	arrow.Field{Name: "value_minor", Type: &arrow.Decimal128Type{Precision: 38}, Nullable: true},
), nil)

var ratesSchema = arrow.NewSchema(append(slices.Clone(cellFields),
	arrow.Field{Name: "to_position", Type: arrow.PrimitiveTypes.Int32},
	arrow.Field{Name: "is_final", Type: arrow.FixedWidthTypes.Boolean},
	arrow.Field{Name: "converted", Type: arrow.PrimitiveTypes.Int64},
	arrow.Field{Name: "already", Type: arrow.PrimitiveTypes.Int64},
	arrow.Field{Name: "wilson_low_micros", Type: arrow.PrimitiveTypes.Int64},
	arrow.Field{Name: "wilson_high_micros", Type: arrow.PrimitiveTypes.Int64},
	arrow.Field{Name: "km_micros", Type: arrow.PrimitiveTypes.Int64},
	arrow.Field{Name: "km_at_risk", Type: arrow.PrimitiveTypes.Int64},
	arrow.Field{Name: "observed_us", Type: arrow.PrimitiveTypes.Int64},
	arrow.Field{Name: "velocity_n", Type: arrow.PrimitiveTypes.Int64},
	arrow.Field{Name: "median_us", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
	arrow.Field{Name: "p75_us", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
	arrow.Field{Name: "p90_us", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
	arrow.Field{Name: "value_minor", Type: &arrow.Decimal128Type{Precision: 38}},
), nil)

// store makes funnel_volumes and funnel_rates: of every cell, of each month over all channels, of
// each channel over all months, and of all.
func (f *follower) store(ctx context.Context, eng *engine.Engine) error {
	within := map[cell][]*tally{}
	for _, at := range slices.SortedFunc(maps.Keys(f.tallies), compareCells) {
		for _, month := range []int32{at.month, allMonths} {
			for _, channel := range []int32{at.channel, allChannels} {
				all := cell{opportunityType: at.opportunityType, month: month, channel: channel}
				within[all] = append(within[all], f.tallies[at])
			}
		}
	}
	volumes := array.NewRecordBuilder(memory.DefaultAllocator, volumesSchema)
	defer volumes.Release()
	rates := array.NewRecordBuilder(memory.DefaultAllocator, ratesSchema)
	defer rates.Release()
	cells := slices.SortedFunc(maps.Keys(within), compareCells)
	for i, found := range f.rates(cells, within) {
		for from := 1; from < len(f.stops); from++ {
			if v := sumVolumes(within[cells[i]], from); v.isKnown {
				appendVolume(volumes, cells[i], from, v, f.stops[from].unit)
			}
		}
		for _, r := range found {
			f.appendRate(rates, cells[i], r)
		}
	}
	if err := eng.Store(ctx, "funnel_volumes", volumes); err != nil {
		return err
	}
	if err := eng.Store(ctx, "funnel_rates", rates); err != nil {
		return err
	}
	return eng.Fill(ctx, "lead_outcomes", leadsSchema, f.sendLeads)
}

var leadsSchema = arrow.NewSchema([]arrow.Field{
	{Name: "person_key", Type: arrow.PrimitiveTypes.Int64}, {Name: "lead_us", Type: arrow.PrimitiveTypes.Int64},
	{Name: "reached", Type: arrow.PrimitiveTypes.Uint64},
}, nil)

// sendLeads sends what became of every person that entered the first stage.
func (f *follower) sendLeads(send func(arrow.RecordBatch) error) error {
	const atOnce = 16_384
	b := array.NewRecordBuilder(memory.DefaultAllocator, leadsSchema)
	defer b.Release()
	for some := range slices.Chunk(f.leads, atOnce) {
		for _, l := range some {
			b.Field(0).(*array.Int64Builder).Append(l.person)
			b.Field(1).(*array.Int64Builder).Append(l.us)
			b.Field(2).(*array.Uint64Builder).Append(l.reached)
		}
		if err := send(b.NewRecordBatch()); err != nil {
			return err
		}
	}
	return nil
}

// rates computes the rates of every cell, on all cores. The cells of all months and all channels,
// which take longest, come first.
func (f *follower) rates(cells []cell, within map[cell][]*tally) [][]rate {
	found := make([][]rate, len(cells))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			var sum transition
			for i := int(next.Add(1)) - 1; i < len(cells); i = int(next.Add(1)) - 1 {
				for from := 1; from < len(f.stops); from++ {
					for to := from + 1; to < len(f.stops); to++ {
						if sum.addCrossings(within[cells[i]], from, to); sum.units() > 0 {
							found[i] = append(found[i], sum.rate(from, to, f.stops[to].withinUS))
						}
					}
				}
			}
		})
	}
	workers.Wait()
	return found
}

// A rate is what a transition comes to. Times are in microseconds, shares in millionths.
type rate struct {
	from, to int
	numbers  [8]int64 // ratesSchema names them, from converted to velocity_n
	times    [3]int64 // median_us, p75_us, p90_us
	value    decimal128.Num
}

// rate sorts the lists of a transition and says what it comes to.
func (c *transition) rate(from, to int, horizonUS int64) rate {
	slices.Sort(c.events)
	slices.Sort(c.censored)
	slices.Sort(c.own)
	converted := int64(len(c.events))
	low, high := Wilson(converted, c.units())
	r := rate{from: from, to: to, value: c.value, numbers: [8]int64{
		converted, c.already, low, high, kaplanMeier(c.events, c.censored, c.units()), c.atRisk(horizonUS), c.observedUS(horizonUS), int64(len(c.own)),
	}}
	for i, percent := range []int{50, 75, 90} {
		r.times[i], _ = quantile(c.own, percent)
	}
	return r
}

func compareCells(a, b cell) int {
	return cmp.Or(cmp.Compare(a.opportunityType, b.opportunityType), cmp.Compare(a.month, b.month), cmp.Compare(a.channel, b.channel))
}

func appendVolume(b *array.RecordBuilder, at cell, position int, v volume, of unit) {
	appendCell(b, at, position)
	for i, n := range []int64{v.recorded, v.skipped, v.recorded + v.skipped} {
		b.Field(4 + i).(*array.Int64Builder).Append(n)
	}
	if of == opportunity {
		b.Field(7).(*array.Decimal128Builder).Append(v.value)
	} else {
		b.Field(7).AppendNull()
	}
}

func (f *follower) appendRate(b *array.RecordBuilder, at cell, r rate) {
	appendCell(b, at, r.from)
	b.Field(4).(*array.Int32Builder).Append(int32(r.to))
	b.Field(5).(*array.BooleanBuilder).Append(f.isFinal(at.month, f.stops[r.to].withinUS))
	for i, n := range r.numbers {
		b.Field(6 + i).(*array.Int64Builder).Append(n)
	}
	velocityN := r.numbers[7]
	for i, us := range r.times {
		if velocityN > 0 {
			b.Field(14 + i).(*array.Int64Builder).Append(us)
		} else {
			b.Field(14 + i).AppendNull()
		}
	}
	b.Field(17).(*array.Decimal128Builder).Append(r.value)
}

func appendCell(b *array.RecordBuilder, at cell, position int) {
	b.Field(0).(*array.StringBuilder).Append(contract.OpportunityTypes[at.opportunityType])
	if at.month == allMonths {
		b.Field(1).AppendNull()
	} else {
		b.Field(1).(*array.Date32Builder).Append(arrow.Date32(at.month))
	}
	if at.channel == allChannels {
		b.Field(2).AppendNull()
	} else {
		b.Field(2).(*array.Int32Builder).Append(at.channel)
	}
	b.Field(3).(*array.Int32Builder).Append(int32(position))
}
