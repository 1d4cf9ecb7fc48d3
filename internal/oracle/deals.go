package oracle

import (
	"fmt"
	"strings"
)

// Conversion types.
const (
	Pipeline = "pipeline"
	Revenue  = "revenue"
)

const newBusiness = "new_business"

// deal is an opportunity with its facts read.
type deal struct {
	Opportunity
	kind     string // new_business, expansion, renewal, other
	created  int64
	won      bool
	wonAt    int64 // anchor of the revenue, when won
	open     bool  // at as-of
	closed   bool
	closedAt int64
	hasClose bool
	roles    []*person // in no order, without copies
	hasRoles bool
}

// readDeals reads every opportunity; whether it is open waits for as-of.
func readDeals(w World) ([]*deal, error) {
	var deals []*deal
	recognised := false
	for _, o := range w.Opportunities {
		d, err := readDeal(o, w.StageHistory)
		if err != nil {
			return nil, fmt.Errorf("opportunity %q: %w", o.OpportunityID, err)
		}
		recognised = recognised || o.IsWon != "" || isWonStage(o.Stage)
		deals = append(deals, d)
	}
	if len(deals) > 0 && !recognised {
		return nil, fmt.Errorf("opportunities: no stage is recognised as won")
	}
	return deals, nil
}

func readDeal(o Opportunity, history []StageEntry) (*deal, error) {
	d := &deal{Opportunity: o, kind: dealKind(o.OpportunityType)}
	var err error
	if d.created, err = requiredInstant(o.CreatedAt, endOfDay); err != nil {
		return nil, fmt.Errorf("created_at: %w", err)
	}
	if d.closedAt, d.hasClose, err = instant(o.ClosedAt, endOfDay); err != nil {
		return nil, fmt.Errorf("closed_at: %w", err)
	}
	won, known, err := boolean(o.IsWon)
	if err != nil {
		return nil, fmt.Errorf("is_won: %w", err)
	}
	d.won = known && won || !known && isWonStage(o.Stage)
	closed, known, err := boolean(o.IsClosed)
	if err != nil {
		return nil, fmt.Errorf("is_closed: %w", err)
	}
	d.closed = d.won || known && closed || !known && isLostStage(o.Stage)
	if d.won {
		if err := d.findWonAt(history); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// findWonAt: a reopened opportunity was won at its last entry to a won stage, when the history has one.
func (d *deal) findWonAt(history []StageEntry) error {
	d.wonAt = d.closedAt
	found := d.hasClose
	inHistory := false
	for _, s := range history {
		if s.EntityType != "opportunity" || s.EntityID != d.OpportunityID || !isWonStage(s.Stage) {
			continue
		}
		at, err := requiredInstant(s.EnteredAt, startOfDay)
		if err != nil {
			return fmt.Errorf("stage_history: %w", err)
		}
		if !inHistory || at > d.wonAt {
			d.wonAt = at
		}
		inHistory, found = true, true
	}
	if !found {
		return fmt.Errorf("won, but closed_at is missing")
	}
	d.closedAt, d.hasClose = d.wonAt, true
	return nil
}

func isWonStage(stage string) bool { return bareWord(stage) == "closedwon" || bareWord(stage) == "won" }

func isLostStage(stage string) bool {
	return bareWord(stage) == "closedlost" || bareWord(stage) == "lost"
}

// dealKind maps the opportunity type to the four that money is kept apart by.
func dealKind(text string) string {
	letters := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(text))
	switch letters {
	case "", "newbusiness", "new", "newcustomer", "newlogo":
		return newBusiness
	case "renewal", "existingcustomerrenewal":
		return "renewal"
	case "expansion", "upsell", "crosssell", "addon", "existingbusiness", "existingcustomerupgrade":
		return "expansion"
	}
	return "other"
}

// findRoles collects the persons of opportunity_contacts.
func (d *deal) findRoles(w World, p *people) {
	seen := map[*person]bool{}
	for _, role := range w.OpportunityContacts {
		if role.OpportunityID != d.OpportunityID {
			continue
		}
		d.hasRoles = true
		if who := p.of[node{contactKind, role.ContactID}]; !seen[who] {
			seen[who] = true
			d.roles = append(d.roles, who)
		}
	}
}

// defaultAsOf is the newest instant at which something is recorded to have happened.
func defaultAsOf(w World, deals []*deal) (int64, error) {
	var newest int64
	var firstErr error
	happened := func(text string, bare dayPart) {
		at, known, err := instant(text, bare)
		if err != nil && firstErr == nil {
			firstErr = err
		}
		if known {
			newest = max(newest, at)
		}
	}
	for _, t := range w.Touchpoints {
		happened(t.OccurredAt, startOfDay)
	}
	for _, s := range w.StageHistory {
		happened(s.EnteredAt, startOfDay)
	}
	for _, l := range w.Leads {
		happened(l.CreatedAt, endOfDay)
	}
	for _, c := range w.Contacts {
		happened(c.CreatedAt, endOfDay)
	}
	for _, d := range deals {
		newest = max(newest, d.created)
		if d.closed {
			happened(d.ClosedAt, endOfDay)
		}
	}
	return newest, firstErr
}

// markOpen: neither won nor closed at as-of. What closes only after as-of is still open.
func (d *deal) markOpen(asOf int64) {
	d.open = !d.closed || d.hasClose && d.closedAt > asOf
}
