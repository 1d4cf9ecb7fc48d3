package reports

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/array"

	"tributary/internal/engine"
)

// A stop is a stage of the funnel, as far as units on their way are concerned.
type stop struct {
	isWin    bool
	withinUS int64
	last     int32 // position of the last stage of the same unit: entering one up to it means having passed this one
}

// readStops reads the stages by position, from 1.
func readStops(ctx context.Context, eng *engine.Engine) ([]stop, error) {
	rows, err := eng.Rows(ctx, `
		SELECT COALESCE(entered_at = 'won', FALSE), within_days, MAX(position) OVER (PARTITION BY unit)
		FROM funnel_stages
		ORDER BY position`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	stops := []stop{{}}
	for rows.Next() {
		var s stop
		var days int64
		if err := rows.Scan(&s.isWin, &days, &s.last); err != nil {
			return nil, err
		}
		s.withinUS = days * 86_400_000_000
		stops = append(stops, s)
	}
	return stops, rows.Err()
}

// An entry of a unit to a stage.
type entry struct {
	us       int64
	untilUS  int64 // the last microsecond of the day, where it has no time; else us
	position int32
}

// A cohort of a unit: its entry to a stage of its own kind.
type cohort struct {
	us, fromUS             int64 // fromUS is the first microsecond of the day, where it has no time; else us
	position               int32
	isRecorded             bool
	opportunityType        string
	month, channel         int32
	createdMinor, wonMinor int64
}

// follow reads every unit and follows each of its cohorts to every later stage.
func (w words) follow(ctx context.Context, eng *engine.Engine, asOfUS int64) (map[passage]*crossing, error) {
	stops, err := readStops(ctx, eng)
	if err != nil {
		return nil, err
	}
	query, err := w.statement("shared/funnel_units")
	if err != nil {
		return nil, err
	}
	ranges, err := keyRanges(ctx, eng)
	if err != nil {
		return nil, fmt.Errorf("funnel_steps: %w", err)
	}
	f := follower{stops: stops, asOfUS: asOfUS, types: map[string]string{}, crossings: map[passage]*crossing{}}
	for i := 0; i+1 < len(ranges); i++ {
		if err := eng.Stream(ctx, query, f.read, ranges[i], ranges[i+1]); err != nil {
			return nil, fmt.Errorf("funnel_units: %w", err)
		}
	}
	return f.crossings, nil
}

// rowsAtOnce is about how many rows of funnel_units are asked for at a time: the engine holds an answer in memory whole.
const rowsAtOnce = 500_000

// keyRanges cuts the keys of units, so that no range holds many more rows than rowsAtOnce: an account with many people and many
// opportunities has as many entries as their product.
func keyRanges(ctx context.Context, eng *engine.Engine) ([]int64, error) {
	ranges, rows := []int64{0}, int64(0)
	err := eng.Stream(ctx, `
		SELECT b.person_key, COUNT(*)
		FROM buying_groups AS b
		INNER JOIN funnel_steps AS s ON s.opportunity_key = b.opportunity_key AND s.step = b.step
		GROUP BY b.person_key
		ORDER BY b.person_key`,
		func(reader array.RecordReader) error {
			before := int64(0)
			for reader.Next() {
				keys, counts := reader.RecordBatch().Column(0).(*array.Int64), reader.RecordBatch().Column(1).(*array.Int64)
				for i := range int(reader.RecordBatch().NumRows()) {
					const ofOneUnit = 8 // about, beside those of its opportunities
					key := keys.Value(i)
					if rows += ofOneUnit*(key-before) + 2*counts.Value(i); rows > rowsAtOnce {
						ranges, rows = append(ranges, key+1), 0
					}
					before = key
				}
			}
			return reader.Err()
		})
	return append(ranges, math.MaxInt64), err
}

// A follower reads the units of funnel_units, one after the other.
type follower struct {
	stops     []stop
	asOfUS    int64
	types     map[string]string // the engine frees the batch that a text lies in
	crossings map[passage]*crossing
}

func (f *follower) read(reader array.RecordReader) error {
	var entries []entry
	isPerson, unit := false, int64(-1)
	for reader.Next() {
		b := reader.RecordBatch()
		persons, keys, cohorts := b.Column(0).(*array.Boolean), b.Column(1).(*array.Int64), b.Column(2).(*array.Boolean)
		entered, positions, recorded := b.Column(3).(*array.Int64), b.Column(4).(*array.Int32), b.Column(5).(*array.Boolean)
		opportunityTypes, months, channels := b.Column(6).(*array.String), b.Column(7).(*array.Date32), b.Column(8).(*array.Int32)
		created, won, dayBounds := b.Column(9).(*array.Int64), b.Column(10).(*array.Int64), b.Column(11).(*array.Int64)
		for i := range int(b.NumRows()) {
			if persons.Value(i) != isPerson || keys.Value(i) != unit {
				isPerson, unit, entries = persons.Value(i), keys.Value(i), entries[:0]
			}
			if !cohorts.Value(i) {
				entries = append(entries, entry{us: entered.Value(i), untilUS: dayBounds.Value(i), position: positions.Value(i)})
				continue
			}
			kind, known := f.types[opportunityTypes.Value(i)]
			if !known {
				kind = strings.Clone(opportunityTypes.Value(i))
				f.types[kind] = kind
			}
			c := cohort{
				us: entered.Value(i), fromUS: dayBounds.Value(i), position: positions.Value(i), isRecorded: recorded.Value(i), opportunityType: kind, month: int32(months.Value(i)), channel: channels.Value(i),
				createdMinor: created.Value(i), wonMinor: won.Value(i),
			}
			for to := c.position + 1; int(to) < len(f.stops); to++ {
				c.cross(f.crossings, entries, to, f.stops[to], isPerson, f.asOfUS)
			}
		}
	}
	return reader.Err()
}

// cross adds what became of a unit on its way to a later stage to the rows that count it: of its month and channel, of either, of all.
func (c *cohort) cross(crossings map[passage]*crossing, entries []entry, to int32, stage stop, isPerson bool, asOfUS int64) {
	event, own, wasThere, wasInItself := int64(-1), int64(-1), false, false
	for _, e := range entries { // in the order of time
		switch {
		case e.position < to || e.position > stage.last: // not there, or on the other side of the handoff to opportunities
		case e.untilUS < c.fromUS: // before; on one day with a date without a time neither is before the other
			wasThere, wasInItself = true, wasInItself || e.position == to
		default:
			// A later stage stands for this one only where the unit had not been in this one before: then it moves on from there.
			if event < 0 && (e.position == to || !wasInItself) {
				event = max(e.us-c.us, 0)
			}
			if own < 0 && e.position == to {
				own = max(e.us-c.us, 0)
			}
		}
	}
	isEvent := event >= 0 && event <= stage.withinUS
	for _, month := range []int32{c.month, allMonths} {
		for _, channel := range []int32{c.channel, allChannels} {
			p := passage{opportunityType: c.opportunityType, month: month, channel: channel, from: c.position, to: to}
			x := crossings[p]
			if x == nil {
				x = &crossing{horizonUS: stage.withinUS, value: new(big.Int)}
				crossings[p] = x
			}
			watched := max(asOfUS-c.us, 0)
			switch {
			case isEvent:
				x.events = append(x.events, event)
			case event < 0 && watched < stage.withinUS:
				x.censored = append(x.censored, watched)
			default:
				x.survivors++
			}
			if !isEvent && wasThere {
				x.already++
			}
			if isEvent && c.isRecorded && own >= 0 && own <= stage.withinUS {
				x.own = append(x.own, own)
			}
			if isEvent && !isPerson {
				amount := c.createdMinor
				if stage.isWin {
					amount = c.wonMinor
				}
				x.value.Add(x.value, big.NewInt(amount))
			}
		}
	}
}
