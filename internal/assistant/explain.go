package assistant

import (
	"context"
	"fmt"
	"slices"

	"github.com/tributary-engine/tributary/internal/explain"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/query"
)

type explainInput struct {
	Opportunity string `json:"opportunity" jsonschema:"id of the opportunity"`
}

type explanation struct {
	Context
	Grain       string              `json:"grain"`
	Units       map[string]string   `json:"units"`
	Explanation explain.Explanation `json:"explanation"`
}

var explanationUnits = map[string]string{
	"value_minor": "minor units (cents) of the currency", "credit_minor": "minor units (cents) of the currency, for each touchpoint that counts, in order",
	"credit_millionths": "millionths of one conversion, for each touchpoint that counts, in order", "weights": "shares, to be divided by their sum",
	"number": "place of the touchpoint in the journey; 0: it does not count",
}

// explainConversion explains an opportunity. Persons are numbered in their order, unless the run is
// open with persons; then the id of a person, as a person_id, is explained too.
func explainConversion(ctx context.Context, run *query.Run, in explainInput) (any, error) {
	e, err := explain.Of(ctx, run.Directory, in.Opportunity)
	if !run.IsPersonal() && (failure.CodeOf(err) == failure.Usage || err == nil && e.PersonID != "") {
		return nil, failure.Errorf(failure.Usage, "run %s has no opportunity %q that it can explain\nhint: find one with the query SELECT DISTINCT opportunity_id FROM credits; persons are explained only by a server with --personal", run.ID, in.Opportunity)
	}
	if err != nil {
		return nil, err
	}
	if !run.IsPersonal() {
		withoutPersons(e)
	}
	found := explanation{Context: contextOf(run), Grain: "one entry per conversion of the opportunity; within it, one per touchpoint that was considered and one per model", Units: explanationUnits, Explanation: e}
	for _, c := range e.Conversions {
		for _, m := range c.Models {
			if !slices.Contains(found.Models, m.Model) {
				found.Models = append(found.Models, m.Model)
			}
		}
	}
	found.Notes = []string{"pipeline and revenue are two amounts of the same opportunity: do not add them"}
	return found, nil
}

// withoutPersons puts numbers in the place of the ids of persons, and of touchpoints, which may
// contain them, and hides e-mails in other texts.
func withoutPersons(e explain.Explanation) {
	persons, touches := map[string]int{}, map[string]int{}
	number := func(numbers map[string]int, id string) int {
		if numbers[id] == 0 {
			numbers[id] = len(numbers) + 1
		}
		return numbers[id]
	}
	for _, c := range e.Conversions {
		for i := range c.Considered {
			t := &c.Considered[i]
			t.PersonID = fmt.Sprintf("person %d", number(persons, t.PersonID))
			t.TouchID = fmt.Sprintf("touchpoint %d", number(touches, t.TouchID))
			t.Channel, t.CampaignID, t.Why = present.WithoutAddresses(t.Channel), present.WithoutAddresses(t.CampaignID), present.WithoutAddresses(t.Why)
		}
	}
}
