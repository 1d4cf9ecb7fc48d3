package attribution

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// Weeks add up credit by week and channel. They cannot be computed from the cube, because weeks are
// not parts of months. They have no campaigns: with campaigns, there would be five times as many
// cells as in the cube.
type weeks struct {
	from   time.Weekday // the first day of a week
	byCell map[weekCell]week
}

// A weekCell has everything by which weeks group credit, except the channel and the model.
type weekCell struct {
	first           int32 // its first day, in days since 1970; outside
	conversionType  int32
	basis           basis
	opportunityType int8
	isOpen          bool
}

// A week has the sums, one per model, of its channels by their key.
type week map[int32][]sum

// newWeeks returns nil if weeks are not wanted.
func newWeeks(o Options) *weeks {
	if !o.Reporting.Weeks {
		return nil
	}
	return &weeks{from: o.Reporting.FirstWeekday(), byCell: map[weekCell]week{}}
}

// inWeek is the cell of weeks for the credit of the cube's cell c.
func (c cell) inWeek(b basis, first int32) weekCell {
	return weekCell{first: first, conversionType: c.conversionType, basis: b, opportunityType: c.opportunityType, isOpen: c.isOpen}
}

// of returns the week of a cell.
func (w *weeks) of(key weekCell) week {
	found := w.byCell[key]
	if found == nil {
		found = week{}
		w.byCell[key] = found
	}
	return found
}

// of returns the sums of a channel.
func (w week) of(channel int32, models int) []sum {
	found := w[channel]
	if found == nil {
		found = make([]sum, models)
		w[channel] = found
	}
	return found
}

// merge adds the sums of other weeks.
func (w *weeks) merge(other *weeks, models int) {
	if w == nil {
		return
	}
	for key, from := range other.byCell {
		into := w.of(key)
		for channel, sums := range from {
			to := into.of(channel, models)
			for m := range to {
				to[m].minor.addWide(sums[m].minor)
				to[m].millionths += sums[m].millionths
				to[m].isLeft = to[m].isLeft || sums[m].isLeft
			}
		}
	}
}

var weeksSchema = arrow.NewSchema([]arrow.Field{
	{Name: "basis", Type: arrow.BinaryTypes.String},
	{Name: "conversion_type", Type: arrow.PrimitiveTypes.Int32},
	{Name: "opportunity_type", Type: arrow.BinaryTypes.String},
	{Name: "channel_key", Type: arrow.PrimitiveTypes.Int32},
	{Name: "is_open", Type: arrow.FixedWidthTypes.Boolean},
	{Name: "week", Type: arrow.FixedWidthTypes.Date32},
	{Name: "model", Type: arrow.BinaryTypes.String},
	{Name: "minor", Type: wideType},
	{Name: "millionths", Type: wideType},
}, nil)

// store writes week_credit: one row per cell, channel and model, of the reporting period. Without
// weeks it is empty.
func (w *weeks) store(ctx context.Context, eng *engine.Engine, models []credit.Model) error {
	return eng.Fill(ctx, "week_credit", weeksSchema, func(send func(arrow.RecordBatch) error) error {
		b := array.NewRecordBuilder(memory.DefaultAllocator, weeksSchema)
		defer b.Release()
		for _, key := range w.cells() {
			byChannel := w.byCell[key]
			for _, channel := range slices.Sorted(maps.Keys(byChannel)) {
				for m, s := range byChannel[channel] {
					if channel == unattributed && !s.isLeft {
						continue // all of it was credited under this model
					}
					b.Field(0).(*array.StringBuilder).Append(key.basis.String())
					b.Field(1).(*array.Int32Builder).Append(key.conversionType)
					b.Field(2).(*array.StringBuilder).Append(contract.OpportunityTypes[key.opportunityType])
					b.Field(3).(*array.Int32Builder).Append(channel)
					b.Field(4).(*array.BooleanBuilder).Append(key.isOpen)
					b.Field(5).(*array.Date32Builder).Append(arrow.Date32(key.first))
					b.Field(6).(*array.StringBuilder).Append(models[m].Name)
					appendCredit(b, 7, s.minor, s.millionths)
				}
			}
			if b.Field(0).Len() >= batchRows {
				if err := send(b.NewRecordBatch()); err != nil {
					return err
				}
			}
		}
		return send(b.NewRecordBatch())
	})
}

// cells are those of the reporting period, in order.
func (w *weeks) cells() []weekCell {
	if w == nil {
		return nil
	}
	all := slices.SortedFunc(maps.Keys(w.byCell), func(a, b weekCell) int {
		return cmp.Or(
			cmp.Compare(a.basis, b.basis),
			cmp.Compare(a.conversionType, b.conversionType),
			cmp.Compare(a.opportunityType, b.opportunityType),
			compareBools(a.isOpen, b.isOpen),
			cmp.Compare(a.first, b.first),
		)
	})
	return slices.DeleteFunc(all, func(c weekCell) bool { return c.first == outside })
}
