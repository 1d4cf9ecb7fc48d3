package synthetic

import (
	"fmt"
	"strings"
)

// A rep is someone in sales: an owner in the CRM, and a contact at the company's own domain.
type rep struct {
	name    string
	contact string
	email   string
}

func newStaff(c Company) []rep {
	d := stream(c.Seed, 0, ofStaff)
	var staff []rep
	for i := range reps(c.Accounts) {
		first, last := firstNames[i], oneOf(d, lastNames)
		staff = append(staff, rep{name: capital(first) + " " + capital(last), contact: fmt.Sprintf("K-S-%d", i+1), email: first + "." + last + "@" + ownDomain})
	}
	return staff
}

func capital(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

func (g *generator) writeStaff() error {
	for _, r := range g.staff {
		g.row.begin().add(r.contact).none().add(r.email).add("Sales").when(windowFrom).when(windowFrom)
		if err := g.write(contactsTable, &g.row); err != nil {
			return err
		}
	}
	return nil
}

// An activity is a call, an e-mail or a meeting of sales.
type activity struct {
	at            instant
	about         whom
	rep           int
	kind, outcome string
	early         bool // before the person qualified
	added         bool // beside those of which some may be bad
	gone          bool // did not happen after all
}

// A whom is whom or what an activity was about: one of the three ids.
type whom struct {
	prefix string
	number int
	column int
}

// drawActivities draws when sales had time for qualified people, and for deals, which it returns.
// handOver says what came of the former.
func (g *generator) drawActivities(p profile, people []person, deals []deal) (work []activity) {
	d := stream(g.seed, p.number, ofActivities)
	draw := func(list []activity, c activity) []activity {
		if c.at >= windowTo-hour {
			return list
		}
		d.skip(2) // of the type and the outcome
		return append(list, c)
	}
	for i := range people {
		x := &people[i]
		if x.qualified == 0 {
			continue
		}
		if d.chance(calledTooEarly) {
			x.calls = draw(x.calls, activity{at: max(earliest, x.qualified-instant(d.between(1, 10))*day), early: true})
		}
		if !d.chance(workedMQLs) {
			continue
		}
		at := x.qualified + instant(10+d.exponential(30*60))*minute
		for range 1 + d.below(3) {
			x.calls = draw(x.calls, activity{at: at})
			at = g.calendar.atWork(d, at+instant(1+d.below(6))*day)
		}
	}
	for _, x := range deals {
		for range 1 + d.below(2*activitiesPerDeal-1) {
			at := g.calendar.atWork(d, x.created+instant(d.below(int64(x.closed-x.created))))
			work = draw(work, activity{at: min(at, x.closed), about: whom{"O-", x.number, 2}, rep: x.rep})
		}
	}
	return work
}

// How sales speaks with people, and what comes of it: of those who come to nothing, and of others.
var (
	talks    = []string{"Call", "Call", "Call", "Email", "Email", "Meeting"}
	outcomes = map[string][2][]string{
		"Call":    {{"No answer", "Left a message", "Connected", ""}, {"Connected", "Meeting booked", "Connected", "Left a message"}},
		"Email":   {{"No reply", "No reply", "Replied"}, {"Replied", "Meeting booked", "No reply"}},
		"Meeting": {{"Held", "Cancelled"}, {"Held"}},
	}
)

func (d *draws) talk(well bool) (kind, outcome string) {
	kind = oneOf(d, talks)
	if well {
		return kind, oneOf(d, outcomes[kind][1])
	}
	return kind, oneOf(d, outcomes[kind][0])
}

// writeActivities writes what sales did: calls on people, and work on deals.
func (g *generator) writeActivities(p profile, people []person, work []activity) error {
	number, d := 0, stream(g.seed, p.number, ofTalks)
	for i := range people {
		for _, c := range people[i].calls {
			number++
			if err := g.writeActivity(p, number, c); err != nil {
				return err
			}
		}
	}
	for _, c := range work {
		number++
		c.kind, c.outcome = d.talk(true)
		if err := g.writeActivity(p, number, c); err != nil {
			return err
		}
	}
	return nil
}

func (g *generator) writeActivity(p profile, number int, c activity) error {
	if c.gone {
		g.dirt.skip(1)
		return nil
	}
	r := g.row.begin().id("E-", p.number, number).when(c.at)
	for column := range 3 {
		if column == c.about.column {
			r.id(c.about.prefix, p.number, c.about.number)
		} else {
			r.none()
		}
	}
	r.add(g.staff[c.rep].name).add(c.kind).add(c.outcome).when(c.at + minute)
	if c.added {
		return g.writeMore(activitiesTable)
	}
	return g.writeOrSpoil(activitiesTable, 2+c.about.column, "")
}

// testAccount is the one in which people of the company try things out: two contacts, a deal, and
// touches.
func (g *generator) testAccount(touches int64) error {
	r := g.row.begin().add(testAccount).add("Wendlow sandbox").none().none().none().none().when(windowFrom)
	if err := g.write(accountsTable, r); err != nil {
		return err
	}
	for i := range 2 {
		r := g.row.begin().id("K-TEST-", int64(i+1), 0).add(testAccount).add(fmt.Sprintf("trial%d@sandbox.example", i+1)).none().when(windowFrom).when(windowFrom)
		if err := g.write(contactsTable, r); err != nil {
			return err
		}
	}
	r = g.row.begin().add("O-TEST").add(testAccount).add("Sandbox deal").when(windowFrom + 400*day).on(lastDay + 30).add("Discovery").truth(false).truth(false)
	r.decimal(100, 2).add("USD").none().add(g.staff[0].name).none().none().none().none().none().none().when(windowFrom + 400*day)
	if err := g.write(opportunitiesTable, r); err != nil {
		return err
	}
	d := stream(g.seed, 0, ofTouches)
	for number := int64(1); number <= touches; number++ {
		at := windowFrom + instant(d.below(windowDays*86400))*second
		r := g.row.begin().id("T-", number, 0).when(at).id("K-TEST-", 1+d.below(2), 0).none().none().none().add("Direct").none()
		r.add("visit").add(oneOf(d, assets)).add("(direct)").add("(none)").none().none()
		if err := g.write(touchpointsTable, r); err != nil {
			return err
		}
	}
	return nil
}
