package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
)

// Units of a stage of the funnel.
const (
	Person      = "person"
	Opportunity = "opportunity"
)

// When an opportunity enters a stage, where it is not stage_history that says so.
const (
	AtCreation = "created"
	AtWin      = "won"
)

// defaultFunnel is the funnel of a file that declares none. The spellings are those of common CRMs,
// in the form in which words are compared (HubSpot's lifecycle stages are marketingqualifiedlead
// and salesqualifiedlead).
func defaultFunnel() []Stage {
	return []Stage{
		{Name: "lead", Unit: Person, Owner: "marketing", ExitCriteria: "marketing holds the person for qualified"},
		{Name: "MQL", Unit: Person, Owner: "marketing", ExitCriteria: "sales accepts the person, or says why not",
			Spellings: []string{"marketing qualified lead", "marketing qualified"}},
		{Name: "SAL", Unit: Person, Owner: "sales", ExitCriteria: "sales has spoken with the person and confirmed a need, or says why not",
			Spellings: []string{"sales accepted lead", "sales accepted"}},
		{Name: "SQL", Unit: Person, Owner: "sales", ExitCriteria: "an opportunity is opened",
			Spellings: []string{"sales qualified lead", "sales qualified"}},
		{Name: "opportunity", Unit: Opportunity, Owner: "sales", At: AtCreation, ExitCriteria: "the opportunity is won or lost"},
		{Name: "won", Unit: Opportunity, Owner: "sales", At: AtWin, ExitCriteria: "the contract is signed"},
	}
}

// withDefaults returns the stages with every default filled in. A stage with the name of a default
// stage and without spellings of its own has the shipped spellings that no other stage has.
func (f documentFunnel) withDefaults() []Stage {
	stages := slices.Clone(f.Stages)
	if stages == nil {
		stages = defaultFunnel()
	}
	claimed := map[string]bool{}
	for _, s := range stages {
		for _, word := range append([]string{s.Name}, s.Spellings...) {
			claimed[contract.PlainWord(word)] = true
		}
	}
	for i := range stages {
		if stages[i].Spellings == nil {
			stages[i].Spellings = []string{}
			for _, shipped := range defaultFunnel() {
				if contract.PlainWord(shipped.Name) == contract.PlainWord(stages[i].Name) {
					stages[i].Spellings = slices.DeleteFunc(append([]string{}, shipped.Spellings...), func(word string) bool { return claimed[contract.PlainWord(word)] })
				}
			}
		}
		if stages[i].WithinDays == 0 {
			stages[i].WithinDays = 90
			if stages[i].Unit == Opportunity {
				stages[i].WithinDays = 365
			}
		}
	}
	return stages
}

// stageNames are the names of stages, in order.
func stageNames(stages []Stage) string {
	var names []string
	for _, stage := range stages {
		names = append(names, stage.Name)
	}
	return strings.Join(names, ", ")
}

// ID is what the conversions to a stage of persons are called, if it is not the first one, which is
// lead: its name in lower case, words parted by underscores.
func (s Stage) ID() string {
	return strings.ToLower(strings.NewReplacer(" ", "_", "-", "_").Replace(s.Name))
}

// columnOwners says whose the columns of the performance reports are.
type columnOwners map[string]string

// reportColumns are the columns that the reports have without any stage, or for one that the funnel
// may lack.
func reportColumns() columnOwners {
	owners := columnOwners{}
	for _, name := range []string{
		"basis", "period_start", "period_end", "opportunity_type", "model", "currency", "month", "channel", "channel_key", "campaign_id",
		"campaign_key", "campaign_name", "ratio_reason", "mql_to_sql", "roas", "roi", "spread", "best_rank", "worst_rank",
		"cost", "won", "pipeline", "open_pipeline", "revenue",
	} {
		owners[name], owners[name+"_all"] = "its own", "its own"
	}
	for _, id := range []string{"opportunity", "won"} {
		owners["cost_per_"+id], owners["cost_per_"+id+"_all"] = "its own", "its own"
	}
	owners["opportunities"], owners["opportunities_all"] = "its own", "its own"
	for _, id := range []string{"lead", "mql", "sql"} {
		owners.take(id, id)
	}
	return owners
}

// columnsOf are the columns of a stage of persons: its units, the cost of one, and both of the
// company as a whole.
func columnsOf(id string) []string {
	return []string{id + "s", id + "s_all", "cost_per_" + id, "cost_per_" + id + "_all"}
}

// taken names a column of the stage that is somebody else's.
func (c columnOwners) taken(id string) (column, owner string) {
	for _, column := range columnsOf(id) {
		if owner := c[column]; owner != "" && owner != id {
			return column, owner
		}
	}
	return "", ""
}

func (c columnOwners) take(id, owner string) {
	for _, column := range columnsOf(id) {
		if c[column] == "" {
			c[column] = owner
		}
	}
}

// checkFunnel reports stages that could not be told apart, or stand in an order that makes no
// funnel.
func (t *tree) checkFunnel(stages []Stage) {
	under := func(i int, keys ...string) []string {
		return append([]string{"funnel", "stages", fmt.Sprint(i)}, keys...)
	}
	columns := reportColumns()
	words, ids, events := map[string]string{}, map[string]string{"pipeline": "the conversion type pipeline", "revenue": "the conversion type revenue"}, map[string]string{}
	for i, s := range stages {
		for n, word := range append([]string{s.Name}, s.Spellings...) {
			place := under(i, "name")
			if n > 0 {
				place = under(i, "spellings", fmt.Sprint(n-1))
			}
			if other, twice := words[contract.PlainWord(word)]; twice && (n == 0 || other != s.Name) {
				t.report(place, "contradiction", quoted(word)+" means the stage "+other+" too")
			}
			words[contract.PlainWord(word)] = s.Name
		}
		switch {
		case i == 0 && s.Unit != Person:
			t.report(under(i, "unit"), "wrong value", "the first stage is that of a person who becomes a lead")
		case i > 0 && s.Unit == Person && stages[i-1].Unit == Opportunity:
			t.report(under(i, "unit"), "wrong value", "stages of persons come before those of opportunities")
		case s.Unit == Person && s.At != "":
			t.reportKey(under(i, "at"), "contradiction", "only an opportunity is created or won")
		}
		if s.Unit == Person {
			id := s.ID()
			if i == 0 {
				id = "lead"
			}
			other, twice := ids[id]
			switch column, owner := columns.taken(id); {
			case twice && id == "lead":
				t.report(under(i, "name"), "contradiction", "its conversions would be called lead, as those of the first stage, "+stages[0].Name+", always are (call this one otherwise, and give spellings: ["+s.Name+"])")
			case twice:
				t.report(under(i, "name"), "contradiction", "its conversions would be called "+id+", as is "+other)
			case owner != "":
				t.report(under(i, "name"), "contradiction", "reports would call two columns "+column+": one of this stage, and "+owner+" (call the stage otherwise, and give spellings: ["+s.Name+"])")
			case i == 0 && slices.Contains([]string{"mql", "sal", "sql"}, s.ID()):
				t.report(under(i, "name"), "wrong value", "the first stage is where people become leads: everyone with a record enters it, and reports call it leads\nhint: put a stage lead before it")
			}
			ids[id] = "the stage " + s.Name
			columns.take(id, "that of the stage "+s.Name)
		}
		if s.At != "" && s.Unit == Opportunity {
			if other, twice := events[s.At]; twice {
				t.report(under(i, "at"), "contradiction", "the stage "+other+" is entered then too")
			}
			if s.At == AtCreation && i > 0 && stages[i-1].Unit == Opportunity {
				t.report(under(i, "at"), "wrong value", "an opportunity is created before it enters any other stage: put this one first among its stages")
			}
			events[s.At] = s.Name
		}
	}
}
