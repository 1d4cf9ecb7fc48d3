package attribution

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

// A conversion is a row of conversions, as the pass reads it. Its key is its index.
type conversion struct {
	cell       cell  // of its unattributed credit on the basis period, but for the reason
	week       int32 // of its anchor: the first day, in days since 1970; outside
	valueMinor int64
	isCounted  bool // its anchor is at or before as-of
	noValue    bool // its amount is missing: it earns count credit only
	isReversal bool // counts no unit

	opportunity, person         int32 // dense keys; -1: it is of the other kind
	createdUS                   int64 // of the opportunity; NoOpportunity of a person
	windowFromUS, anchorUntilUS int64 // where its touches may lie
	lookbackFromUS              int64 // where the look-back begins; windowFromUS is later where the account's last win is
	source                      int32 // the conversion whose journey it uses: its own, but for a reversal
}

// readConversions reads every conversion to its index.
func readConversions(ctx context.Context, eng *engine.Engine, weekFrom time.Weekday) ([]conversion, error) {
	var count int
	if err := eng.Row(ctx, `SELECT COUNT(*) FROM conversions`, nil, &count); err != nil {
		return nil, fmt.Errorf("reading conversions: %w", err)
	}
	conversions := make([]conversion, count)
	err := eng.Stream(ctx, queryText("conversion_rows"),
		func(reader array.RecordReader) error {
			for reader.Next() {
				readConversionBatch(conversions, reader.RecordBatch(), weekFrom)
			}
			return reader.Err()
		}, credit.NoOpportunity)
	if err != nil {
		return nil, fmt.Errorf("reading conversions: %w", err)
	}
	return conversions, nil
}

func readConversionBatch(conversions []conversion, b arrow.RecordBatch, weekFrom time.Weekday) {
	types, opportunityTypes := int32s(b, 1), b.Column(2).(*array.String)
	isOpen, isCounted, isReversal := b.Column(3).(*array.Boolean), b.Column(4).(*array.Boolean), b.Column(5).(*array.Boolean)
	values, months, days := b.Column(6).(*array.Int64), b.Column(7).(*array.Date32), b.Column(8).(*array.Date32)
	opportunities, persons, created, windows, anchors, sources, lookbacks := int32s(b, 9), int32s(b, 10), int64s(b, 11), int64s(b, 12), int64s(b, 13), int32s(b, 14), int64s(b, 15)
	for i, key := range int64s(b, 0) {
		c := &conversions[key]
		c.cell = cell{conversionType: types[i], opportunityType: int8(slices.Index(contract.OpportunityTypes, opportunityTypes.Value(i))), reason: credited,
			isOpen: isOpen.Value(i), channel: unattributed, campaign: unattributed, month: outside}
		c.week = outside
		if months.IsValid(i) {
			c.cell.month, c.week = int32(months.Value(i)), weekOfDay(int32(days.Value(i)), weekFrom)
		}
		c.isCounted, c.isReversal, c.noValue = isCounted.Value(i), isReversal.Value(i), values.IsNull(i)
		if !c.noValue {
			c.valueMinor = values.Value(i)
		}
		c.opportunity, c.person, c.source = opportunities[i], persons[i], sources[i]
		c.createdUS, c.windowFromUS, c.anchorUntilUS, c.lookbackFromUS = created[i], windows[i], anchors[i], lookbacks[i]
	}
}

// refuseUnanchored returns an error if a conversion has no instant, or an amount no exchange rate.
// Only the source of the data can correct these.
func refuseUnanchored(ctx context.Context, eng *engine.Engine) error {
	var problems []error
	for _, p := range []struct{ query, sentence, hint string }{
		{
			`SELECT opportunity_id FROM opportunity_facts WHERE is_won AND won_us IS NULL`,
			"opportunities: closed_at: won, but neither closed_at nor stage_history says when", "fill closed_at, or deliver the win in stage_history",
		},
		{
			`SELECT opportunity_id || ' (' || amount_currency || ' on ' || COALESCE(CAST(anchor_day AS VARCHAR), 'no day') || ')' FROM conversions WHERE rate_missing AND anchor_us IS NOT NULL`,
			"opportunities: amount: no rate in exchange_rates at or before the day", "add the rate; a missing rate is never taken as 1",
		},
		{
			`SELECT opportunity_id || ' (' || amount_currency || ' on ' || COALESCE(CAST(anchor_day AS VARCHAR), 'no day') || ')' FROM conversions WHERE value_too_large`,
			"opportunities: amount: converted, it does not fit 64 bits of minor units", "check the amount and the rate for a typing error",
		},
		{
			`SELECT DISTINCT cost_currency || ' on ' || day FROM cost_days WHERE rate_missing`,
			"costs: amount: no rate in exchange_rates at or before the day", "add the rate; a missing rate is never taken as 1",
		},
		{
			`SELECT too_large || ' (' || cost_currency || ' on ' || MIN(day) || ')' FROM cost_days WHERE too_large IS NOT NULL
			 GROUP BY too_large, cost_currency, ends_on`,
			"costs: amount or reported_value: converted, it does not fit 64 bits of millionths", "check the amount and the rate for a typing error",
		},
		{
			`SELECT DISTINCT i.currency || ' on ' || c.anchor_day FROM crm_influence_sums AS i INNER JOIN conversions AS c ON c.conversion_key = i.conversion_key WHERE i.rate_missing`,
			"crm_influence: amount: no rate in exchange_rates at or before the day", "add the rate; a missing rate is never taken as 1",
		},
		{
			`SELECT c.opportunity_id FROM crm_influence_sums AS i INNER JOIN conversions AS c ON c.conversion_key = i.conversion_key
			 WHERE i.value_too_large OR NOT i.minor BETWEEN -9223372036854775807 AND 9223372036854775807`,
			"crm_influence: amount: converted, it does not fit 64 bits of minor units", "check the amount and the rate for a typing error",
		},
		{
			`SELECT r.currency || ' from ' || r.effective_on FROM exchange_rates AS r INNER JOIN settings AS g ON g.currency = r.currency
			 WHERE r.rate_digits <> 1 OR r.rate_scale <> 0`,
			"exchange_rates: rate: the rate of the reporting currency must be 1", "check reporting.currency",
		},
	} {
		found, err := eng.Texts(ctx, p.query+" ORDER BY 1")
		if err != nil {
			return err
		}
		if len(found) > 0 {
			problems = append(problems, failure.Errorf(failure.Contract, "%s: %s\nhint: %s", p.sentence, examples(found), p.hint))
		}
	}
	return errors.Join(problems...)
}

// examples quotes the first ten of a list, with the number of the others.
func examples(found []string) string {
	var quoted []string
	for _, text := range found[:min(10, len(found))] {
		quoted = append(quoted, strconv.Quote(text))
	}
	if len(found) > 10 {
		quoted = append(quoted, "... ("+words.Number(len(found))+" in all)")
	}
	return strings.Join(quoted, ", ")
}

// followReversals makes reversal_roots: one row per counted conversion of an opportunity that
// reverses another one with a counted conversion of the same type, with the conversion at the end
// of that chain.
func followReversals(ctx context.Context, eng *engine.Engine) error {
	links, err := int32Columns(ctx, eng, 2, queryText("reversals"))
	if err != nil {
		return err
	}
	reverses := map[int32]int32{}
	for i, key := range links[0] {
		reverses[key] = links[1][i]
	}
	b := engine.NewTable("conversion_key BIGINT", "root_key BIGINT")
	for _, key := range links[0] {
		root, steps := reverses[key], 0
		for next, further := reverses[root]; further; next, further = reverses[root] {
			root = next
			if steps++; steps > len(reverses) {
				found, err := eng.Texts(ctx, `SELECT opportunity_id FROM conversions WHERE conversion_key = ?`, int64(key))
				if err != nil {
					return err
				}
				return failure.Errorf(failure.Contract, "opportunities: reverses_opportunity_id: %q reverses an opportunity that reverses it, directly or through others\nhint: correct one of them", strings.Join(found, ""))
			}
		}
		b.Add(key, root)
	}
	return eng.StoreTable(ctx, "reversal_roots", b)
}
