package oracle

import (
	"fmt"
	"strings"
)

// stages settles the funnel and lets people and opportunities wander through it. It draws after
// nearly everything else, so that a source gives the world it gave before, and this on top.
func (m *maker) stages() {
	if m.chance(0.3) {
		m.w.Options.PersonLookbackDays = pick(m, []int{0, 1, 30, 365})
	}
	if m.chance(0.4) {
		m.w.Options.Funnel = m.otherFunnel()
	}
	for range m.between(0, 12) {
		m.wander()
	}
	for _, o := range m.w.Opportunities {
		if m.chance(0.35) {
			m.progress(o)
		}
	}
	for _, o := range m.w.Opportunities {
		if m.chance(0.1) { // a lead or a contact with the id of an opportunity
			created, _, _ := instant(o.CreatedAt, endOfDay)
			m.enter(pick(m, []string{leadKind, contactKind}), o.OpportunityID, pick(m, []string{"Closed Won", "Won", "Negotiation", "MQL"}),
				created+int64(m.between(-20, 60))*microsPerDay)
		}
	}
	if m.chance(0.07) && !m.noLeads {
		m.crowd()
	}
	m.stageTouches()
}

// crowd adds leads enough for a sample that is not small; nobody ever touched them.
func (m *maker) crowd() {
	from := m.moment(m.start, m.horizon-10*microsPerDay)
	for i := range m.between(28, 36) {
		l := Lead{LeadID: fmt.Sprintf("crowd%d", i), CreatedAt: instantText(m.moment(from, from+10*microsPerDay))}
		m.w.Leads = append(m.w.Leads, l)
		if m.chance(0.4) {
			created, _, _ := instant(l.CreatedAt, endOfDay)
			m.enter(leadKind, l.LeadID, m.word(m.w.Options.Funnel[1]), created+int64(m.between(-1, 3))*30*microsPerDay)
		}
	}
}

// otherFunnel is a funnel with names, units and terms of its own.
func (m *maker) otherFunnel() []Stage {
	days := func() int { return pick(m, []int{1, 7, 30, 90, 365}) }
	person := func(name string, spellings ...string) Stage {
		return Stage{Name: name, Unit: PersonUnit, Spellings: spellings, WithinDays: days()}
	}
	deal := func(name, at string, spellings ...string) Stage {
		return Stage{Name: name, Unit: OpportunityUnit, At: at, Spellings: spellings, WithinDays: days()}
	}
	switch m.r.IntN(5) {
	case 0:
		return []Stage{person("Inquiry", "raw lead"), person("AQL", "automation qualified"), person("SQL"),
			deal("opportunity", AtCreated), deal("Negotiation", "", "haggling"), deal("won", AtWon)}
	case 1:
		return []Stage{person("Lead", "inquiry"), person("MQL", "marketing qualified"), deal("Deal", AtCreated), deal("Customer", AtWon)}
	case 2: // the last stages are entered in the history alone
		return []Stage{person("Lead"), person("Demo-Done now", "demo"), deal("Discovery", ""), deal("Proposal", "", "quote sent")}
	case 3:
		return []Stage{person("Inquiry", "lead"), person("SAL"), person("MQL")}
	}
	return []Stage{person("lead"), deal("opportunity", AtCreated), deal("won", AtWon), deal("Onboarding", "", "kick off")}
}

// word is a stage as somebody typed it.
func (m *maker) word(s Stage) string {
	word := pick(m, append([]string{s.Name, s.Name}, s.Spellings...))
	switch m.r.IntN(6) {
	case 0:
		return strings.ToUpper(word)
	case 1:
		return strings.ToLower(word)
	case 2:
		return strings.ReplaceAll(word, " ", "_")
	case 3:
		return word[:1] + pick(m, []string{"-", "_", " "}) + word[1:]
	}
	return word
}

func (m *maker) enter(entityType, id, stage string, at int64) {
	m.w.StageHistory = append(m.w.StageHistory, StageEntry{EntityType: entityType, EntityID: id, Stage: stage, EnteredAt: m.timeText(at)})
	if m.chance(0.08) { // an edit of that row
		m.w.StageHistory = append(m.w.StageHistory, StageEntry{EntityType: entityType, EntityID: id, Stage: stage,
			EnteredAt: m.timeText(at + pick(m, []int64{0, 3600 * 1_000_000, 5 * microsPerDay}))})
	}
}

// wander takes someone along the persons' stages: in order or not, back, over some of them, twice
// into one, to two in one instant, beyond as-of; a merged person under either of its ids.
func (m *maker) wander() {
	funnel := m.w.Options.Funnel
	persons := len(m.w.Options.PersonStages())
	ids := []node{m.linkable(false)}
	if m.chance(0.06) {
		ids[0] = node{leadKind, fmt.Sprintf("l-missing%d", m.between(1, 2))}
	}
	for _, l := range m.w.Leads {
		if l.LeadID == ids[0].id && ids[0].kind == leadKind && l.ConvertedContactID != "" {
			ids = append(ids, node{contactKind, l.ConvertedContactID})
		}
	}
	at := m.moment(m.start-100*microsPerDay, m.horizon+10*microsPerDay)
	if edge, known := m.periodEdge(); known && m.chance(0.1) {
		at = edge
	}
	if o := pick(m, m.w.Opportunities); m.chance(0.4) { // someone on the way to an opportunity, or just too late for it
		if contact, _ := m.someoneOf(o); m.chance(0.7) {
			ids = []node{{contactKind, contact.ContactID}}
		}
		created, _, _ := instant(o.CreatedAt, endOfDay)
		at = created - pick(m, []int64{0, 0, -1, 1, 30 * microsPerDay, int64(pick(m, funnel).WithinDays)*microsPerDay + int64(m.between(-1, 1))})
	}
	stage := 0
	for range m.between(1, persons+2) {
		if m.chance(0.2) {
			stage = m.r.IntN(persons)
		}
		who := pick(m, ids)
		m.enter(who.kind, who.id, m.word(funnel[stage]), at)
		if m.chance(0.1) {
			stage = (stage + persons - 1) % persons
		} else {
			stage = (stage + 1) % persons
		}
		switch {
		case m.chance(0.1): // two entries at one instant
		case m.chance(0.15): // in the last microsecond, or just late
			at += int64(funnel[stage].WithinDays)*microsPerDay + int64(m.between(-1, 1))
		case m.chance(0.1):
			at = m.moment(at-20*microsPerDay, at)
		default:
			at = m.moment(at, at+40*microsPerDay)
		}
	}
	if m.chance(0.1) {
		m.enter(ids[0].kind, ids[0].id, pick(m, []string{"nurture", "recycled", "won", "opportunity", "Proposal"}), at)
	}
}

// progress writes stages of an opportunity: those of the funnel that the history knows, and words
// that are only a person's.
func (m *maker) progress(o Opportunity) {
	created, _, _ := instant(o.CreatedAt, endOfDay)
	at := m.moment(created-10*microsPerDay, created+20*microsPerDay)
	for range m.between(1, 4) {
		s := pick(m, m.w.Options.Funnel)
		if s.At == AtWon {
			s = Stage{Name: "Proposal"} // when it was won is settled already
		}
		m.enter("opportunity", o.OpportunityID, m.word(s), at)
		switch {
		case m.chance(0.1):
		case m.chance(0.2):
			at = created + int64(s.WithinDays)*microsPerDay + int64(m.between(-1, 1))
		default:
			at = m.moment(at-5*microsPerDay, at+40*microsPerDay)
		}
	}
}

// stageTouches aims at the edges of the persons' journeys.
func (m *maker) stageTouches() {
	lookback := int64(m.w.Options.PersonLookbackDays) * microsPerDay
	for _, s := range m.w.StageHistory {
		if s.EntityType == "opportunity" || !m.chance(0.35) {
			continue
		}
		t := Touchpoint{ContactID: s.EntityID, Channel: pick(m, m.channels), CampaignID: pick(m, m.campaign), Status: pick(m, []string{"", "", "", "Sent"})}
		if s.EntityType == leadKind {
			t.ContactID, t.LeadID = "", s.EntityID
		}
		anchor, _, _ := readTime(s.EnteredAt, startOfDay)
		at := anchor.at + pick(m, []int64{0, 1, -1, -lookback, -lookback - 1, -lookback + 1, -3600 * 1_000_000, -5 * microsPerDay})
		if m.chance(0.4) {
			at = anchor.end + pick(m, []int64{0, 1})
		}
		t.OccurredAt = instantText(at)
		m.keep(t, at)
	}
}
