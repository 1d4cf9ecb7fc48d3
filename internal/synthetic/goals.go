package synthetic

// What marketing and sales have planned for the half year after the window.
const (
	plannedQuarters = 2
	plannedDays     = 184
)

// overflowWeeks are the weeks after the window, from 0 for the one in which it ends, in which a
// large fair brings more leads than sales can work a week or two later.
var overflowWeeks = [2]int64{11, 17}

// plan adds the campaigns of the half year after the window. Nothing was spent on them yet, and
// nobody has met them.
func (p *programme) plan(seed uint64, accounts int64) {
	firstWeek := mondayOf(lastDay)
	for at, ch := range channels {
		if ch.aQuarter == 0 {
			continue
		}
		d := stream(seed, int64(at), ofPlans)
		p.all = append(p.all, yearOf(at, months/12, accounts))
		for quarter := quarters; quarter < quarters+plannedQuarters; quarter++ {
			for i := range ch.aQuarter {
				c := p.campaign(d, at, quarter, i, accounts, ch.aQuarter, 1)
				c.isPlanned, c.leads = true, 1+accounts*d.between(20, 36)/1000
				d.skip(1) // of another theme
				switch {
				case ch.name == "Event": // a fair from Tuesday to Thursday
					c.from = firstWeek + 7*overflowWeeks[quarter-quarters] + 1
					c.to, c.leads = c.from+2, overflowLeads(accounts)
					c.name = []string{"Industry summit | Trade fair | US | 2026-Q3", "Operations expo | Trade fair | US | 2026-Q4"}[quarter-quarters]
					c.europe = false
				case ch.spending == onceEach: // a webinar on a Wednesday, a month apart
					c.from = mondayOf(firstOf(3*quarter+i)+9) + 2
					c.to, c.leads = c.from, 1+accounts*d.between(4, 8)/1000
				}
				p.all = append(p.all, c)
			}
		}
	}
}

// mondayOf is the first day of the week of a day.
func mondayOf(on int64) int64 { return on - (on+3)%7 } // 1970-01-01 was a Thursday

// reps is how many people are in sales.
func reps(accounts int64) int64 { return min(4+accounts/accountsPerRep, mostReps) }

// leadsPerWeek is how many delivered leads someone in sales can work in a week: together about
// half as many again as there were in the last year.
func leadsPerWeek(accounts int64) int64 {
	return max(1, (accounts*weeklyCapacity/1_000_000+reps(accounts)-1)/reps(accounts))
}

// overflowLeads is what a large fair is expected to bring: so many leads that those who qualify are
// half as many again as sales can work in a week.
func overflowLeads(accounts int64) int64 {
	return leadsPerWeek(accounts) * reps(accounts) * 15_000 / int64(leadsToMQL)
}

// writeCapacity writes how many leads everyone in sales can work in a week, to the end of the half
// year after the window.
func (g *generator) writeCapacity() error {
	for week := int64(firstDay + 2); week <= lastDay+plannedDays; week += 7 { // 2023-07-03 is a Monday
		for i, r := range g.staff {
			leads := leadsPerWeek(g.company.Accounts)
			if isAway(g.calendar.date(week), i, int(week/7)) {
				leads = 0
			}
			if err := g.write(capacityTable, g.row.begin().on(week).add(r.name).whole(leads)); err != nil {
				return err
			}
		}
	}
	return nil
}

// isAway reports whether a rep works no leads in a week: half of them at the turn of the year, and one
// in four in August.
func isAway(monday string, rep, week int) bool {
	switch on := monday[5:]; {
	case on >= "12-22" || on < "01-02":
		return (rep+week)%2 == 0
	case on[:2] == "08":
		return (rep+week)%4 == 0
	}
	return false
}

// A goal is what one department has to reach: in millionths for each account, in the first quarter
// of the window and in its last, and evenly in between.
type goal struct {
	metric      string
	first, last int64
	money       bool
	monthly     bool // marketing plans these by month in the last year
}

var goals = []goal{
	{"leads", 150_000, 800_000, false, true}, {"mqls", 85_000, 340_000, false, true}, {"cost", 215_000_000, 240_000_000, true, true},
	{"sqls", 35_000, 105_000, false, false}, {"opportunities", 32_000, 56_000, false, false}, {"won", 8_000, 16_000, false, false},
	{"pipeline", 1_800_000_000, 3_000_000_000, true, false}, {"revenue", 400_000_000, 900_000_000, true, false},
}

// writeTargets writes the goals of every quarter of the window and of the half year after it, those
// of marketing by month for 2026, and those of the whole year 2026.
func (g *generator) writeTargets() error {
	for _, target := range goals {
		year := int64(0)
		for quarter := range quarters + plannedQuarters {
			amount := target.amount(g.company.Accounts, int64(quarter))
			if err := g.writeTarget(target.metric, 3*quarter, 3, amount); err != nil {
				return err
			}
			if quarter < quarters-2 { // before 2026
				continue
			}
			year += amount
			for month := 3 * quarter; target.monthly && month < 3*quarter+3; month++ {
				if err := g.writeTarget(target.metric, month, 1, target.rounded(amount/3)); err != nil {
					return err
				}
			}
		}
		if err := g.writeTarget(target.metric, months-6, 12, year); err != nil {
			return err
		}
	}
	return nil
}

func (t goal) amount(accounts, quarter int64) int64 {
	return t.rounded((t.first + (t.last-t.first)*quarter/(quarters-1)) * accounts)
}

// rounded is whole units, and at least one; of money hundreds.
func (t goal) rounded(millionths int64) int64 {
	unit := int64(1_000_000)
	if t.money {
		unit *= 100
	}
	return max(1, (millionths+unit/2)/unit) * unit
}

func (g *generator) writeTarget(metric string, month, length int, millionths int64) error {
	return g.write(targetsTable, g.row.begin().on(firstOf(month)).on(firstOf(month+length)-1).add(metric).decimal(millionths, 6))
}
