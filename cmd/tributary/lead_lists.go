package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/dossier"
	"github.com/tributary-engine/tributary/internal/words"
)

func (p leadPrinter) lists(d *dossier.Dossier) []leadList {
	conversations := leadList{"Activities of sales", []string{"when", "type", "outcome", "who", "record"}, []int{1, 2, 3, 4}, nil, false}
	for _, a := range d.Activities {
		conversations.rows = append(conversations.rows, []string{p.when(a.OccurredAt), string(a.Type), either(string(a.Outcome), "no outcome"), either(string(a.Owner), "nobody named"), a.Record})
	}
	deliveries := leadList{"Deliveries to sales", []string{"when", "outcome", "reason", "owner", "campaign of the last touchpoint"}, []int{2, 3, 4}, nil, false}
	for _, x := range d.Deliveries {
		deliveries.rows = append(deliveries.rows, []string{
			p.when(x.DeliveredAt), p.outcome(x), either(string(x.Reason), "no reason"), either(string(x.Owner), "no owner"), either(campaign(x.CampaignName, x.CampaignID), "no campaign")})
	}
	touches := leadList{"Touchpoints, and whether they are responses", []string{"when", "channel", "campaign", "asset", "type", "response"}, []int{1, 2, 3, 5}, nil, false}
	for _, t := range d.Touches {
		touches.rows = append(touches.rows, p.touch(t))
	}
	history := leadList{"History", []string{"when", "stage", "department", "owner", "reason", "note"}, []int{1, 3, 4}, nil, false}
	for _, s := range d.History {
		note := ""
		switch {
		case s.IsImplied:
			note = "by creation of the lead"
		case s.IsEdit:
			note = "edit"
		}
		history.rows = append(history.rows, []string{p.when(s.At), s.Stage, either(string(s.Department), "nobody"), string(s.Owner), string(s.Reason), note})
	}
	return []leadList{conversations, deliveries, touches, history, p.opportunities(d.Opportunities),
		p.people("Other people of the account", d.Colleagues), p.colleagueTouches(d.Colleagues)}
}

// outcome words what became of a delivery.
func (p leadPrinter) outcome(d dossier.Delivery) string {
	outcome := d.Outcome
	if !d.OutcomeAt.IsZero() {
		outcome += " " + p.when(d.OutcomeAt)
	}
	var notes []string
	if d.IsLate {
		notes = append(notes, "late")
	}
	if d.IsImplied {
		notes = append(notes, "implied")
	}
	if len(notes) > 0 {
		outcome += " (" + strings.Join(notes, ", ") + ")"
	}
	return outcome
}

// touch is the row of a touchpoint; what it was a response to, or why it was none.
func (p leadPrinter) touch(t dossier.Touch) []string {
	return []string{p.when(t.OccurredAt), t.Channel, campaign(t.CampaignName, t.CampaignID), string(t.Asset), string(t.TouchType), response(t)}
}

// response reports whether a touchpoint was a response: its status, or why it does not count.
func response(t dossier.Touch) string {
	switch {
	case t.ExcludedReason == "status":
		return "no: " + string(t.Status)
	case t.ExcludedReason == "touch_type":
		return "no: " + either(string(t.TouchType), "no type")
	case t.ExcludedReason != "":
		return "no: " + either(excludedWords[t.ExcludedReason], string(t.ExcludedReason))
	case t.Status != "":
		return "yes: " + string(t.Status)
	}
	return "yes"
}

var excludedWords = map[dossier.Text]string{
	"internal": "own domain", "test_account": "test account", "direct": "direct", "bot_burst": "bot burst", "repeat": "repeat",
}

func (p leadPrinter) opportunities(given []dossier.Opportunity) leadList {
	list := leadList{"Opportunities", []string{"created", "opportunity", "state", "detail", "amount", "role of the person"}, []int{1, 3, 5}, nil, false}
	for _, o := range given {
		state, detail := o.State, ""
		switch o.State {
		case "open":
			detail = string(o.Stage)
			if !o.ExpectedAt.IsZero() {
				state += ", due " + p.day(o.ExpectedAt)
			}
		case "lost":
			state += " " + p.day(o.ClosedAt)
			detail = either(string(o.LossReason), "no reason")
		default:
			state += " " + p.day(o.ClosedAt)
		}
		if o.Competitor != "" {
			detail = joined(detail, "against "+string(o.Competitor))
		}
		amount := "no amount"
		if o.AmountMinor != nil {
			amount = words.Decimal(money(*o.AmountMinor, string(o.Currency))) + " " + string(o.Currency)
		}
		role := ""
		if o.HasRole {
			role = either(string(o.Role), "role not named")
		}
		if o.IsPrimary {
			role += " (primary)"
		}
		if o.IsReversal {
			detail = joined("reversal", detail)
		}
		if o.Type != "new_business" {
			detail = joined(strings.ReplaceAll(o.Type, "_", " "), detail)
		}
		list.rows = append(list.rows, []string{p.day(o.CreatedAt), either(string(o.Name), o.OpportunityID), state, detail, amount, role})
	}
	return list
}

// people is one row per person of an account.
func (p leadPrinter) people(title string, given []dossier.Colleague) leadList {
	list := leadList{title, []string{"person", "persona", "stands in", "touchpoints of the last 90 days"}, []int{0, 1, 2}, nil, false}
	for _, c := range given {
		stands, touched := "no stage", "0 in 90 days"
		if c.Stands != nil {
			stands = c.Stands.Stage + " since " + p.day(c.Stands.Since)
			if !c.Stands.LeftAt.IsZero() {
				stands = c.Stands.Stage + " until " + p.day(c.Stands.LeftAt)
			}
		}
		if len(c.Touches) > 0 {
			touched = words.Number(len(c.Touches)) + " in 90 days, last " + p.day(c.Touches[0].OccurredAt)
		}
		list.rows = append(list.rows, []string{either(string(c.Email), c.PersonID), string(c.Persona), stands, touched})
	}
	return list
}

// colleagueTouches is the touchpoints of the other people, the newest first.
func (p leadPrinter) colleagueTouches(given []dossier.Colleague) leadList {
	list := leadList{"Their touchpoints of the last 90 days", []string{"when", "person", "channel", "campaign", "asset", "response"}, []int{1, 2, 3, 4, 5}, nil, false}
	for _, t := range newestTouches(given) {
		row := p.touch(t.Touch)
		list.rows = append(list.rows, []string{row[0], t.person, row[1], row[2], row[3], row[5]})
	}
	return list
}

func campaign(name, id dossier.Text) string { return either(string(name), string(id)) }

// A personTouch is a touchpoint and whose it is.
type personTouch struct {
	dossier.Touch
	person string
}

func newestTouches(given []dossier.Colleague) []personTouch {
	var all []personTouch
	for _, c := range given {
		for _, t := range c.Touches {
			all = append(all, personTouch{t, either(string(c.Email), c.PersonID)})
		}
	}
	slices.SortStableFunc(all, func(a, b personTouch) int {
		return cmp.Or(b.OccurredAt.Compare(a.OccurredAt.Time), cmp.Compare(b.TouchID, a.TouchID))
	})
	return all
}
