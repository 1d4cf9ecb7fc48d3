package attribution

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// A primary adds up the credit of the primary model by dimensions that the cube does not have: by
// asset, persona and stage, by the person of the touchpoint, by lead and campaign, and by
// opportunity and campaign. Credit rows have all of this, but there are as many of them as
// touchpoints in all journeys. It is not safe for concurrent use. A nil *primary adds nothing; it
// is used when buying groups are compared.
type primary struct {
	grid    *grid
	revenue map[personType]wide
	ledger  *campaignLedger // nil: the CRM has no figures
	leads   []leadCredit
	ofLead  int // where the credit of the lead at hand begins in leads

	conversion *conversion
	steps      []step
}

type personType struct {
	person          int32
	opportunityType int8
}

// A leadCredit is the credit of a campaign for one person who became a lead in the reporting period.
type leadCredit struct {
	person, campaign int32
	millionths       int64
}

// begin starts a conversion with the steps of its journey.
func (p *primary) begin(key int32, c *conversion, steps []step) {
	if p != nil {
		p.conversion, p.steps, p.ofLead = c, steps, len(p.leads)
		p.grid.begin(key, c, steps)
		p.ledger.begin(key, c, steps)
	}
}

// earn records the credit of a step.
func (p *primary) earn(step int, minor, millionths int64) {
	if p == nil {
		return
	}
	p.grid.earn(p.conversion, step, minor, millionths)
	p.ledger.earn(step, minor, millionths)
	s := &p.steps[step]
	if c := &p.conversion.cell; c.conversionType == revenue {
		at := personType{s.person, c.opportunityType}
		sum := p.revenue[at]
		sum.add(minor)
		p.revenue[at] = sum
	}
	p.lead(p.grid.touches.kinds[s.kind].campaign, millionths)
}

// leave records that the conversion is unattributed.
func (p *primary) leave(c *conversion, units int64) {
	if p != nil {
		p.conversion, p.ofLead = c, len(p.leads)
		p.lead(unattributed, units)
	}
}

// lead records the credit of a campaign for a lead of the reporting period.
func (p *primary) lead(campaign int32, millionths int64) {
	c := p.conversion
	if c.cell.conversionType != firstOfPersons || c.cell.month == outside {
		return
	}
	i := slices.IndexFunc(p.leads[p.ofLead:], func(l leadCredit) bool { return l.campaign == campaign })
	if i < 0 {
		p.leads = append(p.leads, leadCredit{c.person, campaign, millionths})
	} else {
		p.leads[p.ofLead+i].millionths += millionths
	}
}

// storePrimary makes touch_grid, touch_grid_sums, person_revenue and lead_credit from the sums of the
// workers.
func (p *pass) storePrimary(ctx context.Context, eng *engine.Engine) error {
	p.countPersons()
	first := p.workers[0].credit.sides
	for _, w := range p.workers[1:] {
		other := w.credit.sides
		first.grid.merge(other.grid)
		for at, minor := range other.revenue {
			sum := first.revenue[at]
			sum.addWide(minor)
			first.revenue[at] = sum
		}
		first.leads = append(first.leads, other.leads...)
	}
	first.grid.widen()
	if err := first.grid.store(ctx, eng); err != nil {
		return fmt.Errorf("storing touchpoints by asset, persona and stage: %w", err)
	}
	if err := first.storeRevenue(ctx, eng); err != nil {
		return fmt.Errorf("storing revenue by person: %w", err)
	}
	if err := first.storeLeads(ctx, eng); err != nil {
		return fmt.Errorf("storing credit of leads: %w", err)
	}
	return nil
}

// countPersons counts the persons with touchpoints up to as-of, on all cores.
func (p *pass) countPersons() {
	var working sync.WaitGroup
	for i, s := range stretches(len(p.touches.persons), len(p.workers)) {
		c := p.workers[i].credit
		working.Go(func() { c.sides.grid.countPersons(s.from, s.to, c.fromUS, min(c.toUS, p.options.AsOf.UnixMicro()+1)) })
	}
	working.Wait()
}

func (p *primary) storeRevenue(ctx context.Context, eng *engine.Engine) error {
	b := array.NewRecordBuilder(memory.DefaultAllocator, personRevenueSchema)
	defer b.Release()
	for _, at := range slices.SortedFunc(maps.Keys(p.revenue), func(a, b personType) int {
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.opportunityType, b.opportunityType))
	}) {
		minor := p.revenue[at]
		b.Field(0).(*array.Int64Builder).Append(int64(at.person))
		b.Field(1).(*array.StringBuilder).Append(contract.OpportunityTypes[at.opportunityType])
		appendWide(b, 2, minor)
	}
	return eng.Store(ctx, "person_revenue", b)
}

func (p *primary) storeLeads(ctx context.Context, eng *engine.Engine) error {
	return eng.Fill(ctx, "lead_credit", leadCreditSchema, func(send func(arrow.RecordBatch) error) error {
		b := array.NewRecordBuilder(memory.DefaultAllocator, leadCreditSchema)
		defer b.Release()
		for _, l := range p.leads {
			b.Field(0).(*array.Int64Builder).Append(int64(l.person))
			b.Field(1).(*array.Int32Builder).Append(l.campaign)
			b.Field(2).(*array.Int64Builder).Append(l.millionths)
			if b.Field(0).Len() == batchRows {
				if err := send(b.NewRecordBatch()); err != nil {
					return err
				}
			}
		}
		return send(b.NewRecordBatch())
	})
}

var personRevenueSchema = arrow.NewSchema([]arrow.Field{
	{Name: "person_key", Type: arrow.PrimitiveTypes.Int64}, {Name: "opportunity_type", Type: arrow.BinaryTypes.String},
	{Name: "minor", Type: wideType},
}, nil)

var leadCreditSchema = arrow.NewSchema([]arrow.Field{
	{Name: "person_key", Type: arrow.PrimitiveTypes.Int64}, {Name: "campaign_key", Type: arrow.PrimitiveTypes.Int32},
	{Name: "millionths", Type: arrow.PrimitiveTypes.Int64},
}, nil)
