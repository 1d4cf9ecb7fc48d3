package oracle

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// Random makes a small world that keeps the input contract and reaches the edges on purpose. The
// same source gives the same world.
func Random(r *rand.Rand) World {
	m := &maker{r: r, links: map[node][]node{}}
	m.bare = pick(m, []float64{0.05, 0.15, 0.15, 0.6})
	m.start = time.Date(2024, 9, 1, 8, 0, 0, 0, time.UTC).UnixMicro() + r.Int64N(60*microsPerDay)
	m.horizon = m.start + int64(60+r.IntN(200))*microsPerDay
	m.options()
	m.accounts()
	m.campaigns()
	m.people()
	m.identities()
	m.memberships()
	m.currencies()
	m.opportunities()
	m.roles()
	m.touches()
	m.copies()
	m.costs()
	m.rates()
	m.stages()
	m.sameDays()
	m.oneChannel()
	m.missingFiles()
	m.alignment()
	m.aroundAsOf()
	m.clock()
	m.w.Options.InputZone = pick(m, []string{"", "America/Chicago", "Pacific/Kiritimati"})
	m.dimensions()
	m.scopes()
	m.sinceLastWin()
	m.budgets()
	m.selfReports()
	return m.w
}

// maker holds the world in the making.
type maker struct {
	r          *rand.Rand
	w          World
	bare       float64 // how often a date has no time
	noLeads    bool    // there are no leads, and mostly no leads file
	start      int64   // opportunities are created from here
	horizon    int64   // no touch is later, so that as-of may stand there
	channels   []string
	campaign   []string // ids, some of them not in the campaigns table
	anonymous  []string
	links      map[node][]node // explicit links so far, to keep them free of cycles
	currency   []string        // of amounts; "" when the columns are blank
	freshTouch int
	turns      []int64 // instants at which a delivery expires or becomes due, for as-of
}

func (m *maker) chance(p float64) bool { return m.r.Float64() < p }

func pick[T any](m *maker, from []T) T { return from[m.r.IntN(len(from))] }

// between is a number from low to high, both included.
func (m *maker) between(low, high int) int { return low + m.r.IntN(high-low+1) }

// nasty names are SQL, formulas and everything that a writer may trip over.
var nasty = []string{
	`x'); DROP TABLE t; --`, `=1+1`, `"quoted", comma`, "Größe – 測試 🚀", "two\nlines", "NULL", `back\slash`, "-", "Tab\there",
}

func (m *maker) options() {
	o := DefaultOptions()
	if m.chance(0.5) {
		o.BuyingGroup = pick(m, []string{Roles, AccountGroup, RolesAndAccount})
	}
	if m.chance(0.2) {
		o.LookbackDays = pick(m, []int{0, 30, 90, 730, 1500})
	}
	if m.chance(0.2) {
		o.LeadCreationGraceMinutes = pick(m, []int{0, 60, 1440})
	}
	if m.chance(0.4) {
		o.Direct = pick(m, []string{DirectFallbackOnly, DirectExclude})
	}
	m.channels = []string{"Email", "Paid Search", "Webinar", "Sales Outreach", "Direct", "direct", pick(m, nasty)}
	if m.chance(0.5) {
		o.SalesChannels = []string{"Sales Outreach"}
		if m.chance(0.3) {
			o.SalesChannels = append(o.SalesChannels, m.channels[6], None)
		}
	}
	o.JoinByEmail = m.chance(0.85)
	if m.chance(0.5) {
		o.OwnDomains = []string{"tributary.example"}
	}
	if m.chance(0.2) {
		o.TestAccounts = []string{"a1"}
	}
	m.journeyOptions(&o)
	if m.chance(0.4) {
		o.Custom = append(o.Custom, m.custom("custom_a"))
	}
	if m.chance(0.2) {
		o.Custom = append(o.Custom, m.custom("custom_b"))
	}
	if m.chance(0.4) {
		first := dayOf(m.start) + int64(m.between(-60, 60))
		o.From = dayText(first)
		if m.chance(0.8) {
			o.To = dayText(first + int64(m.between(0, 180)))
		}
	}
	m.w.Options = o
}

// journeyOptions sets, each in a few worlds, what makes a touch count.
func (m *maker) journeyOptions(o *Options) {
	o.ContactsAreLeads = m.chance(0.15)
	if m.chance(0.12) {
		o.TouchTypes = pick(m, [][]string{{"email", "web"}, {"Event", "EMAIL"}})
	}
	if m.chance(0.15) {
		o.Responses = pick(m, [][]string{{"Invited"}, {"no_show", "sent"}})
	}
	if m.chance(0.15) {
		o.NotResponses = pick(m, [][]string{{"clicked"}, {"Registered", "Attended"}})
	}
	if m.chance(0.3) {
		o.DedupeWindowMinutes = pick(m, []int{1, 30, 60, 1440})
	}
	if m.chance(0.2) {
		o.BotBurst = BotBurst{m.between(2, 4), pick(m, []int{1, 60, 3600, 86400})}
	}
}

// periodEdge is the first or last instant of the reporting period, or the one just outside of it.
func (m *maker) periodEdge() (at int64, known bool) {
	within, err := reportingPeriod(m.w.Options)
	if err != nil {
		panic(err) // the maker itself made it
	}
	var edges []int64
	if within.hasFrom {
		edges = append(edges, within.from*microsPerDay, within.from*microsPerDay-1)
	}
	if within.hasTo {
		end := (within.to + 1) * microsPerDay
		edges = append(edges, end-1, end, end-1, end)
	}
	if len(edges) == 0 {
		return 0, false
	}
	return pick(m, edges), true
}

// timeText writes an instant, now and then as a bare date.
func (m *maker) timeText(at int64) string {
	if m.chance(m.bare) {
		return dayText(dayOf(at))
	}
	return instantText(at)
}

// custom cuts 100 percent into whole shares; about half of the anchors are not declared.
func (m *maker) custom(id string) Custom {
	c := Custom{ID: id}
	parts := []*int{&c.FT, &c.LT, &c.LC, &c.OC, &c.CW, &c.Middle}
	m.r.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	left := 100
	for _, part := range parts[:m.between(0, 3)] {
		*part = m.between(1, left-10)
		left -= *part
		if left <= 11 {
			break
		}
	}
	*parts[5] += left
	return c
}

func (m *maker) accounts() {
	count := m.between(3, 6)
	for i := 1; i <= count; i++ {
		domain := fmt.Sprintf(pick(m, []string{"acme%d.example", "acme%d.example", "www.acme%d.example", "ACME%d.example"}), i)
		switch {
		case m.chance(0.1):
			domain = ""
		case m.chance(0.1):
			domain = "acme1.example" // held by two accounts
		case m.chance(0.05):
			domain = "gmail.com"
		case m.chance(0.05):
			domain = "tributary.example"
		}
		a := Account{AccountID: fmt.Sprintf("a%d", i), Name: pick(m, nasty), Domain: domain, Segment: "mid"}
		if i > 1 && m.chance(0.3) {
			a.ParentAccountID = fmt.Sprintf("a%d", m.between(1, i-1))
		}
		if i == 3 && m.chance(0.2) {
			a.AccountID = "A1" // ids are never case-folded
		}
		m.w.Accounts = append(m.w.Accounts, a)
	}
}

func (m *maker) campaigns() {
	for i := range m.between(2, 6) {
		id := fmt.Sprintf("k%d", i+1)
		if m.chance(0.3) {
			id = strings.ReplaceAll(fmt.Sprintf("%s %d", pick(m, nasty), i), "\n", " ") // an id on two lines is quarantined
		}
		m.campaign = append(m.campaign, id)
		if m.chance(0.2) {
			continue // known only by what refers to it
		}
		c := Campaign{CampaignID: id, Name: pick(m, nasty)}
		if m.chance(0.75) {
			c.Channel = pick(m, m.channels)
		}
		m.w.Campaigns = append(m.w.Campaigns, c)
	}
}

// anAccount is an account id, mostly one that exists.
func (m *maker) anAccount() string {
	switch {
	case m.chance(0.12):
		return ""
	case m.chance(0.06):
		return "a-missing"
	}
	return pick(m, m.w.Accounts).AccountID
}

// copies repeats rows of keyed tables as they are: copies collapse.
func (m *maker) copies() {
	for _, t := range m.w.Touchpoints {
		if m.chance(0.04) {
			m.w.Touchpoints = append(m.w.Touchpoints, t)
		}
	}
	for _, o := range m.w.Opportunities {
		if m.chance(0.02) {
			m.w.Opportunities = append(m.w.Opportunities, o)
		}
	}
	for _, c := range m.w.Contacts {
		if m.chance(0.02) {
			m.w.Contacts = append(m.w.Contacts, c)
		}
	}
}

// instantText writes an instant, with microseconds where it has them.
func instantText(micros int64) string {
	layout := "2006-01-02T15:04:05Z"
	if micros%1_000_000 != 0 {
		layout = "2006-01-02T15:04:05.000000Z"
	}
	return time.UnixMicro(micros).UTC().Format(layout)
}

func dayText(day int64) string { return time.UnixMicro(day * microsPerDay).UTC().Format(time.DateOnly) }

// moment is a random instant from low to high; some fall on a full hour, so that ties happen.
func (m *maker) moment(low, high int64) int64 {
	at := low + m.r.Int64N(max(1, high-low))
	switch {
	case m.chance(0.5):
		at -= at % (3600 * 1_000_000)
	case m.chance(0.7):
		at -= at % 1_000_000
	}
	return max(low, at)
}
