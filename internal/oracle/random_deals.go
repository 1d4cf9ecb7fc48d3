package oracle

import (
	"fmt"
	"strings"
)

// How a world says that an opportunity was won.
const (
	byColumn = iota // is_won everywhere
	byStage         // is_won nowhere
	byEither
)

func (m *maker) opportunities() {
	mode := m.r.IntN(3)
	for i := range m.between(1, 12) {
		o := m.opportunity(i)
		won := m.chance(0.55)
		if i == 0 && mode != byColumn {
			won = true // some stage must be recognised as won
		}
		hasIsWon := mode == byColumn || mode == byEither && i > 0 && m.chance(0.5)
		m.outcome(&o, won, hasIsWon)
		if i > 0 && m.chance(0.18) {
			m.reverse(&o)
		}
		m.w.Opportunities = append(m.w.Opportunities, o)
	}
}

func (m *maker) opportunity(i int) Opportunity {
	o := Opportunity{OpportunityID: fmt.Sprintf("o%d", i), AccountID: m.anAccount(), Name: pick(m, nasty), Owner: "kim",
		Currency: pick(m, m.currency), OpportunityType: pick(m, []string{"", "New Business", "new_business", "New Business",
			"Renewal", "Existing Business", "upsell", "weird"})}
	at := m.moment(m.start, m.horizon+20*microsPerDay)
	if edge, known := m.periodEdge(); known && m.chance(0.15) {
		at = edge
	}
	o.TermMonths = []string{"", "6", "0", "7", "36"}[i%5]
	o.CreatedAt = m.timeText(at)
	o.Amount = m.amount(o.Currency)
	if m.chance(0.45) {
		o.PrimaryCampaignID = pick(m, m.campaign)
	}
	return o
}

// outcome sets stage, flags and close. A won opportunity always has closed_at.
func (m *maker) outcome(o *Opportunity, won, hasIsWon bool) {
	created, _, _ := instant(o.CreatedAt, endOfDay)
	closes := created + m.r.Int64N(120*microsPerDay)
	switch {
	case m.chance(0.1):
		closes = created
	case m.chance(0.05):
		closes = created - 5*microsPerDay
	case m.chance(0.5):
		closes -= closes % 1_000_000
	}
	if edge, known := m.periodEdge(); known && edge >= created && m.chance(0.15) {
		closes = edge
	}
	o.ClosedAt = m.timeText(closes)
	if hasIsWon {
		o.IsWon = pick(m, [][]string{{"false", "0"}, {"true", "1"}}[truth(won)])
	}
	if won {
		o.Stage = pick(m, []string{"Closed Won", "Won", "closedwon", "Closed Won"})
		if hasIsWon && m.chance(0.15) {
			o.Stage = "Implementation"
		}
		if m.chance(0.5) {
			o.IsClosed = "true"
		}
		if m.chance(0.4) {
			m.reopen(o, closes)
		}
		return
	}
	if m.chance(0.1) {
		m.reopen(o, closes) // was won, and is no more
	}
	o.Stage = pick(m, []string{"Prospecting", "Negotiation", "Closed Lost", "closed_lost", "Lost"})
	if m.chance(0.5) {
		closed := strings.HasSuffix(strings.ToLower(o.Stage), "lost") != m.chance(0.1)
		o.IsClosed = pick(m, [][]string{{"false", "0"}, {"true", "1"}}[truth(closed)])
	}
	if m.chance(0.3) {
		o.ClosedAt = ""
	}
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// reopen writes stages of a deal around its close: it is won, edited, moved from one won stage to
// another, reopened and won again.
func (m *maker) reopen(o *Opportunity, closes int64) {
	at := closes + int64(m.between(-25, 20))*microsPerDay
	for range m.between(1, 5) {
		m.w.StageHistory = append(m.w.StageHistory, StageEntry{EntityType: opportunityKind, EntityID: o.OpportunityID,
			Stage: pick(m, []string{"Closed Won", "Closed Won", "closed-won", "WON", "Negotiation", "Proposal"}), EnteredAt: m.timeText(at)})
		switch {
		case m.chance(0.12): // two rows at one instant
		case m.chance(0.12):
			at += int64(m.between(1, 5)) * 3600 * 1_000_000
		default:
			at += int64(m.between(1, 15)) * microsPerDay
		}
	}
}

// reverse makes the opportunity take back an earlier one, itself perhaps a reversal, or one that is
// unknown.
func (m *maker) reverse(o *Opportunity) {
	if m.chance(0.12) {
		o.ReversesOpportunityID = "o-missing"
		return
	}
	original := pick(m, m.w.Opportunities)
	o.ReversesOpportunityID = original.OpportunityID
	if m.chance(0.8) {
		o.AccountID, o.OpportunityType = original.AccountID, original.OpportunityType
		o.PrimaryCampaignID = original.PrimaryCampaignID
	}
	if original.Amount != "" && m.chance(0.8) {
		o.Currency = original.Currency
		o.Amount = "-" + original.Amount
		if strings.HasPrefix(original.Amount, "-") {
			o.Amount = original.Amount[1:]
		}
	}
}

func (m *maker) roles() {
	for _, o := range m.w.Opportunities {
		if m.chance(0.35) {
			continue
		}
		for range m.between(1, 3) {
			who := pick(m, m.w.Contacts).ContactID
			if m.chance(0.08) {
				who = fmt.Sprintf("c-missing%d", m.between(1, 3))
			}
			m.w.OpportunityContacts = append(m.w.OpportunityContacts, OpportunityContact{OpportunityID: o.OpportunityID,
				ContactID: who, Role: "Decision Maker", IsPrimary: pick(m, []string{"", "true", "0"})})
		}
	}
	if m.chance(0.1) {
		m.w.OpportunityContacts = append(m.w.OpportunityContacts,
			OpportunityContact{OpportunityID: "o-missing", ContactID: m.w.Contacts[0].ContactID})
	}
}
