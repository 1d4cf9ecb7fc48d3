package oracle

import (
	"slices"
	"strings"
)

// Stage is one step of the funnel.
type Stage struct {
	Name       string
	Unit       string   // person | opportunity; the persons' stages come first
	At         string   // of an opportunity stage: created | won; "" where stage_history says when
	Spellings  []string // further words for it in stage_history
	Owner      string   // the department whose stage it is: marketing | sales
	WithinDays int      // how long the way to this stage may take and still be a conversion
}

// Values of Stage.Unit and Stage.At.
const (
	PersonUnit      = "person"
	OpportunityUnit = "opportunity"
	AtCreated       = "created"
	AtWon           = "won"
)

// LeadStage is the id of the first stage, whatever its name.
const LeadStage = "lead"

// DefaultFunnel is the funnel of a run without a configuration.
func DefaultFunnel() []Stage {
	return []Stage{
		{Name: "lead", Unit: PersonUnit, Owner: "marketing", WithinDays: 90},
		{Name: "MQL", Unit: PersonUnit, Owner: "marketing", WithinDays: 90, Spellings: []string{"marketing qualified lead", "marketing qualified"}},
		{Name: "SAL", Unit: PersonUnit, Owner: "sales", WithinDays: 90, Spellings: []string{"sales accepted lead", "sales accepted"}},
		{Name: "SQL", Unit: PersonUnit, Owner: "sales", WithinDays: 90, Spellings: []string{"sales qualified lead", "sales qualified"}},
		{Name: "opportunity", Unit: OpportunityUnit, Owner: "sales", At: AtCreated, WithinDays: 365},
		{Name: "won", Unit: OpportunityUnit, Owner: "sales", At: AtWon, WithinDays: 365},
	}
}

// StageID is the id of the funnel's stage at that place, from 0.
func StageID(funnel []Stage, place int) string {
	if place == 0 {
		return LeadStage
	}
	return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(funnel[place].Name))
}

// PersonStages are the ids of the persons' stages, in funnel order.
func (o Options) PersonStages() []string {
	var ids []string
	for place, s := range o.Funnel {
		if s.Unit == PersonUnit {
			ids = append(ids, StageID(o.Funnel, place))
		}
	}
	return ids
}

// means reports whether a word of stage_history is this stage.
func (s Stage) means(word string) bool {
	return slices.ContainsFunc(append([]string{s.Name}, s.Spellings...), func(known string) bool {
		return bareWord(known) == bareWord(word)
	})
}

// findEntries collects the entries of every person to the stages of persons, those after as-of
// included. A person's history is the rows of all its leads and contacts together.
func (p *people) findEntries(w World) error {
	rows := map[*person][]stageEntry{}
	for _, s := range w.StageHistory {
		if s.EntityType != leadKind && s.EntityType != contactKind {
			continue
		}
		at, err := requiredTime(s.EnteredAt, startOfDay)
		if err != nil {
			return err
		}
		who := p.of[node{s.EntityType, s.EntityID}]
		rows[who] = append(rows[who], stageEntry{stageOf(w.Options.Funnel, s.Stage, false), at})
	}
	for _, who := range p.all {
		who.entered = map[string][]timestamp{}
		for _, e := range withoutEdits(rows[who]) {
			if place := e.stage.place; place < len(w.Options.Funnel) && w.Options.Funnel[place].Unit == PersonUnit {
				id := StageID(w.Options.Funnel, place)
				who.entered[id] = append(who.entered[id], e.at)
			}
		}
	}
	return nil
}

// findLeadAt takes the first entry to the funnel's first stage, else the earliest creation of the
// leads, else, where contacts are leads, of the contacts.
func (p *people) findLeadAt(w World) error {
	contactsAreLeads := w.Options.ContactsAreLeads || w.Leads == nil
	for _, who := range p.all {
		if entries := who.entered[LeadStage]; len(entries) > 0 {
			who.leadAt, who.becameLead = entries[0], true
			continue
		}
		for _, l := range who.leads {
			if err := who.becomesLead(l.CreatedAt); err != nil {
				return err
			}
		}
		if who.becameLead || !contactsAreLeads {
			continue
		}
		for _, c := range who.contacts {
			if err := who.becomesLead(c.CreatedAt); err != nil {
				return err
			}
		}
	}
	return nil
}

// becomesLead takes the creation of a record, if it is the earliest so far.
func (who *person) becomesLead(created string) error {
	at, known, err := readTime(created, endOfDay)
	if known && who.becameLead {
		at = at.earlier(who.leadAt)
	}
	if known {
		who.leadAt, who.becameLead = at, true
	}
	return err
}
