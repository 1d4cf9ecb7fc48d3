package attribution

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/tributary-engine/tributary/internal/engine"
)

// A closing is a row of opportunity_closes with counts of the touchpoints of its journey to the close
// or, if it is open, to as-of. This journey earns no credit.
type closing struct {
	journey     conversion // only what a journey needs: opportunity and window
	isClosed    bool
	hasCreation bool

	touches    int32
	firstUS    int64 // of the journey; known if it has touches
	earliestUS int64 // at or before the creation, whatever the look-back
	hasEarlier bool  // there is such a touch
}

// A closeTouch counts the touches of one channel and campaign in the journey to a close.
type closeTouch struct {
	opportunity, channel, campaign, touches int32
}

// lookbackGroup is the buying group whose earliest touchpoint is found, whatever the buying group
// of the run is: the report lookback_coverage compares look-back windows by it.
const lookbackGroup = "roles_else_account"

// storeCloses builds the journey of every won or lost opportunity to its close and of every open
// one to as-of, on all cores. It makes close_journeys and close_touches. The touchpoints are only
// counted, so their order does not matter.
func (p *pass) storeCloses(ctx context.Context, eng *engine.Engine) error {
	closings, err := readCloses(ctx, eng)
	if err != nil {
		return err
	}
	found := make([][]closeTouch, len(p.workers))
	var taken atomic.Int64
	var working sync.WaitGroup
	for i := range found {
		working.Go(func() {
			members := *p.groups
			members.steps = buyingGroups[lookbackGroup]
			own := journeyBuilder{touches: p.touches, groups: p.groups, directIsFallback: p.workers[i].builder.directIsFallback}
			every := journeyBuilder{touches: p.touches, groups: &members, directIsFallback: own.directIsFallback}
			places := make([]int, len(p.touches.kinds)) // by kind.place; there are at most as many as kinds
			for ctx.Err() == nil {
				from := int(taken.Add(stretchOfWork)) - stretchOfWork
				if from >= len(closings) {
					return
				}
				for k := from; k < min(from+stretchOfWork, len(closings)); k++ {
					found[i] = closings[k].follow(&own, &every, found[i], places)
				}
			}
		})
	}
	working.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err := storeCloseJourneys(ctx, eng, closings); err != nil {
		return err
	}
	return storeCloseTouches(ctx, eng, slices.Concat(found...))
}

// follow builds the journey of a closing with one builder, and finds its earliest touch with
// another. It adds the channels and campaigns of a closed one; places is scratch, and zero between
// two calls.
func (c *closing) follow(own, every *journeyBuilder, found []closeTouch, places []int) []closeTouch {
	if c.hasCreation {
		c.earliestUS, c.hasEarlier = every.earliest(c.journey.opportunity, c.journey.createdUS)
	}
	if !own.gather(&c.journey) {
		return found
	}
	c.touches, c.firstUS = int32(len(own.steps)), own.steps[0].us
	for _, s := range own.steps {
		c.firstUS = min(c.firstUS, s.us)
		if !c.isClosed {
			continue
		}
		k := own.touches.kinds[s.kind]
		if places[k.place] == 0 {
			found = append(found, closeTouch{c.journey.opportunity, k.channel, k.campaign, 0})
			places[k.place] = len(found)
		}
		found[places[k.place]-1].touches++
	}
	if c.isClosed {
		for _, s := range own.steps {
			places[own.touches.kinds[s.kind].place] = 0
		}
	}
	return found
}

// earliest returns the first instant at which the buying group of an opportunity has a touchpoint that
// counts, up to untilUS and without a look-back window. It uses the first step of the group that has a
// touchpoint. If direct touchpoints are a fallback, it uses them only if there are no others.
func (l *journeyBuilder) earliest(opportunity int32, untilUS int64) (us int64, found bool) {
	for step := range l.groups.steps {
		var direct, other []int64 // the first touch of each member
		l.groups.each(opportunity, step, func(m member) {
			if l.touches.persons[m.person].exclusion != 0 {
				return
			}
			isDirectFound := false
			for _, s := range l.touches.run(m.person) {
				if s.us > min(untilUS, m.tillUS) {
					return
				}
				k := l.touches.kinds[s.kind]
				if s.us < m.fromUS || k.exclusion != 0 {
					continue
				}
				if !l.directIsFallback || !k.isDirect {
					other = append(other, s.us)
					return
				}
				if !isDirectFound {
					direct, isDirectFound = append(direct, s.us), true
				}
			}
		})
		switch {
		case len(other) > 0:
			return slices.Min(other), true
		case len(direct) > 0:
			return slices.Min(direct), true
		}
	}
	return 0, false
}

// readCloses reads opportunity_closes. The window of a loss without a date ends before it begins,
// so it has no touchpoints.
func readCloses(ctx context.Context, eng *engine.Engine) ([]closing, error) {
	var closings []closing
	err := eng.Stream(ctx, `
		SELECT
			CAST(opportunity_key AS INTEGER), outcome <> 'open', created_us IS NOT NULL, COALESCE(created_us, 0),
			COALESCE(window_from_us, 1), COALESCE(end_until_us, window_from_us - 1, 0)
		FROM opportunity_closes
		ORDER BY opportunity_key`,
		func(reader array.RecordReader) error {
			for reader.Next() {
				b := reader.RecordBatch()
				isClosed, hasCreation := b.Column(1).(*array.Boolean), b.Column(2).(*array.Boolean)
				created, from, until := int64s(b, 3), int64s(b, 4), int64s(b, 5)
				for i, key := range int32s(b, 0) {
					closings = append(closings, closing{
						journey:  conversion{opportunity: key, person: -1, createdUS: created[i], windowFromUS: from[i], anchorUntilUS: until[i]},
						isClosed: isClosed.Value(i), hasCreation: hasCreation.Value(i)})
				}
			}
			return reader.Err()
		})
	if err != nil {
		return nil, fmt.Errorf("reading closes: %w", err)
	}
	return closings, nil
}

// storeCloseJourneys makes close_journeys.
func storeCloseJourneys(ctx context.Context, eng *engine.Engine, closings []closing) error {
	b := engine.NewTable("opportunity_key BIGINT", "touches BIGINT", "first_us BIGINT", "earliest_us BIGINT")
	for _, c := range closings {
		var first, earliest any
		if c.touches > 0 {
			first = c.firstUS
		}
		if c.hasEarlier {
			earliest = c.earliestUS
		}
		b.Add(c.journey.opportunity, c.touches, first, earliest)
	}
	return eng.StoreTable(ctx, "close_journeys", b)
}

// storeCloseTouches makes close_touches, in the order of opportunity, channel and campaign.
func storeCloseTouches(ctx context.Context, eng *engine.Engine, found []closeTouch) error {
	slices.SortFunc(found, func(a, b closeTouch) int {
		return cmp.Or(cmp.Compare(a.opportunity, b.opportunity), cmp.Compare(a.channel, b.channel), cmp.Compare(a.campaign, b.campaign))
	})
	b := engine.NewTable("opportunity_key BIGINT", "channel_key INTEGER", "campaign_key INTEGER", "touches BIGINT")
	for _, f := range found {
		b.Add(f.opportunity, f.channel, f.campaign, f.touches)
	}
	return eng.StoreTable(ctx, "close_touches", b)
}
