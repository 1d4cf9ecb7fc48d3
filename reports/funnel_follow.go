package reports

import (
	"context"
	"fmt"
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
	position int32
}

// A cohort of a unit: its entry to a stage of its own kind.
type cohort struct {
	entry
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
	crossings := map[passage]*crossing{}
	err = eng.Stream(ctx, query, func(reader array.RecordReader) error {
		var entries []entry
		isPerson, unit := false, int64(-1)
		types := map[string]string{} // the engine frees the batch that a text lies in
		for reader.Next() {
			b := reader.RecordBatch()
			persons, keys, cohorts := b.Column(0).(*array.Boolean), b.Column(1).(*array.Int64), b.Column(2).(*array.Boolean)
			entered, positions, recorded := b.Column(3).(*array.Int64), b.Column(4).(*array.Int32), b.Column(5).(*array.Boolean)
			opportunityTypes, months, channels := b.Column(6).(*array.String), b.Column(7).(*array.Date32), b.Column(8).(*array.Int32)
			created, won := b.Column(9).(*array.Int64), b.Column(10).(*array.Int64)
			for i := range int(b.NumRows()) {
				if persons.Value(i) != isPerson || keys.Value(i) != unit {
					isPerson, unit, entries = persons.Value(i), keys.Value(i), entries[:0]
				}
				at := entry{us: entered.Value(i), position: positions.Value(i)}
				if !cohorts.Value(i) {
					entries = append(entries, at)
					continue
				}
				kind, known := types[opportunityTypes.Value(i)]
				if !known {
					kind = strings.Clone(opportunityTypes.Value(i))
					types[kind] = kind
				}
				c := cohort{
					entry: at, isRecorded: recorded.Value(i), opportunityType: kind, month: int32(months.Value(i)), channel: channels.Value(i),
					createdMinor: created.Value(i), wonMinor: won.Value(i),
				}
				for to := at.position + 1; int(to) < len(stops); to++ {
					c.cross(crossings, entries, to, stops[to], isPerson, asOfUS)
				}
			}
		}
		return reader.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("funnel_units: %w", err)
	}
	return crossings, nil
}

// since is from when on entries to later stages follow on this one. A date without a time stands at the last microsecond of its day;
// what happened on that day did not happen before it.
func (c *cohort) since() int64 {
	if c.us%1_000_000 == 999_999 {
		return c.us - 86_400_000_000 + 1
	}
	return c.us
}

// cross adds what became of a unit on its way to a later stage to the rows that count it: of its month and channel, of either, of all.
func (c *cohort) cross(crossings map[passage]*crossing, entries []entry, to int32, stage stop, isPerson bool, asOfUS int64) {
	since := c.since()
	event, own, wasThere, wasInItself := int64(-1), int64(-1), false, false
	for _, e := range entries { // in the order of time
		switch {
		case e.position < to || e.position > stage.last: // not there, or on the other side of the handoff to opportunities
		case e.us < since:
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
			watched := asOfUS - c.us
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
