package reports

import (
	"cmp"
	"context"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"tributary/internal/engine"
)

var ratesSchema = arrow.NewSchema([]arrow.Field{
	{Name: "opportunity_type", Type: arrow.BinaryTypes.String},
	{Name: "month", Type: arrow.FixedWidthTypes.Date32, Nullable: true},
	{Name: "channel_key", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
	{Name: "position", Type: arrow.PrimitiveTypes.Int32},
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
}, nil)

// storeRates writes funnel_rates: what the crossings come to. Times are in microseconds, rates in millionths.
func storeRates(ctx context.Context, eng *engine.Engine, crossings map[passage]*crossing, matures func(passage, int64) bool) error {
	passages := make([]passage, 0, len(crossings))
	for p := range crossings {
		passages = append(passages, p)
	}
	slices.SortFunc(passages, func(a, b passage) int {
		return cmp.Or(cmp.Compare(a.opportunityType, b.opportunityType), cmp.Compare(a.month, b.month), cmp.Compare(a.channel, b.channel),
			cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	b := array.NewRecordBuilder(memory.DefaultAllocator, ratesSchema)
	defer b.Release()
	for _, p := range passages {
		c := crossings[p]
		slices.Sort(c.events)
		slices.Sort(c.censored)
		slices.Sort(c.own)
		converted := int64(len(c.events))
		low, high := wilson(converted, c.units())
		b.Field(0).(*array.StringBuilder).Append(p.opportunityType)
		if p.month == allMonths {
			b.Field(1).AppendNull()
		} else {
			b.Field(1).(*array.Date32Builder).Append(arrow.Date32(p.month))
		}
		if p.channel == allChannels {
			b.Field(2).AppendNull()
		} else {
			b.Field(2).(*array.Int32Builder).Append(p.channel)
		}
		b.Field(3).(*array.Int32Builder).Append(p.from)
		b.Field(4).(*array.Int32Builder).Append(p.to)
		b.Field(5).(*array.BooleanBuilder).Append(matures(p, c.horizonUS))
		for i, n := range []int64{
			converted, c.already, low, high, kaplanMeier(c.events, c.censored, c.units()), c.atRisk(), c.observedUS(), int64(len(c.own)),
		} {
			b.Field(6 + i).(*array.Int64Builder).Append(n)
		}
		for i, percent := range []int{50, 75, 90} {
			if us, ok := quantile(c.own, percent); ok {
				b.Field(14 + i).(*array.Int64Builder).Append(us)
			} else {
				b.Field(14 + i).AppendNull()
			}
		}
		b.Field(17).(*array.Decimal128Builder).Append(decimal128.FromBigInt(c.value))
	}
	return eng.Store(ctx, "funnel_rates", b)
}
