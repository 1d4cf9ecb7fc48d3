package attribution

import (
	"context"
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/internal/engine"
)

// A campaignCredit is the credit of the primary model for the touchpoints of one channel and
// campaign in the journey of an opportunity's conversion.
type campaignCredit struct {
	conversion, channel, campaign int32
	touches                       int32
	minor, millionths             int64
}

// A campaignLedger adds up the credit of the primary model by opportunity, channel and campaign.
// Reports compare these sums with the figures of the CRM. There are as many as campaigns in all
// journeys, so a run without figures of the CRM has a nil ledger, which adds nothing. It is not
// safe for concurrent use.
type campaignLedger struct {
	kinds  []kind
	rows   []campaignCredit
	places []int32 // by kind.place: where its row is in rows, plus one; 0: the journey at hand has none yet
	used   []int32 // the places of the journey at hand
	steps  []step  // of the journey at hand; nil: it is of no opportunity in the reporting period
}

func newCampaignLedger(kinds []kind) *campaignLedger {
	places := int32(0)
	for _, k := range kinds {
		places = max(places, k.place+1)
	}
	return &campaignLedger{kinds: kinds, places: make([]int32, places)}
}

// begin starts a conversion with the steps of its journey.
func (l *campaignLedger) begin(key int32, c *conversion, steps []step) {
	if l == nil {
		return
	}
	for _, place := range l.used {
		l.places[place] = 0
	}
	l.steps, l.used = nil, l.used[:0]
	if c.opportunity < 0 || c.cell.month == outside {
		return
	}
	l.steps = steps
	for _, s := range steps {
		k := &l.kinds[s.kind]
		if l.places[k.place] == 0 {
			l.rows = append(l.rows, campaignCredit{conversion: key, channel: k.channel, campaign: k.campaign})
			l.places[k.place] = int32(len(l.rows))
			l.used = append(l.used, k.place)
		}
		l.rows[l.places[k.place]-1].touches++
	}
}

// earn records the credit of a step of the current journey.
func (l *campaignLedger) earn(step int, minor, millionths int64) {
	if l == nil || l.steps == nil {
		return
	}
	r := &l.rows[l.places[l.kinds[l.steps[step].kind].place]-1]
	r.minor += minor
	r.millionths += millionths
}

// storeJourneyCredit makes journey_credit from the sums of the workers.
func (p *pass) storeJourneyCredit(ctx context.Context, eng *engine.Engine) error {
	err := eng.Fill(ctx, "journey_credit", journeyCreditSchema, func(send func(arrow.RecordBatch) error) error {
		b := array.NewRecordBuilder(memory.DefaultAllocator, journeyCreditSchema)
		defer b.Release()
		for _, w := range p.workers {
			if w.credit.sides.ledger == nil {
				continue
			}
			for _, r := range w.credit.sides.ledger.rows {
				b.Field(0).(*array.Int64Builder).Append(int64(r.conversion))
				b.Field(1).(*array.Int32Builder).Append(r.channel)
				b.Field(2).(*array.Int32Builder).Append(r.campaign)
				b.Field(3).(*array.Int64Builder).Append(int64(r.touches))
				b.Field(4).(*array.Int64Builder).Append(r.minor)
				b.Field(5).(*array.Int64Builder).Append(r.millionths)
				if b.Field(0).Len() == batchRows {
					if err := send(b.NewRecordBatch()); err != nil {
						return err
					}
				}
			}
		}
		return send(b.NewRecordBatch())
	})
	if err != nil {
		return fmt.Errorf("storing credit by opportunity and campaign: %w", err)
	}
	return nil
}

var journeyCreditSchema = arrow.NewSchema([]arrow.Field{
	{Name: "conversion_key", Type: arrow.PrimitiveTypes.Int64}, {Name: "channel_key", Type: arrow.PrimitiveTypes.Int32},
	{Name: "campaign_key", Type: arrow.PrimitiveTypes.Int32}, {Name: "touches", Type: arrow.PrimitiveTypes.Int64},
	{Name: "minor", Type: arrow.PrimitiveTypes.Int64}, {Name: "millionths", Type: arrow.PrimitiveTypes.Int64},
}, nil)
