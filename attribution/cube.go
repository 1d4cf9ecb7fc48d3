package attribution

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// unattributed is the dense key of the channel and the campaign of unattributed credit.
const unattributed = int32(-1)

// A cell of the cube has everything by which reports group credit, except the model.
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

// slice is the cell without channel and campaign.
func (c cell) slice(b basis) cell {
	c.basis, c.channel, c.campaign = b, 0, 0
	return c
}

const (
	outside  = math.MinInt32 // not in the reporting period: reports do not ask for the month
	credited = int8(-1)
)

// A basis decides which date credit has: that of its conversion (period), or that of its touchpoint
// (cohort). Unattributed credit has the date of its conversion on both.
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
	millionths int64 // no more than a million for each of 2^31 conversions
	isLeft     bool  // of what no touch earned: some of it was left under this model
}

// A cube adds up credit. Its size depends on the reports and not on the number of journeys. Cells that
// differ only in channel and campaign are a slice, which finds a cell by the dense key of both. This
// matters because finding cells takes most of the time.
type cube struct {
	models int
	slices map[cell]slice
}

// A slice has the sums, one per model, of its cells by place (kind.place).
type slice map[int32]*sums

// sums are the sums of one cell.
type sums struct {
	channel, campaign int32
	byModel           []sum
}

func newCube(models int) *cube { return &cube{models: models, slices: map[cell]slice{}} }

// slice returns the cells that have all of a key but channel and campaign.
func (c *cube) slice(key cell) slice {
	found := c.slices[key]
	if found == nil {
		found = slice{}
		c.slices[key] = found
	}
	return found
}

// at returns the sums of the cell for touches of a kind.
func (c *cube) at(s slice, k *kind) []sum {
	found := s[k.place]
	if found == nil {
		found = &sums{channel: k.channel, campaign: k.campaign, byModel: make([]sum, c.models)}
		s[k.place] = found
	}
	return found.byModel
}

// unattributed returns the sums of the cell for unattributed credit.
func (c *cube) unattributed(s slice) []sum {
	return c.at(s, &kind{place: unattributed, channel: unattributed, campaign: unattributed})
}

// merge adds the sums of another cube.
func (c *cube) merge(other *cube) {
	for key, cells := range other.slices {
		into := c.slice(key)
		for place, from := range cells {
			to := c.at(into, &kind{place: place, channel: from.channel, campaign: from.campaign})
			for m := range to {
				to[m].minor.addWide(from.byModel[m].minor)
				to[m].millionths += from.byModel[m].millionths
				to[m].isLeft = to[m].isLeft || from.byModel[m].isLeft
			}
		}
	}
}

var cubeSchema = cubeSchemaOf("model")

// cubeSchemaOf is that of a cube whose sums side by side are each of a model, or of something else.
func cubeSchemaOf(side string) *arrow.Schema {
	return arrow.NewSchema([]arrow.Field{
		{Name: "basis", Type: arrow.BinaryTypes.String},
		{Name: "conversion_type", Type: arrow.PrimitiveTypes.Int32},
		{Name: "opportunity_type", Type: arrow.BinaryTypes.String},
		{Name: "reason", Type: arrow.BinaryTypes.String, Nullable: true},
		{Name: "channel_key", Type: arrow.PrimitiveTypes.Int32},
		{Name: "campaign_key", Type: arrow.PrimitiveTypes.Int32},
		{Name: "is_open", Type: arrow.FixedWidthTypes.Boolean},
		{Name: "month", Type: arrow.FixedWidthTypes.Date32, Nullable: true},
		{Name: side, Type: arrow.BinaryTypes.String},
		{Name: "minor", Type: wideType},
		{Name: "millionths", Type: wideType},
	}, nil)
}

// store writes the cube to the engine's table "cube": one row per cell and model for which credit was
// computed, even if it is 0. Each basis has all credit once. month is NULL outside of the reporting
// period.
func (c *cube) store(ctx context.Context, eng *engine.Engine, models []credit.Model) error {
	b := array.NewRecordBuilder(memory.DefaultAllocator, cubeSchema)
	defer b.Release()
	var names []string
	for _, m := range models {
		names = append(names, m.Name)
	}
	c.append(b, names)
	return eng.Store(ctx, "cube", b)
}

// append adds the rows of the cube; names are those of its sums, side by side.
func (c *cube) append(b *array.RecordBuilder, names []string) {
	found := map[cell][]sum{}
	for key, cells := range c.slices {
		for _, s := range cells {
			key.channel, key.campaign = s.channel, s.campaign
			found[key] = s.byModel
		}
	}
	for _, key := range slices.SortedFunc(maps.Keys(found), compareCells) {
		for m, s := range found[key] {
			if key.reason != credited && !s.isLeft {
				continue
			}
			b.Field(0).(*array.StringBuilder).Append(key.basis.String())
			b.Field(1).(*array.Int32Builder).Append(key.conversionType)
			b.Field(2).(*array.StringBuilder).Append(contract.OpportunityTypes[key.opportunityType])
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
			b.Field(8).(*array.StringBuilder).Append(names[m])
			appendCredit(b, 9, s.minor, s.millionths)
		}
	}
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
