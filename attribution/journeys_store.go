package attribution

import (
	"context"
	"fmt"
	"maps"
	"math/bits"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/internal/engine"
)

// store makes the tables journeys and journey_channels.
func (p *pass) store(ctx context.Context, eng *engine.Engine) error {
	if err := eng.Fill(ctx, "built_journeys", journeysSchema, p.sendJourneys); err != nil {
		return fmt.Errorf("storing journeys: %w", err)
	}
	if err := eng.Fill(ctx, "journey_channels", channelsSchema, p.sendChannels); err != nil {
		return fmt.Errorf("storing journeys: %w", err)
	}
	if p.options.Credits && len(p.models) > 0 {
		if err := eng.Exec(ctx, `CREATE VIEW credit_rows AS SELECT * FROM credits_at_once UNION ALL SELECT * FROM credits_put_off`); err != nil {
			return err
		}
	}
	if err := p.storeTotals(ctx, eng); err != nil || len(p.models) == 0 {
		return err
	}
	first := p.workers[0].credit
	for _, w := range p.workers[1:] {
		first.cube.merge(w.credit.cube)
		first.weeks.merge(w.credit.weeks, len(p.models))
		first.dimensions.merge(w.credit.dimensions)
		first.value.merge(w.credit.value)
		for kind, minor := range w.credit.revenue {
			first.revenue[kind].addWide(minor)
		}
	}
	if err := storeRevenue(ctx, eng, first.revenue); err != nil {
		return fmt.Errorf("storing revenue by kind of touchpoints: %w", err)
	}
	if err := p.storePolicies(ctx, eng); err != nil {
		return err
	}
	if err := p.storePrimary(ctx, eng); err != nil {
		return err
	}
	if err := p.storeJourneyCredit(ctx, eng); err != nil {
		return err
	}
	if err := p.storePaths(ctx, eng); err != nil {
		return fmt.Errorf("storing paths: %w", err)
	}
	if err := first.weeks.store(ctx, eng, p.models); err != nil {
		return fmt.Errorf("storing credit by week: %w", err)
	}
	if err := first.dimensions.store(ctx, eng, p.models); err != nil {
		return fmt.Errorf("storing credit by dimension: %w", err)
	}
	if err := first.value.store(ctx, eng, p.models); err != nil {
		return fmt.Errorf("storing the value after the win: %w", err)
	}
	return first.cube.store(ctx, eng, p.models)
}

// storeRevenue makes kind_revenue: the credit of the primary model by kind of touchpoints, of the
// revenue won in the reporting period, in minor units. A kind without revenue has no row.
func storeRevenue(ctx context.Context, eng *engine.Engine, revenue []wide) error {
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema([]arrow.Field{
		{Name: "kind", Type: arrow.PrimitiveTypes.Int32}, {Name: "minor", Type: wideType},
	}, nil))
	defer b.Release()
	for kind, minor := range revenue {
		if minor == (wide{}) {
			continue
		}
		b.Field(0).(*array.Int32Builder).Append(int32(kind))
		appendWide(b, 1, minor)
	}
	return eng.Store(ctx, "kind_revenue", b)
}

var journeysSchema = arrow.NewSchema([]arrow.Field{
	{Name: "conversion_key", Type: arrow.PrimitiveTypes.Int64}, {Name: "source_key", Type: arrow.PrimitiveTypes.Int64},
	{Name: "touches", Type: arrow.PrimitiveTypes.Int64}, {Name: "step", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
	{Name: "reason", Type: arrow.BinaryTypes.String, Nullable: true}, {Name: "first_channel_key", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
	{Name: "first_campaign_key", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
	{Name: "by_role", Type: arrow.PrimitiveTypes.Int64}, {Name: "by_contact_account", Type: arrow.PrimitiveTypes.Int64},
	{Name: "by_lead_account", Type: arrow.PrimitiveTypes.Int64}, {Name: "by_email_domain", Type: arrow.PrimitiveTypes.Int64},
	{Name: "by_person", Type: arrow.PrimitiveTypes.Int64}, {Name: "by_account_touch", Type: arrow.PrimitiveTypes.Int64},
}, nil)

func (p *pass) sendJourneys(send func(arrow.RecordBatch) error) error {
	b := array.NewRecordBuilder(memory.DefaultAllocator, journeysSchema)
	defer b.Release()
	for key, j := range p.journeys {
		if !p.conversions[key].isCounted {
			continue
		}
		b.Field(0).(*array.Int64Builder).Append(int64(key))
		b.Field(1).(*array.Int64Builder).Append(int64(p.conversions[key].source))
		b.Field(2).(*array.Int64Builder).Append(int64(j.touches))
		if j.reason == credited {
			b.Field(3).(*array.Int32Builder).Append(int32(j.path))
			b.Field(4).AppendNull()
			first := p.touches.kinds[j.firstKind]
			b.Field(5).(*array.Int32Builder).Append(first.channel)
			b.Field(6).(*array.Int32Builder).Append(first.campaign)
		} else {
			b.Field(3).AppendNull()
			b.Field(4).(*array.StringBuilder).Append(Reasons[j.reason])
			b.Field(5).AppendNull()
			b.Field(6).AppendNull()
		}
		for method, n := range j.by {
			b.Field(7 + method).(*array.Int64Builder).Append(int64(n))
		}
		if b.Field(0).Len() == batchRows {
			if err := send(b.NewRecordBatch()); err != nil {
				return err
			}
		}
	}
	return send(b.NewRecordBatch())
}

var channelsSchema = arrow.NewSchema([]arrow.Field{
	{Name: "conversion_key", Type: arrow.PrimitiveTypes.Int64}, {Name: "channel_key", Type: arrow.PrimitiveTypes.Int32},
	{Name: "is_before_creation", Type: arrow.FixedWidthTypes.Boolean}, {Name: "primary_minor", Type: arrow.PrimitiveTypes.Int64},
	{Name: "primary_millionths", Type: arrow.PrimitiveTypes.Int64},
}, nil)

func (p *pass) sendChannels(send func(arrow.RecordBatch) error) error {
	b := array.NewRecordBuilder(memory.DefaultAllocator, channelsSchema)
	defer b.Release()
	for _, w := range p.workers {
		for _, c := range w.channels {
			b.Field(0).(*array.Int64Builder).Append(int64(c.conversion))
			b.Field(1).(*array.Int32Builder).Append(c.channel)
			b.Field(2).(*array.BooleanBuilder).Append(c.isBeforeCreation)
			b.Field(3).(*array.Int64Builder).Append(c.primary.minor)
			b.Field(4).(*array.Int64Builder).Append(c.primary.millionths)
			if b.Field(0).Len() == batchRows {
				if err := send(b.NewRecordBatch()); err != nil {
					return err
				}
			}
		}
	}
	return send(b.NewRecordBatch())
}

// storeTotals makes touch_totals, one row: the number of touchpoints, how many of them are in the
// journey of an opportunity and how many at midnight UTC, and the instant from which on nearly all
// of them are (usual_from_us): the first percentile; of fewer than 200 touchpoints the second one
// in order of time; NULL if there is none.
func (p *pass) storeTotals(ctx context.Context, eng *engine.Engine) error {
	inOpportunities := 0
	for _, word := range p.used {
		inOpportunities += bits.OnesCount64(word)
	}
	atMidnight := 0
	for _, s := range p.touches.stamps {
		if s.us%dayUS == 0 {
			atMidnight++
		}
	}
	var usual any
	if n := max(2, (len(p.touches.stamps)+99)/100); n <= len(p.touches.stamps) {
		usual = p.touches.nthUS(n)
	}
	return eng.Exec(ctx, `CREATE OR REPLACE TABLE touch_totals AS
		SELECT CAST(? AS BIGINT) AS touches, CAST(? AS BIGINT) AS in_opportunities, CAST(? AS BIGINT) AS at_midnight, CAST(? AS BIGINT) AS usual_from_us`,
		len(p.touches.stamps), inOpportunities, atMidnight, usual)
}

// nthUS is the instant of the nth touchpoint, from 1, in order of time.
func (t *touches) nthUS(n int) int64 {
	perDay := map[int64]int{}
	for _, s := range t.stamps {
		perDay[s.us/dayUS]++ // instants before 1970 do not occur
	}
	for _, d := range slices.Sorted(maps.Keys(perDay)) {
		if n > perDay[d] {
			n -= perDay[d]
			continue
		}
		var ofDay []int64
		for _, s := range t.stamps {
			if s.us/dayUS == d {
				ofDay = append(ofDay, s.us)
			}
		}
		slices.Sort(ofDay)
		return ofDay[n-1]
	}
	return 0
}
