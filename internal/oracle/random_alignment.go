package oracle

import (
	"fmt"
	"slices"
)

// alignment gives the world what the reports of marketing and sales read: settings, words of
// quality, owners, reasons, deliveries with their outcomes, activities, targets and capacity. It
// draws after nearly everything else, so that the tables made before are those they were.
func (m *maker) alignment() {
	m.agreement()
	m.quality()
	for i := range m.w.StageHistory {
		if m.chance(0.35) {
			m.w.StageHistory[i].Owner = pick(m, reps)
		}
		if m.chance(0.2) {
			m.w.StageHistory[i].Reason = pick(m, rejections)
		}
	}
	m.losses()
	if m.w.Options.delivered() >= 0 {
		for range m.between(1, 6) {
			m.handover()
		}
	}
	m.strayActivities()
	m.goals()
}

var (
	reps       = []string{"kim", "lou", "max", "Kim", ""}
	rejections = []string{"no budget", "wrong person", "competitor", "", `"quoted", comma`}
)

// agreement settles what marketing and sales agreed on.
func (m *maker) agreement() {
	o := &m.w.Options
	a := DefaultAlignment()
	if o.delivered() < 0 || m.chance(0.1) {
		var stages []string
		for _, s := range o.Funnel {
			if s.Unit == PersonUnit {
				stages = append(stages, s.Name)
			}
		}
		a.Delivered = pick(m, stages)
	}
	o.Alignment = a
	place := o.delivered()
	a.Accepted = slices.DeleteFunc(a.Accepted, func(word string) bool { return bareWord(word) == bareWord(a.Delivered) })
	if m.chance(0.2) {
		a.Accepted = []string{"Working"}
	}
	if m.chance(0.3) {
		a.Recycled = append(a.Recycled, "Closed - no fit")
		a.Vocabulary["Closed - no fit"] = SalesDepartment
	}
	for word := range a.Vocabulary {
		if slices.ContainsFunc(o.Funnel, func(s Stage) bool { return s.means(word) }) {
			delete(a.Vocabulary, word)
		}
	}
	o.Funnel = slices.Clone(o.Funnel)
	for i := range o.Funnel {
		if o.Funnel[i].Owner == "" {
			o.Funnel[i].Owner = SalesDepartment
			if i <= place {
				o.Funnel[i].Owner = MarketingDepartment
			}
		}
	}
	a.ExpiresAfterDays = pick(m, []int{14, 14, 1, 3, 30})
	a.InterestHigh = pick(m, []string{"50", "50", "70"})
	if m.chance(0.3) {
		a.FitGood, a.FitBad = []string{"A+", "A"}, []string{"C"}
	}
	if m.chance(0.6) {
		a.Ratings = map[string]string{"hot": "5", "warm": "3.5", "Cold": "1"}
	}
	a.DealSizes = pick(m, [][]string{a.DealSizes, {"100", "1000"}, {"7"}})
	a.WeekStartsOn = pick(m, []string{"mon", "mon", "sun", "sat"})
	a.FiscalYearStartsIn = pick(m, []int{1, 1, 2, 4, 10})
	m.serviceLevel(&a.ServiceLevel)
	o.Alignment = a
}

// serviceLevel settles business time, in some worlds over the hours in which the clocks change.
func (m *maker) serviceLevel(s *ServiceLevel) {
	s.Zone = pick(m, []string{"", "Europe/Berlin", "America/New_York"})
	s.AssignmentMinutes = pick(m, []int{60, 60, 30, 480})
	s.FirstResponseMinutes = pick(m, []int{240, 240, 60, 960})
	switch m.r.IntN(5) {
	case 0:
		s.Opens, s.Closes = "00:00", "24:00"
	case 1:
		s.Opens, s.Closes = "01:00", "04:00"
	}
	if m.chance(0.3) {
		s.Weekdays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
	}
	for range m.between(0, 3) {
		day := dayText(dayOf(m.moment(m.start-30*microsPerDay, m.horizon)))
		if !slices.Contains(s.Holidays, day) {
			s.Holidays = append(s.Holidays, day)
		}
	}
	if m.chance(0.2) {
		s.Activities = []string{"call", "Demo Call"}
	}
}

// quality gives words to records, all copies of a record alike.
func (m *maker) quality() {
	fits := []string{"A", "b", "C", "D", "A+", "E", ""}
	facts := []string{"yes", "No", "TRUE", "0", "", "", "false"}
	for i := range m.w.Leads {
		l := &m.w.Leads[i]
		l.Owner = pick(m, reps)
		l.FitGrade, l.InterestScore = pick(m, fits), pick(m, []string{"50", "49.9", "50.0", "80", "0", "70", ""})
		l.BANTBudget, l.BANTAuthority, l.BANTNeed, l.BANTTimeframe = pick(m, facts), pick(m, facts), pick(m, facts), pick(m, facts)
		l.SalesRating = pick(m, []string{"hot", "Warm", "COLD", "", "4"})
	}
	personas, assets, competitors := map[string]string{}, map[string]string{}, map[string][2]string{}
	for i := range m.w.Contacts {
		c := &m.w.Contacts[i]
		if _, known := personas[c.ContactID]; !known {
			personas[c.ContactID] = pick(m, []string{"buyer", "engineer", "CFO", ""})
		}
		c.Persona = personas[c.ContactID]
	}
	for i := range m.w.Accounts {
		m.w.Accounts[i].Segment = pick(m, []string{"mid", "enterprise", "", "mid"})
	}
	for i := range m.w.Touchpoints {
		t := &m.w.Touchpoints[i]
		if _, known := assets[t.TouchID]; !known {
			assets[t.TouchID] = pick(m, []string{"ebook", "demo video", "", "price list"})
		}
		t.Asset = assets[t.TouchID]
	}
	for i := range m.w.Opportunities {
		o := &m.w.Opportunities[i]
		if _, known := competitors[o.OpportunityID]; !known {
			competitors[o.OpportunityID] = [2]string{pick(m, []string{"Initech", "Globex", ""}), pick(m, []string{"price", "timing", ""})}
		}
		o.Competitor, o.LossReason = competitors[o.OpportunityID][0], competitors[o.OpportunityID][1]
	}
}

// losses write the loss of some opportunities, and losses that were taken back.
func (m *maker) losses() {
	for _, o := range m.w.Opportunities {
		if !m.chance(0.25) {
			continue
		}
		at, known, _ := instant(o.ClosedAt, endOfDay)
		if !known {
			at, _, _ = instant(o.CreatedAt, endOfDay)
		}
		m.enter(opportunityKind, o.OpportunityID, pick(m, []string{"Closed Lost", "lost", "Closed Lost", "Proposal"}), at-int64(m.between(-3, 9))*microsPerDay)
	}
}

// goals are targets and the capacity of sales.
func (m *maker) goals() {
	metrics := []string{"leads", "mqls", "cost", "sqls", "opportunities", "won", "pipeline", "revenue"}
	for range m.between(0, 5) {
		first := dayOf(m.moment(m.start-30*microsPerDay, m.horizon))
		m.w.Targets = append(m.w.Targets, Target{PeriodStart: dayText(first), PeriodEnd: dayText(first + int64(pick(m, []int{0, 6, 29, 90, 365}))),
			Metric: pick(m, metrics), Amount: pick(m, []string{"1", "10", "0", "1234.5", "7"})})
	}
	for i := range m.between(0, 4) {
		m.w.Capacity = append(m.w.Capacity, Capacity{Week: dayText(dayOf(m.horizon) + int64(7*i)), Owner: pick(m, reps), Leads: count(m.between(0, 9))})
	}
}

// strayActivities are those of opportunities, of unknown ids, and of kinds that are no response.
func (m *maker) strayActivities() {
	for range m.between(0, 6) {
		n := m.linkable(false)
		if m.chance(0.3) {
			m.act(node{opportunityKind, pick(m, m.w.Opportunities).OpportunityID}, m.moment(m.start, m.horizon))
			continue
		}
		m.act(n, m.moment(m.start, m.horizon))
	}
}

// act adds an activity of a record.
func (m *maker) act(n node, at int64) {
	if at > m.horizon {
		return
	}
	a := Activity{ActivityID: fmt.Sprintf("act%d", len(m.w.Activities)+1), OccurredAt: instantText(at), Owner: pick(m, reps),
		ActivityType: pick(m, []string{"call", "Email", "meeting", "demo-call", "call", "note", ""}), Outcome: pick(m, []string{"reached", ""})}
	switch n.kind {
	case leadKind:
		a.LeadID = n.id
	case opportunityKind:
		a.OpportunityID = n.id
	default:
		a.ContactID = n.id
	}
	if m.chance(m.bare / 2) {
		a.OccurredAt = dayText(dayOf(at))
	}
	m.w.Activities = append(m.w.Activities, a)
}
