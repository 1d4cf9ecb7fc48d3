package attribution

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/progress"
)

// A journey has the facts about the journey of a conversion that are kept after it was credited.
type journey struct {
	touches   int32
	path      int8  // step of group_steps; 0 of persons
	reason    int8  // why it has none: index in Reasons; credited
	firstKind int32 // of its first touch, in touches.kinds
	by        [byAccountTouch + 1]int32
}

// A pass builds and credits the journeys of all conversions, in stretches, on all cores.
type pass struct {
	touches     *touches
	groups      *groups
	conversions []conversion
	options     Options
	models      []credit.Model // none: journeys are built, and nothing is credited
	isClaimed   bool           // the CRM says whose opportunities are: credit is added up by opportunity and campaign
	scopes      []*scope       // beside models; nil: none has one
	customers   map[int32]*customer
	counter     *progress.Counter

	journeys []journey // beside conversions
	used     []uint64  // by row: touches in the journey of an opportunity; bits
	workers  []*worker
}

// A worker processes stretches of a pass, one at a time. The sums of all workers are merged at the
// end.
type worker struct {
	*pass
	builder  journeyBuilder
	credit   *allocator // nil: nothing is credited
	channels []journeyChannel
	deferred []int32 // conversions whose touches of one instant are not in order yet

	paths  *journeyPaths // nil: nothing is reported on paths
	losses []int32       // losses whose touches of one instant are not in order yet

	policies   []*policy // what won opportunities are compared under
	uncompared []int32   // those that wait for the order of touches
	err        error
}

// A journeyChannel is a channel in the journey of an opportunity's conversion.
type journeyChannel struct {
	conversion, channel int32
	primary             earned // what the primary model credits to it
	isBeforeCreation    bool   // one of its touches lies in the 90 days before the opportunity was created
}

// beforeCreationUS is how long before the creation of an opportunity a touchpoint can be and still
// source it, in the reports on sourced opportunities.
const beforeCreationUS = int64(90) * 86_400_000_000

// stretchOfWork is how many conversions a worker takes at a time.
const stretchOfWork = 2048

var (
	touchesAreEligible = Check{"touches_are_eligible", "No touchpoint of a journey is excluded, after the anchor (or its day, if it has no time), or before the look-back window."}
	touchesAreUnique   = Check{"touches_are_unique", "A touchpoint is in a journey at most once."}
)

// makeWorkers makes the workers.
func (p *pass) makeWorkers(threads int, places grid, named *labels) error {
	fromUS, _, toUS, _, err := reportingPeriod(p.options)
	if err != nil {
		return err
	}
	months := newCalendar(p.options.Zone)
	for range threads {
		w := &worker{pass: p, builder: journeyBuilder{touches: p.touches, groups: p.groups, directIsFallback: p.options.Journey.Direct == "fallback_only"}}
		if len(p.models) > 0 {
			w.credit = &allocator{models: p.models, scopes: p.scopes, graceUS: grace(p.options.Journey).Microseconds(), fromUS: fromUS, toUS: toUS, calendar: months,
				touches: p.touches, cube: newCube(len(p.models)), revenue: make([]wide, len(p.touches.kinds)),
				weeks:   newWeeks(p.options),
				primary: slices.IndexFunc(p.models, func(m credit.Model) bool { return m.Name == p.options.Primary })}
			w.credit.value = newWinValue(p.customers, len(p.models))
			w.credit.sides = &primary{grid: places.new(), revenue: map[personType]wide{}}
			w.credit.dimensions = newDimensions(named, len(p.models))
			if p.isClaimed {
				w.credit.sides.ledger = newCampaignLedger(p.touches.kinds)
			}
		}
		w.policies = p.newPolicies(w)
		p.workers = append(p.workers, w)
	}
	return nil
}

// run processes all conversions. Conversions whose touchpoints share an instant are deferred until the
// ids of all such touchpoints were read, with one query.
func (p *pass) run(ctx context.Context, eng *engine.Engine) error {
	p.journeys, p.used = make([]journey, len(p.conversions)), make([]uint64, (p.touches.rows()+63)/64+1)
	all := make([]int32, 0, len(p.conversions))
	for key := range p.conversions {
		if p.conversions[key].isCounted {
			all = append(all, int32(key))
		}
	}
	losses, err := p.startPaths(ctx, eng)
	if err != nil {
		return err
	}
	if err := p.workKeepingRows(ctx, eng, "credits_at_once", all); err != nil {
		return err
	}
	if err := p.each(ctx, len(losses), func(w *worker, i int) error {
		if !w.lose(&losses[i]) {
			w.losses = append(w.losses, int32(i))
		}
		return nil
	}); err != nil {
		return err
	}
	var unordered []uint32
	var deferred, deferredLosses []int32
	for _, w := range p.workers {
		unordered, deferred, deferredLosses = append(unordered, w.builder.unordered...), append(deferred, w.deferred...), append(deferredLosses, w.losses...)
		w.builder.unordered, w.deferred, w.losses = nil, nil, nil
		for _, other := range w.policies {
			unordered = append(unordered, other.builder.unordered...)
			other.builder.unordered = nil
		}
	}
	if err := p.touches.ranks.add(ctx, eng, unordered); err != nil {
		return err
	}
	slices.Sort(deferred)
	if err := p.workKeepingRows(ctx, eng, "credits_put_off", deferred); err != nil {
		return err
	}
	if err := p.each(ctx, len(deferredLosses), func(w *worker, i int) error {
		w.lose(&losses[deferredLosses[i]])
		return nil
	}); err != nil {
		return err
	}
	return p.compareRest()
}

// workKeepingRows is work that also stores every credit row in a table, if credit rows are wanted.
func (p *pass) workKeepingRows(ctx context.Context, eng *engine.Engine, table string, keys []int32) error {
	if !p.options.Credits || len(p.models) == 0 {
		return p.work(ctx, keys)
	}
	return eng.Fill(ctx, table, creditSchema(p.models), func(send func(arrow.RecordBatch) error) error {
		for _, w := range p.workers {
			w.credit.rows = newCreditRows(p.models, p.touches, send)
		}
		if err := p.work(ctx, keys); err != nil {
			return err
		}
		for _, w := range p.workers {
			if err := w.credit.rows.flush(); err != nil {
				return err
			}
		}
		return nil
	})
}

// work processes the conversions of these keys.
func (p *pass) work(ctx context.Context, keys []int32) error {
	return p.each(ctx, len(keys), func(w *worker, i int) error { return w.do(keys[i]) })
}

// each calls do for the indexes 0 to n-1 on all cores, in stretches.
func (p *pass) each(ctx context.Context, n int, do func(w *worker, i int) error) error {
	var taken atomic.Int64
	var working sync.WaitGroup
	for _, w := range p.workers {
		working.Go(func() {
			for w.err == nil && ctx.Err() == nil {
				from := int(taken.Add(stretchOfWork)) - stretchOfWork
				if from >= n {
					return
				}
				for i := from; i < min(from+stretchOfWork, n); i++ {
					if w.err = do(w, i); w.err != nil {
						return
					}
				}
			}
		})
	}
	working.Wait()
	var errs []error
	for _, w := range p.workers {
		errs = append(errs, w.err)
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return errors.Join(errs...)
}

// do builds the journey of one conversion, and credits it.
func (w *worker) do(key int32) error {
	c := &w.conversions[key]
	source := &w.conversions[c.source]
	if !w.builder.build(source) {
		w.buildPolicies(source)
		w.deferred = append(w.deferred, key)
		return nil
	}
	steps := w.builder.steps
	if err := w.builder.check(source); err != nil {
		return err
	}
	j := &w.journeys[key]
	*j = journey{touches: int32(len(steps)), path: w.builder.path, reason: credited}
	if len(steps) == 0 {
		j.reason = w.builder.reason(source)
	} else {
		j.firstKind = int32(steps[0].kind)
	}
	for _, s := range steps {
		j.by[s.method]++
	}
	begin := len(w.channels)
	if c.opportunity >= 0 {
		w.influence(key, source.createdUS)
	}
	w.paths.convert(key, c, steps, w.touches.kinds)
	w.counter.Add(1)
	if w.credit == nil {
		return nil
	}
	if err := w.credit.add(key, c, source, j.reason, steps); err != nil {
		return err
	}
	if c.opportunity >= 0 {
		w.creditChannels(w.channels[begin:], steps)
	}
	return w.compare(key)
}

// influence records the touchpoints and channels of the journey of an opportunity.
func (w *worker) influence(key int32, createdUS int64) {
	begin := len(w.channels)
	for _, s := range w.builder.steps {
		atomic.OrUint64(&w.used[s.row/64], 1<<(s.row%64))
		channel := w.touches.kinds[s.kind].channel
		isBefore := s.us <= createdUS && s.us >= createdUS-beforeCreationUS
		i := slices.IndexFunc(w.channels[begin:], func(c journeyChannel) bool { return c.channel == channel })
		if i < 0 {
			w.channels = append(w.channels, journeyChannel{conversion: key, channel: channel, isBeforeCreation: isBefore})
		} else if isBefore {
			w.channels[begin+i].isBeforeCreation = true
		}
	}
}

// creditChannels records the credit of the primary model by channel of the journey credited last.
func (w *worker) creditChannels(channels []journeyChannel, steps []step) {
	for i, s := range steps {
		channel := w.touches.kinds[s.kind].channel
		at := slices.IndexFunc(channels, func(c journeyChannel) bool { return c.channel == channel })
		channels[at].primary.minor += w.credit.byPrimary[i].minor
		channels[at].primary.millionths += w.credit.byPrimary[i].millionths
	}
}

// check returns an error if the journey built last breaks a rule of journeys.
func (l *journeyBuilder) check(c *conversion) error {
	for i, s := range l.steps {
		switch {
		case l.touches.kinds[s.kind].exclusion != 0 || l.touches.persons[s.person].exclusion != 0 || s.us < c.windowFromUS || s.us > c.anchorUntilUS:
			return touchesAreEligible.broken("row %d of all touchpoint files", s.row)
		case i > 0 && (s.us < l.steps[i-1].us || s.row == l.steps[i-1].row):
			return touchesAreUnique.broken("row %d of all touchpoint files", s.row)
		}
	}
	return nil
}

// rows returns a number that is greater than the number of every row of the files of touchpoints.
func (t *touches) rows() int64 {
	most := uint32(0)
	for _, s := range t.stamps {
		most = max(most, s.row)
	}
	return int64(most) + 1
}
