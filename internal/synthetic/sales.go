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
	for i := range min(4+c.Accounts/accountsPerRep, mostReps) {
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

// writeActivities writes what sales did: calls on qualified people, sometimes before they were
// qualified, and work on deals.
func (g *generator) writeActivities(p profile, people []person, deals []deal) error {
	d := stream(g.seed, p.number, ofActivities)
	a := &acting{generator: g, draws: d, account: p.number}
	for i := range people {
		x := &people[i]
		if x.qualified == 0 {
			continue
		}
		if d.chance(calledTooEarly) {
			if err := a.call(x, max(windowFrom, x.qualified-instant(d.between(1, 10))*day)); err != nil {
				return err
			}
		}
		if !d.chance(workedMQLs) {
			continue
		}
		at := x.qualified + instant(10+d.exponential(30*60))*minute
		for range 1 + d.below(3) {
			if err := a.call(x, at); err != nil {
				return err
			}
			at = g.calendar.atWork(d, at+instant(1+d.below(6))*day)
		}
	}
	for _, x := range deals {
		for range 1 + d.below(2*activitiesPerDeal-1) {
			at := g.calendar.atWork(d, x.created+instant(d.below(int64(x.closed-x.created))))
			if err := a.write(min(at, x.closed), whom{"O-", x.number, 2}, x.rep); err != nil {
				return err
			}
		}
	}
	return nil
}

// acting is the work on the activities of one account.
type acting struct {
	*generator
	*draws
	account int64
	count   int
}

// A whom is whom or what an activity was about: one of the three ids.
type whom struct {
	prefix string
	number int
	column int
}

func (a *acting) call(x *person, at instant) error {
	about := whom{"K-", x.number, 1}
	if x.lead && (!x.contact || at < x.contactAt) {
		about = whom{"L-", x.number, 0}
	}
	return a.write(at, about, x.rep)
}

var (
	activityTypes = []string{"Call", "Email", "Meeting", "Call"}
	outcomes      = []string{"Connected", "No answer", "Left a message", "Meeting booked", ""}
)

func (a *acting) write(at instant, about whom, owner int) error {
	if at >= windowTo-hour {
		return nil
	}
	a.count++
	r := a.row.begin().id("E-", a.account, a.count).when(at)
	for column := range 3 {
		if column == about.column {
			r.id(about.prefix, a.account, about.number)
		} else {
			r.none()
		}
	}
	r.add(a.staff[owner].name).add(oneOf(a.draws, activityTypes)).add(oneOf(a.draws, outcomes)).when(at + minute)
	return a.writeOrSpoil(activitiesTable, 2+about.column, "")
}

// writeTargets writes the goals of every quarter, for both departments.
func (g *generator) writeTargets() error {
	perQuarter := []struct {
		metric string
		amount int64 // millionths for each account
	}{{"leads", 200_000}, {"mqls", 80_000}, {"sqls", 35_000}, {"pipeline", 5_000_000_000}, {"revenue", 1_200_000_000}}
	for quarter := range quarters {
		for _, target := range perQuarter {
			amount := target.amount * g.company.Accounts * int64(100+2*quarter) / 100
			r := g.row.begin().on(firstOf(3*quarter)).on(firstOf(3*quarter+3)-1).add(target.metric).decimal(amount, 6)
			if err := g.write(targetsTable, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeCapacity writes how many leads everyone in sales can work in a week.
func (g *generator) writeCapacity() error {
	d := stream(g.seed, 1, ofStaff)
	for week := int64(firstDay + 2); week <= lastDay; week += 7 { // 2023-07-03 is a Monday
		for _, r := range g.staff {
			if err := g.write(capacityTable, g.row.begin().on(week).add(r.name).whole(d.between(5, 25))); err != nil {
				return err
			}
		}
	}
	return nil
}

// testAccount is the one in which people of the company try things out: two contacts, a deal, and
// touches.
func (g *generator) testAccount(touches int64) error {
	r := g.row.begin().add(testAccount).add("TEST please ignore").none().none().none().none().when(windowFrom)
	if err := g.write(accountsTable, r); err != nil {
		return err
	}
	for i := range 2 {
		r := g.row.begin().id("K-TEST-", int64(i+1), 0).add(testAccount).add(fmt.Sprintf("test%d@test-account.example", i+1)).none().when(windowFrom).when(windowFrom)
		if err := g.write(contactsTable, r); err != nil {
			return err
		}
	}
	r = g.row.begin().add("O-TEST").add(testAccount).add("TEST deal").when(windowFrom + 400*day).on(lastDay + 30).add("Discovery").truth(false).truth(false)
	r.decimal(100, 2).add("USD").none().add(g.staff[0].name).none().none().none().none().when(windowFrom + 400*day)
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
