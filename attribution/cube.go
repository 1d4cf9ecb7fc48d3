package attribution

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"tributary/internal/engine"
)

// unattributed is the dense key of the channel and the campaign of credit that no touch earns.
const unattributed = int32(-1)

// A cell of the cube: everything by which reports group credit, beside the model. It has neither text nor padding, so that it is
// hashed as one stretch of memory: finding cells is most of the work of adding up.
type cell struct {
	conversionType  int32
	channel         int32
	campaign        int32
	month           int32 // its first day, in days since 1970; outside
	basis           basis
	opportunityType int8 // index in OpportunityTypes
	reason          int8 // why it is unattributed: index in Reasons; credited
	isOpen          bool
}

const (
	outside  = math.MinInt32 // not in the reporting period: reports do not ask for the month
	credited = int8(-1)
)

// Reasons are why credit is unattributed, in the order in which they are asked; the first that applies counts. The last is a matter
// of one model.
var Reasons = []string{
	"no_account", "no_people", "no_touches", "only_excluded", "after_conversion_only", "outside_lookback", "no_anchor",
}

var noAnchor = int8(len(Reasons) - 1)

// A basis says what dates credit: its conversion (period) or its touch (cohort; what no touch earns: its conversion).
type basis int8

const (
	period basis = iota
	cohort
)

func (b basis) String() string {
	if b == period {
		return "period"
	}
	return "cohort"
}

// A sum of credit in one cell, under one model.
type sum struct {
	minor      wide
	millionths wide
	touched    bool // credit was computed here, if only to be nothing
}

// A cube adds up credit. Its size is that of the reports, not of the journeys.
type cube map[cell][]sum

// at returns the sums of a cell, one per model.
func (c cube) at(key cell, models int) []sum {
	sums := c[key]
	if sums == nil {
		sums = make([]sum, models)
		c[key] = sums
	}
	return sums
}

var cubeSchema = arrow.NewSchema([]arrow.Field{
	{Name: "basis", Type: arrow.BinaryTypes.String},
	{Name: "conversion_type", Type: arrow.PrimitiveTypes.Int32},
	{Name: "opportunity_type", Type: arrow.BinaryTypes.String},
	{Name: "reason", Type: arrow.BinaryTypes.String, Nullable: true},
	{Name: "channel_key", Type: arrow.PrimitiveTypes.Int32},
	{Name: "campaign_key", Type: arrow.PrimitiveTypes.Int32},
	{Name: "is_open", Type: arrow.FixedWidthTypes.Boolean},
	{Name: "month", Type: arrow.FixedWidthTypes.Date32, Nullable: true},
	{Name: "model", Type: arrow.BinaryTypes.String},
	{Name: "minor", Type: &arrow.Decimal128Type{Precision: 38}},
	{Name: "millionths", Type: &arrow.Decimal128Type{Precision: 38}},
}, nil)

// store writes the cube to the engine's table "cube": one row per cell and model in which credit was computed. Each basis holds
// all credit once; month is NULL outside of the reporting period.
func (c cube) store(ctx context.Context, eng *engine.Engine, models []Model) error {
	keys := make([]cell, 0, len(c))
	for key := range c {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, compareCells)
	b := array.NewRecordBuilder(memory.DefaultAllocator, cubeSchema)
	defer b.Release()
	for _, key := range keys {
		for m, s := range c[key] {
			if !s.touched {
				continue
			}
			b.Field(0).(*array.StringBuilder).Append(key.basis.String())
			b.Field(1).(*array.Int32Builder).Append(key.conversionType)
			b.Field(2).(*array.StringBuilder).Append(OpportunityTypes[key.opportunityType])
			if key.reason == credited {
				b.Field(3).AppendNull()
			} else {
				b.Field(3).(*array.StringBuilder).Append(Reasons[key.reason])
			}
			b.Field(4).(*array.Int32Builder).Append(key.channel)
			b.Field(5).(*array.Int32Builder).Append(key.campaign)
			b.Field(6).(*array.BooleanBuilder).Append(key.isOpen)
			if key.month == outside {
				b.Field(7).AppendNull()
			} else {
				b.Field(7).(*array.Date32Builder).Append(arrow.Date32(key.month))
			}
			b.Field(8).(*array.StringBuilder).Append(models[m].Name)
			b.Field(9).(*array.Decimal128Builder).Append(decimal128.New(s.minor.high, s.minor.low))
			b.Field(10).(*array.Decimal128Builder).Append(decimal128.New(s.millionths.high, s.millionths.low))
		}
	}
	return eng.Store(ctx, "cube", b)
}

func compareCells(a, b cell) int {
	return cmp.Or(
		cmp.Compare(a.basis, b.basis),
		cmp.Compare(a.conversionType, b.conversionType),
		cmp.Compare(a.opportunityType, b.opportunityType),
		cmp.Compare(a.reason, b.reason),
		cmp.Compare(a.channel, b.channel),
		cmp.Compare(a.campaign, b.campaign),
		compareBools(a.isOpen, b.isOpen),
		cmp.Compare(a.month, b.month),
	)
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
