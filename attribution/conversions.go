package attribution

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"tributary/internal/engine"
	"tributary/internal/failure"
)

// readConversions reads every conversion in the order of its key, which is its index.
func readConversions(ctx context.Context, eng *engine.Engine, calendar *calendar) ([]conversion, error) {
	rows, err := eng.Rows(ctx, `
		SELECT
			c.conversion_type, c.opportunity_type, c.is_open, c.anchor_in_period, c.is_counted,
			COALESCE(c.value_minor, 0), c.value_minor IS NULL, c.reverses_opportunity_id IS NOT NULL,
			COALESCE(s.created_us, ?), s.anchor_until_us, c.anchor_us, COALESCE(j.touches, 0), COALESCE(j.reason, '')
		FROM conversions AS c
		LEFT JOIN journeys AS j ON j.conversion_key = c.conversion_key
		LEFT JOIN conversions AS s ON s.conversion_key = COALESCE(j.source_key, c.conversion_key)
		ORDER BY c.conversion_key`, NoOpportunity)
	if err != nil {
		return nil, fmt.Errorf("reading conversions: %w", err)
	}
	defer rows.Close()
	var conversions []conversion
	for rows.Next() {
		var c conversion
		var ownAnchorUS int64
		var inPeriod bool
		var opportunityType, reason string
		if err := rows.Scan(
			&c.cell.conversionType, &opportunityType, &c.cell.isOpen, &inPeriod, &c.isCounted,
			&c.valueMinor, &c.noValue, &c.isReversal,
			&c.createdUS, &c.anchorUS, &ownAnchorUS, &c.touches, &reason,
		); err != nil {
			return nil, fmt.Errorf("reading conversions: %w", err)
		}
		c.cell.channel, c.cell.campaign, c.cell.month = unattributed, unattributed, outside
		if inPeriod {
			c.cell.month = calendar.monthOf(ownAnchorUS)
		}
		c.cell.opportunityType, c.cell.reason = int8(slices.Index(OpportunityTypes, opportunityType)), int8(slices.Index(Reasons, reason)) // "" is credited
		conversions = append(conversions, c)
	}
	return conversions, rows.Err()
}

// runKeepingRows is run, with every credit row kept in the engine's table "credit_rows".
func (c *creditor) runKeepingRows(ctx context.Context, eng *engine.Engine, conversions []conversion) error {
	return eng.Fill(ctx, "credit_rows", creditSchema(c.models), func(send func(arrow.RecordBatch) error) error {
		c.rows = newCreditRows(c.models, send)
		if err := c.run(ctx, eng, conversions); err != nil {
			return err
		}
		return c.rows.flush()
	})
}

// refuseUnanchored stops where a conversion has no instant, or an amount no rate: each is an error that only the source
// of the data can mend.
func refuseUnanchored(ctx context.Context, eng *engine.Engine) error {
	var problems []error
	for _, p := range []struct{ query, sentence string }{
		{
			`SELECT opportunity_id FROM opportunity_facts WHERE is_won AND won_us IS NULL`,
			"opportunities: closed_at: won, but neither closed_at nor stage_history says when (give closed_at)",
		},
		{
			`SELECT opportunity_id || ' (' || amount_currency || ' on ' || COALESCE(CAST(anchor_day AS VARCHAR), 'no day') || ')' FROM conversions WHERE rate_missing AND anchor_us IS NOT NULL`,
			"opportunities: amount: no rate in exchange_rates at or before the day (add it; a missing rate is never taken as 1)",
		},
		{
			`SELECT opportunity_id || ' (' || amount_currency || ' on ' || COALESCE(CAST(anchor_day AS VARCHAR), 'no day') || ')' FROM conversions WHERE value_too_large`,
			"opportunities: amount: converted, it does not fit 64 bits of minor units (is the amount or the rate mistyped?)",
		},
		{
			`SELECT DISTINCT cost_currency || ' on ' || day FROM cost_days WHERE rate_missing`,
			"costs: amount: no rate in exchange_rates at or before the day (add it; a missing rate is never taken as 1)",
		},
		{
			`SELECT too_large || ' (' || cost_currency || ' on ' || MIN(day) || ')' FROM cost_days WHERE too_large IS NOT NULL
			 GROUP BY too_large, cost_currency, ends_on`,
			"costs: amount: converted, it does not fit 64 bits of millionths (is the amount or the rate mistyped?)",
		},
		{
			`SELECT r.currency || ' from ' || r.effective_on FROM exchange_rates AS r INNER JOIN settings AS g ON g.currency = r.currency
			 WHERE r.rate_digits <> 1 OR r.rate_scale <> 0`,
			"exchange_rates: rate: the reporting currency is worth one of itself, and nothing else (is another reporting currency meant?)",
		},
	} {
		found, err := eng.Texts(ctx, p.query+" ORDER BY 1")
		if err != nil {
			return err
		}
		if len(found) > 0 {
			problems = append(problems, failure.Errorf(failure.Contract, "%s: %s", p.sentence, examples(found)))
		}
	}
	return errors.Join(problems...)
}

// examples quotes the first ten of a list, and says how many there are.
func examples(found []string) string {
	var quoted []string
	for _, text := range found[:min(10, len(found))] {
		quoted = append(quoted, strconv.Quote(text))
	}
	if len(found) > 10 {
		quoted = append(quoted, fmt.Sprintf("... (%d in all)", len(found)))
	}
	return strings.Join(quoted, ", ")
}

// followReversals makes reversal_roots: one row per counted conversion of an opportunity that reverses another one with a
// counted conversion of the same type, with the conversion at the end of that chain.
func followReversals(ctx context.Context, eng *engine.Engine) error {
	links, err := int32Columns(ctx, eng, 2, `
		SELECT CAST(r.conversion_key AS INTEGER), CAST(o.conversion_key AS INTEGER)
		FROM conversions AS r
		INNER JOIN conversions AS o ON o.opportunity_id = r.reverses_opportunity_id AND o.conversion_type = r.conversion_type
		WHERE r.is_counted AND o.is_counted
		ORDER BY 1`)
	if err != nil {
		return err
	}
	reverses := map[int32]int32{}
	for i, key := range links[0] {
		reverses[key] = links[1][i]
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema([]arrow.Field{
		{Name: "conversion_key", Type: arrow.PrimitiveTypes.Int64}, {Name: "root_key", Type: arrow.PrimitiveTypes.Int64},
	}, nil))
	defer b.Release()
	for _, key := range links[0] {
		root, steps := reverses[key], 0
		for next, further := reverses[root]; further; next, further = reverses[root] {
			root = next
			if steps++; steps > len(reverses) {
				found, err := eng.Texts(ctx, `SELECT opportunity_id FROM conversions WHERE conversion_key = ?`, int64(key))
				if err != nil {
					return err
				}
				return failure.Errorf(failure.Contract, "opportunities: reverses_opportunity_id: %q is reversed by what it reverses, directly or through others (correct one of them)", strings.Join(found, ""))
			}
		}
		b.Field(0).(*array.Int64Builder).Append(int64(key))
		b.Field(1).(*array.Int64Builder).Append(int64(root))
	}
	return eng.Store(ctx, "reversal_roots", b)
}
