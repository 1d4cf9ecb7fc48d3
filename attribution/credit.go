package attribution

import (
	"context"
	"fmt"
	"math/bits"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"tributary/internal/engine"
	"tributary/internal/progress"
)

// wholeUnit is the count credit of one conversion, in millionths.
const wholeUnit = 1_000_000

// chunkTouches is about how many touches are asked for at a time: the engine holds an answer in memory whole.
const chunkTouches = 1_000_000

// A conversion as the engine hands it over. Its key is its index.
type conversion struct {
	cell       cell // of its unattributed credit on the basis period
	valueMinor int64
	isCounted  bool // its anchor is at or before as-of
	noValue    bool // its amount is missing: it earns count credit only
	isReversal bool // counts no unit
	createdUS  int64
	anchorUS   int64
	touches    int64
}

// A creditor computes the credit of every conversion under every model, adds it to the cube, and hands the rows on.
type creditor struct {
	models   []Model
	graceUS  int64
	calendar calendar
	cube     cube
	rows     *creditRows // nil: rows are not wanted
	counter  *progress.Counter

	// scratch, kept from one conversion to the next
	touches []Touch
	rowsOf  []touchRow // beside touches
	cells   [][2][]sum // beside touches, one per basis
	journey Journey
	weights []uint64
}

// A touchRow is a touch and how its credit is booked.
type touchRow struct {
	key      int64
	campaign int32
	month    int32 // outside, if the touch is not in the reporting period
}

// run streams the journeys in conversion order and credits one after the other.
func (c *creditor) run(ctx context.Context, eng *engine.Engine, conversions []conversion) error {
	for from := 0; from < len(conversions); {
		to, touches := from, int64(0)
		for to < len(conversions) && (to == from || touches+conversions[to].touches <= chunkTouches) {
			touches += conversions[to].touches
			to++
		}
		next := from
		err := eng.Stream(ctx, journeysQuery, func(reader array.RecordReader) error {
			for reader.Next() {
				batch := newTouchBatch(reader.RecordBatch())
				for row := range batch.rows {
					for batch.conversion.Value(row) != int64(next) {
						if err := c.credit(int64(next), &conversions[next]); err != nil {
							return err
						}
						next++
					}
					c.touches, c.rowsOf = append(c.touches, batch.touch(row)), append(c.rowsOf, batch.row(row, &c.calendar))
				}
				c.counter.Add(int64(batch.rows))
			}
			return reader.Err()
		}, from, to)
		if err != nil {
			return fmt.Errorf("reading journeys: %w", err)
		}
		for ; next < to; next++ {
			if err := c.credit(int64(next), &conversions[next]); err != nil {
				return err
			}
		}
		from = to
	}
	return nil
}

// credit allocates one conversion, whose journey is in c.touches, under every model, and clears the journey.
func (c *creditor) credit(key int64, conv *conversion) error {
	touches, rows := c.touches, c.rowsOf
	c.touches, c.rowsOf = c.touches[:0], c.rowsOf[:0]
	if int64(len(touches)) != conv.touches {
		return fmt.Errorf("conversion %d: %d touches were read of %d", key, len(touches), conv.touches)
	}
	if !conv.isCounted {
		return nil
	}
	units := int64(wholeUnit)
	if conv.isReversal {
		units = 0
	}
	if len(touches) == 0 {
		return c.unattributed(key, conv, units)
	}
	c.cells = c.cells[:0]
	for i, t := range touches {
		at := conv.cell
		at.channel, at.campaign = t.Channel, rows[i].campaign
		byAnchor := c.cube.at(at, len(c.models))
		at.basis, at.month = cohort, rows[i].month
		c.cells = append(c.cells, [2][]sum{byAnchor, c.cube.at(at, len(c.models))})
	}
	c.journey.lay(touches, Milestones{
		CreatedUS: conv.createdUS, AnchorUS: conv.anchorUS, GraceUS: c.graceUS, IsRevenue: conv.cell.conversionType == revenue,
	})
	if cap(c.weights) < len(touches) {
		c.weights = make([]uint64, len(touches))
	}
	w := c.weights[:len(touches)]
	c.rows.begin(key, conv, rows)
	for m := range c.models {
		clear(w)
		c.models[m].Weights(&c.journey, w)
		total, err := totalOf(w)
		if err != nil {
			return fmt.Errorf("model %s, conversion %d: %w", c.models[m].Name, key, err)
		}
		if total == 0 {
			c.leave(conv, noAnchor, m, units)
		}
		money, count := allocate(conv.valueMinor, total), allocate(units, total)
		for i, weight := range w {
			minor, millionths := money.next(weight), count.next(weight)
			c.cells[i][period][m].add(minor, millionths)
			c.cells[i][cohort][m].add(minor, millionths)
			c.rows.earn(m, i, minor, millionths)
		}
	}
	return c.rows.end()
}

// unattributed gives the whole of a conversion without a journey to its reason, under every model.
func (c *creditor) unattributed(key int64, conv *conversion, units int64) error {
	if conv.cell.reason == credited {
		return fmt.Errorf("conversion %d has neither touches nor a reason", key)
	}
	c.rows.begin(key, conv, nil)
	for m := range c.models {
		c.leave(conv, conv.cell.reason, m, units)
	}
	return c.rows.end()
}

// leave gives the whole of a conversion to a reason, under one model. It has no touch, so both bases date it by its anchor.
func (c *creditor) leave(conv *conversion, reason int8, model int, units int64) {
	at := conv.cell
	at.reason = reason
	for _, at.basis = range []basis{period, cohort} {
		c.cube.at(at, len(c.models))[model].add(conv.valueMinor, units)
	}
	c.rows.leave(model, Reasons[reason], conv.valueMinor, units)
}

func (s *sum) add(minor, millionths int64) {
	s.minor.add(minor)
	s.millionths.add(millionths)
	s.touched = true
}

// totalOf adds up weights; allocation needs the total below 2^63.
func totalOf(w []uint64) (uint64, error) {
	total := uint64(0)
	for _, weight := range w {
		var carry uint64
		if total, carry = bits.Add64(total, weight, 0); carry != 0 || total >= 1<<63 {
			return 0, fmt.Errorf("its weights total 2^63 or more")
		}
	}
	return total, nil
}

// journeysQuery reads the touches of the conversions from $1 up to, not including, $2, in journey order.
const journeysQuery = `
SELECT conversion_key, touch_key, occurred_us, lead_us, channel_key, campaign_key, is_direct, touch_in_period, lead_from_us, lead_until_us
FROM touches
WHERE conversion_key >= $1 AND conversion_key < $2
ORDER BY conversion_key, touch_key`

// A touchBatch is the columns of one record batch of journeysQuery.
type touchBatch struct {
	rows                                int
	conversion, key, occurredUS, leadUS *array.Int64
	channel, campaign                   *array.Int32
	direct, inPeriod                    *array.Boolean
	leadFromUS, leadUntilUS             *array.Int64
}

func newTouchBatch(b arrow.RecordBatch) touchBatch {
	return touchBatch{
		rows:       int(b.NumRows()),
		conversion: b.Column(0).(*array.Int64),
		key:        b.Column(1).(*array.Int64),
		occurredUS: b.Column(2).(*array.Int64),
		leadUS:     b.Column(3).(*array.Int64),
		channel:    b.Column(4).(*array.Int32),
		campaign:   b.Column(5).(*array.Int32),
		direct:     b.Column(6).(*array.Boolean),
		inPeriod:   b.Column(7).(*array.Boolean),
		leadFromUS: b.Column(8).(*array.Int64), leadUntilUS: b.Column(9).(*array.Int64),
	}
}

func (b *touchBatch) touch(row int) Touch {
	t := Touch{OccurredUS: b.occurredUS.Value(row), LeadUS: Never, Channel: b.channel.Value(row), Direct: b.direct.Value(row)}
	if b.leadUS.IsValid(row) {
		t.LeadUS, t.LeadFromUS, t.LeadUntilUS = b.leadUS.Value(row), b.leadFromUS.Value(row), b.leadUntilUS.Value(row)
	}
	return t
}

func (b *touchBatch) row(row int, calendar *calendar) touchRow {
	t := touchRow{key: b.key.Value(row), campaign: b.campaign.Value(row), month: outside}
	if b.inPeriod.Value(row) {
		t.month = calendar.monthOf(b.occurredUS.Value(row))
	}
	return t
}
