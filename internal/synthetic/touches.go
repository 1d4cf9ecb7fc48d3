package synthetic

import "context"

// An episode is a stretch of time in which some people of an account are met.
type episode struct {
	people []int
	weight int64
	phase  phase
	won    int     // 1: of a deal that is won
	from   instant // earliest
	to     instant // latest
	mean   instant // touches lie so long before to, on average; 0: anytime in between
}

// A touch, before it is written.
type touch struct {
	at       instant
	person   int // index; -1: a visitor who never says who it is; -2: one of our own people
	visitor  int64
	channel  int
	kind     string
	answered bool // its status is a response, whatever the channel
	named    naming
}

// A naming is which column of a touch names its person.
type naming int

const (
	byContact naming = iota
	bySecondContact
	byLead
	byEmail
	byCookie
	byStranger
	byStaff
)

// touchesPerLook is after how many touches an account is asked whether to stop, and says how far it
// has come.
const touchesPerLook = 65536

// writeTouches hands out the touches of an account. First come those without which the account's
// story would not hold: one before every deal, and the form fill that makes a lead. The others fall
// where people are met most.
func (g *generator) writeTouches(ctx context.Context, p profile, people []person, deals []deal, from, until int64) error {
	if len(people) == 0 || from == until {
		return nil
	}
	t := &touching{generator: g, draws: stream(g.seed, p.number, ofTouches), content: stream(g.seed, p.number, ofContent), profile: p, people: people}
	t.makeEpisodes(deals)
	number := from
	for i := 0; i < len(t.episodes) && number < until; i++ {
		if e := t.episodes[i]; e.mean > 0 && e.weight > formWeight { // before a deal
			number++
			if err := t.write(number, t.meet(e, true)); err != nil {
				return err
			}
		}
	}
	for i := 0; i < len(people) && number < until; i++ {
		if people[i].lead {
			number++
			if err := t.write(number, t.formFill(i)); err != nil {
				return err
			}
		}
	}
	for number < until {
		if number++; number%touchesPerLook == 0 {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			g.reached(number - 1)
		}
		if err := t.write(number, t.any()); err != nil {
			return err
		}
	}
	return nil
}

// touching is the work on the touches of one account.
type touching struct {
	*generator
	*draws
	content  *draws
	profile  profile
	people   []person
	episodes []episode
	weights  []int64
	last     touch
}

const (
	dealWeight       = 1000
	formWeight       = 60
	backgroundWeight = 200
)

// makeEpisodes makes the episodes of an account.
func (t *touching) makeEpisodes(deals []deal) {
	for _, x := range deals {
		if x.reverses > 0 {
			continue
		}
		won := 0
		if x.won {
			won = 1
		}
		before := int64(dealWeight)
		if x.kind == renewal {
			before /= 3
		}
		t.episodes = append(t.episodes, episode{people: x.people, weight: before, phase: middle, won: won,
			from: max(earliest, x.created-360*day), to: x.created, mean: meanDaysBeforeDeal * day})
		t.episodes = append(t.episodes, episode{people: x.people, weight: before * int64(lateTouches) / int64(whole-lateTouches), phase: late, won: won,
			from: x.created, to: min(x.closed, windowTo-second)})
	}
	everyone := make([]int, len(t.people))
	for i := range t.people {
		everyone[i] = i
		x := &t.people[i]
		t.episodes = append(t.episodes, episode{people: everyone[i : i+1], weight: formWeight, phase: early, won: int(t.below(2)),
			from: max(earliest, x.leadAt-90*day), to: x.leadAt, mean: 25 * day})
	}
	t.episodes = append(t.episodes, episode{people: everyone, weight: backgroundWeight, phase: middle, won: int(t.below(2)),
		from: t.profile.entry, to: min(t.profile.entry+800*day, windowTo-second)})
	for _, e := range t.episodes {
		t.weights = append(t.weights, e.weight)
	}
}

// any is a touch like any other, or of a stranger or one of our own people, or at the same instant
// as the one before.
func (t *touching) any() touch {
	switch {
	case t.chance(strangerTouches):
		return t.stranger()
	case t.chance(internalTouches):
		x := t.meet(t.episodes[t.weighted(t.weights)], false)
		x.person, x.named, x.visitor = -2, byStaff, t.below(int64(len(t.staff)))
		return x
	case t.last.at > 0 && t.chance(tiedTouches/2):
		tied := t.last
		tied.kind, tied.answered = "visit", false
		return tied
	}
	return t.meet(t.episodes[t.weighted(t.weights)], false)
}
