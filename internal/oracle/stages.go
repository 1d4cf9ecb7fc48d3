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
		{Name: "lead", Unit: PersonUnit, WithinDays: 90},
		{Name: "MQL", Unit: PersonUnit, WithinDays: 90, Spellings: []string{"marketing qualified lead", "marketing qualified"}},
		{Name: "SAL", Unit: PersonUnit, WithinDays: 90, Spellings: []string{"sales accepted lead", "sales accepted"}},
		{Name: "SQL", Unit: PersonUnit, WithinDays: 90, Spellings: []string{"sales qualified lead", "sales qualified"}},
		{Name: "opportunity", Unit: OpportunityUnit, At: AtCreated, WithinDays: 365},
		{Name: "won", Unit: OpportunityUnit, At: AtWon, WithinDays: 365},
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

// means says whether a word of stage_history is this stage.
func (s Stage) means(word string) bool {
	return slices.ContainsFunc(append([]string{s.Name}, s.Spellings...), func(known string) bool {
		return bareWord(known) == bareWord(word)
	})
}

// findEntries collects what stage_history knows of every person, entries after as-of included. An opportunity may
// enter a stage of the same word; that is not its persons' entry.
func (p *people) findEntries(w World) error {
	for _, who := range p.all {
		who.entered = map[string][]int64{}
	}
	for _, s := range w.StageHistory {
		if s.EntityType != leadKind && s.EntityType != contactKind {
			continue
		}
		at, err := requiredInstant(s.EnteredAt, startOfDay)
		if err != nil {
			return err
		}
		who := p.of[node{s.EntityType, s.EntityID}]
		for place, stage := range w.Options.Funnel {
			if stage.Unit == PersonUnit && stage.means(s.Stage) {
				id := StageID(w.Options.Funnel, place)
				who.entered[id] = append(who.entered[id], at)
			}
		}
	}
	for _, who := range p.all {
		for _, instants := range who.entered {
			slices.Sort(instants)
		}
	}
	return nil
}

// findLeadAt: the first entry to the funnel's first stage, else the earliest creation of the leads, else of
// the contacts.
func (p *people) findLeadAt() error {
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
		if who.becameLead {
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
	at, known, err := instant(created, endOfDay)
	if known && (!who.becameLead || at < who.leadAt) {
		who.leadAt, who.becameLead = at, true
	}
	return err
}
