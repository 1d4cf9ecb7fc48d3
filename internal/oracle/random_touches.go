package oracle

import "fmt"

// touches makes up to 60 touches; most of them aim at an edge of some opportunity or person.
func (m *maker) touches() {
	count := m.between(0, 60)
	if m.chance(0.2) {
		count = m.between(0, 5) // journeys of one touch
	}
	for range count {
		t := Touchpoint{
			Channel:    pick(m, m.channels),
			CampaignID: pick(m, m.campaign),
			TouchType:  pick(m, []string{"", "email", "web", "event"}),
			Status: pick(m, []string{"", "", "", "", "Responded", "Attended", "Clicked", "Registered",
				"Sent", "No Show", "no-show", "UNSUBSCRIBED", "bounced", "invited"}),
		}
		if m.chance(0.25) {
			t.Channel = ""
		}
		if m.chance(0.25) {
			t.CampaignID = ""
		}
		if m.chance(0.1) {
			t.Channel = pick(m, []string{"Direct", "direct", "DIRECT"})
		}
		o := pick(m, m.w.Opportunities)
		m.name(&t, o)
		at := m.when(t, o)
		if m.chance(0.08) && len(m.w.Touchpoints) > 0 {
			at = m.halfLives(&t)
		}
		t.OccurredAt = instantText(at)
		if m.chance(m.bare / 2) {
			t.OccurredAt = dayText(dayOf(at))
		}
		m.keep(t, at)
		if m.chance(0.08) {
			m.keep(t, at) // another touch at the same instant
		}
		if m.chance(0.15) {
			m.repeat(t, at)
		}
	}
	if m.chance(0.5) {
		m.decay()
	}
}

// keep adds a touch under a fresh id whose order as bytes says nothing about its time.
func (m *maker) keep(t Touchpoint, at int64) {
	if at > m.horizon {
		return
	}
	m.freshTouch++
	t.TouchID = fmt.Sprintf("%s%d", pick(m, []string{"t", "T", "é", "z-"}), m.freshTouch)
	m.w.Touchpoints = append(m.w.Touchpoints, t)
}
