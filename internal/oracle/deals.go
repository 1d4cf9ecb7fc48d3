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
	created  timestamp
	won      bool
	wonAt    timestamp // anchor of the revenue, when won
	open     bool      // at as-of
	closed   bool
	closedAt timestamp
	hasClose bool
	history  []stageEntry
	roles    []*person // in no order, without copies
	hasRoles bool
}

// readDeals reads every opportunity; whether it is open waits for as-of.
func readDeals(w World) ([]*deal, error) {
	var deals []*deal
	histories, err := dealHistories(w)
	if err != nil {
		return nil, fmt.Errorf("stage_history: %w", err)
	}
	recognised := false
	for _, o := range w.Opportunities {
		d, err := readDeal(o, histories[o.OpportunityID])
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

func readDeal(o Opportunity, history []stageEntry) (*deal, error) {
	d := &deal{Opportunity: o, kind: dealKind(o.OpportunityType), history: history}
	var err error
	if d.created, err = requiredTime(o.CreatedAt, endOfDay); err != nil {
		return nil, fmt.Errorf("created_at: %w", err)
	}
	if d.closedAt, d.hasClose, err = readTime(o.ClosedAt, endOfDay); err != nil {
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
		if err := d.findWonAt(); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// findWonAt takes the last entry to the won stages from outside of them, else closed_at. So a
// reopened opportunity counts once, and an edit of a row in a won stage does not move the win.
func (d *deal) findWonAt() error {
	d.wonAt = d.closedAt
	found := d.hasClose
	for _, e := range d.history { // in order: the last one stays
		if e.stage.won {
			d.wonAt, found = e.at, true
		}
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

// markOpen: neither won nor closed at as-of. An opportunity that closes only after as-of is still
// open; one that closes on the bare day of as-of is closed.
func (d *deal) markOpen(asOf int64) {
	d.open = !d.closed || d.hasClose && d.closedAt.start > asOf
}
