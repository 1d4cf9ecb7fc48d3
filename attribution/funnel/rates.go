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

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// cellFields are the first columns, those of a cell and stage.
func cellFields(period, value string) []arrow.Field {
	return []arrow.Field{
		{Name: "opportunity_type", Type: arrow.BinaryTypes.String},
		{Name: period, Type: arrow.FixedWidthTypes.Date32, Nullable: true},
		{Name: value, Type: arrow.PrimitiveTypes.Int32, Nullable: true},
		{Name: "position", Type: arrow.PrimitiveTypes.Int32},
	}
}

// builders make builders for rows that begin with a cell: one for the channels, and one for the other
// dimensions, which ends with the name of the dimension.
func builders(fields []arrow.Field) (ofChannels, ofOthers *array.RecordBuilder) {
	others := slices.Concat(cellFields("quarter", "value_key"), fields, []arrow.Field{{Name: "dimension", Type: arrow.BinaryTypes.String}})
	channels := slices.Concat(cellFields("month", "channel_key"), fields)
	return array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(channels, nil)),
		array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(others, nil))
}

var volumesFields = []arrow.Field{
	{Name: "volume", Type: arrow.PrimitiveTypes.Int64},
	{Name: "skipped", Type: arrow.PrimitiveTypes.Int64},
	{Name: "cohort", Type: arrow.PrimitiveTypes.Int64},
	{Name: "value_minor", Type: &arrow.Decimal128Type{Precision: 38}, Nullable: true},
}

var ratesFields = []arrow.Field{
	{Name: "to_position", Type: arrow.PrimitiveTypes.Int32},
	{Name: "is_final", Type: arrow.FixedWidthTypes.Boolean},
	{Name: "converted", Type: arrow.PrimitiveTypes.Int64},
	{Name: "already", Type: arrow.PrimitiveTypes.Int64},
	{Name: "wilson_low_micros", Type: arrow.PrimitiveTypes.Int64},
	{Name: "wilson_high_micros", Type: arrow.PrimitiveTypes.Int64},
	{Name: "km_micros", Type: arrow.PrimitiveTypes.Int64},
	{Name: "km_at_risk", Type: arrow.PrimitiveTypes.Int64},
	{Name: "observed_us", Type: arrow.PrimitiveTypes.Int64},
	{Name: "velocity_n", Type: arrow.PrimitiveTypes.Int64},
	{Name: "median_us", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
	{Name: "p75_us", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
	{Name: "p90_us", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
	{Name: "value_minor", Type: &arrow.Decimal128Type{Precision: 38}},
}

// store makes funnel_volumes and funnel_rates: of every cell, of each month over all channels, of
// each channel over all months, and of all. It makes funnel_dimension_volumes and
// funnel_dimension_rates of the other dimensions: of each value in every quarter and in all.
func (f *follower) store(ctx context.Context, eng *engine.Engine) error {
	within := map[cell][]*tally{}
	for _, at := range slices.SortedFunc(maps.Keys(f.tallies), compareCells) {
		sums := []cell{at}
		if at.period != allPeriods {
			all := at
			all.period = allPeriods
			sums = append(sums, all)
		}
		if at.dimension == byChannel {
			for _, sum := range sums[:2] {
				sum.value = allValues
				sums = append(sums, sum)
			}
		}
		for _, sum := range sums {
			within[sum] = append(within[sum], f.tallies[at])
		}
	}
	volumes, otherVolumes := builders(volumesFields)
	defer volumes.Release()
	defer otherVolumes.Release()
	rates, otherRates := builders(ratesFields)
	defer rates.Release()
	defer otherRates.Release()
	cells := slices.SortedFunc(maps.Keys(within), compareCells)
	for i, found := range f.rates(cells, within) {
		at, v, r := cells[i], volumes, rates
		if at.dimension != byChannel {
			v, r = otherVolumes, otherRates
		}
		for from := 1; from < len(f.stops); from++ {
			if sum := sumVolumes(within[at], from); sum.isKnown {
				appendVolume(v, at, from, sum, f.stops[from].unit)
			}
		}
		for _, one := range found {
			f.appendRate(r, at, one)
		}
	}
	for _, table := range []struct {
		name string
		rows *array.RecordBuilder
	}{
		{"funnel_volumes", volumes}, {"funnel_rates", rates},
		{"funnel_dimension_volumes", otherVolumes}, {"funnel_dimension_rates", otherRates},
	} {
		if err := eng.Store(ctx, table.name, table.rows); err != nil {
			return err
		}
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
	tallies := slices.Collect(maps.Values(f.tallies))
	onAllCores(len(tallies), func(next func() (int, bool)) {
		for i, more := next(); more; i, more = next() {
			for _, x := range tallies[i].transitions {
				if x != nil {
					slices.Sort(x.events)
					slices.Sort(x.censored)
					slices.Sort(x.own)
				}
			}
		}
	})
	found := make([][]rate, len(cells))
	onAllCores(len(cells), func(next func() (int, bool)) {
		var sum transition
		for i, more := next(); more; i, more = next() {
			for from := 1; from < len(f.stops); from++ {
				for to := from + 1; to < len(f.stops); to++ {
					if sum.addCrossings(within[cells[i]], from, to); sum.units() > 0 {
						found[i] = append(found[i], sum.rate(from, to, f.stops[to].withinUS))
					}
				}
			}
		}
	})
	return found
}

// onAllCores starts work on every core, each of which takes the next of n places until there is no
// more.
func onAllCores(n int, work func(next func() (i int, more bool))) {
	var taken atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			work(func() (int, bool) {
				i := int(taken.Add(1)) - 1
				return i, i < n
			})
		})
	}
	workers.Wait()
}

// A rate is what a transition comes to. Times are in microseconds, shares in millionths.
type rate struct {
	from, to int
	numbers  [8]int64 // ratesFields names them, from converted to velocity_n
	times    [3]int64 // median_us, p75_us, p90_us
	value    decimal128.Num
}

// rate sorts the lists of a transition and says what it comes to.
func (c *transition) rate(from, to int, horizonUS int64) rate {
	c.sort()
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
	return cmp.Or(cmp.Compare(a.dimension, b.dimension), cmp.Compare(a.opportunityType, b.opportunityType), cmp.Compare(a.period, b.period), cmp.Compare(a.value, b.value))
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
	b.Field(5).(*array.BooleanBuilder).Append(f.isFinal(at, f.stops[r.to].withinUS))
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
	if at.period == allPeriods {
		b.Field(1).AppendNull()
	} else {
		b.Field(1).(*array.Date32Builder).Append(arrow.Date32(at.period))
	}
	if at.value == allValues {
		b.Field(2).AppendNull()
	} else {
		b.Field(2).(*array.Int32Builder).Append(at.value)
	}
	b.Field(3).(*array.Int32Builder).Append(int32(position))
	if at.dimension != byChannel {
		b.Field(len(b.Fields()) - 1).(*array.StringBuilder).Append(dimensionNames[at.dimension])
	}
}
