package attribution

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

// unattributed is the dense key of the channel and the campaign of credit that no touch earns.
const unattributed = int32(-1)

// A cell of the cube: everything by which reports group credit, beside the model.
type cell struct {
	conversionType  int32
	opportunityType string
	reason          string // why it is unattributed; empty if it is credited
	channel         int32
	campaign        int32
	isOpen          bool
	anchorInPeriod  bool
	touchInPeriod   bool // of unattributed credit: anchorInPeriod
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
	{Name: "conversion_type", Type: arrow.PrimitiveTypes.Int32},
	{Name: "opportunity_type", Type: arrow.BinaryTypes.String},
	{Name: "reason", Type: arrow.BinaryTypes.String, Nullable: true},
	{Name: "channel_key", Type: arrow.PrimitiveTypes.Int32},
	{Name: "campaign_key", Type: arrow.PrimitiveTypes.Int32},
	{Name: "is_open", Type: arrow.FixedWidthTypes.Boolean},
	{Name: "anchor_in_period", Type: arrow.FixedWidthTypes.Boolean},
	{Name: "touch_in_period", Type: arrow.FixedWidthTypes.Boolean},
	{Name: "model", Type: arrow.BinaryTypes.String},
	{Name: "minor", Type: &arrow.Decimal128Type{Precision: 38}},
	{Name: "millionths", Type: &arrow.Decimal128Type{Precision: 38}},
}, nil)

// store writes the cube to the engine's table "cube": one row per cell and model in which credit was computed.
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
			b.Field(0).(*array.Int32Builder).Append(key.conversionType)
			b.Field(1).(*array.StringBuilder).Append(key.opportunityType)
			if key.reason == "" {
				b.Field(2).AppendNull()
			} else {
				b.Field(2).(*array.StringBuilder).Append(key.reason)
			}
			b.Field(3).(*array.Int32Builder).Append(key.channel)
			b.Field(4).(*array.Int32Builder).Append(key.campaign)
			b.Field(5).(*array.BooleanBuilder).Append(key.isOpen)
			b.Field(6).(*array.BooleanBuilder).Append(key.anchorInPeriod)
			b.Field(7).(*array.BooleanBuilder).Append(key.touchInPeriod)
			b.Field(8).(*array.StringBuilder).Append(models[m].Name)
			b.Field(9).(*array.Decimal128Builder).Append(decimal128.New(s.minor.high, s.minor.low))
			b.Field(10).(*array.Decimal128Builder).Append(decimal128.New(s.millionths.high, s.millionths.low))
		}
	}
	return createTable(ctx, eng, "cube", b)
}

func compareCells(a, b cell) int {
	return cmp.Or(
		cmp.Compare(a.conversionType, b.conversionType),
		cmp.Compare(a.opportunityType, b.opportunityType),
		cmp.Compare(a.reason, b.reason),
		cmp.Compare(a.channel, b.channel),
		cmp.Compare(a.campaign, b.campaign),
		compareBools(a.isOpen, b.isOpen),
		compareBools(a.anchorInPeriod, b.anchorInPeriod),
		compareBools(a.touchInPeriod, b.touchInPeriod),
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
