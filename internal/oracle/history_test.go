package oracle

import (
	"fmt"
	"testing"
)

func TestEditsOfPersons(t *testing.T) {
	w := marchLeads("2026-01-01",
		contactEnters("c1", "MQL", "2025-03-01"), contactEnters("c1", "m-q-l", "2025-03-10"), // an edit, in another spelling
		contactEnters("c1", "Recycled", "2025-03-12"), contactEnters("c1", "RECYCLED", "2025-03-13"), contactEnters("c1", "MQL", "2025-03-20"),
		contactEnters("c2", "MQL", "2025-03-01"), contactEnters("c2", "nurture", "2025-03-02"), enters("lead", "l2", "MQL", "2025-03-03"),
		enters("lead", "l2", "MQL", "2025-03-04"), enters("opportunity", "c2", "SQL", "2025-03-03"),
	)
	w.Leads = []Lead{{LeadID: "l1", CreatedAt: "2025-03-05T00:00:00Z", ConvertedContactID: "c1"}, {LeadID: "l2", CreatedAt: "2025-03-04T00:00:00Z", ConvertedContactID: "c2"}}
	read, _, err := readWorld(w)
	if err != nil {
		t.Fatal(err)
	}
	days := func(id string) string {
		text := ""
		for _, e := range read.people.of[node{contactKind, id}].entered["mql"] {
			text += instantText(e.at)[5:10] + " "
		}
		return text
	}
	expect(t, "back from recycling", days("c1"), "03-01 03-20 ")
	expect(t, "rows of lead and contact are one history", days("c2"), "03-01 03-03 ")
	// c1 became a lead on 5 March and an MQL again 15 days later, c2 on 4 March and never again
	expect(t, "leads to MQLs", way(run(t, w), "", AllChannels, "lead", "MQL"), "2+0=2 converted 1 already 1 rate 0.500000")
}

func TestOrderOfOneInstant(t *testing.T) {
	// at one instant the funnel's stages come in its order, then the other words in that of their
	// plain form
	w := marchLeads("2026-01-01", contactEnters("c1", "SQL", "2025-03-01"), contactEnters("c1", "MQL", "2025-03-01T00:00:00Z"),
		contactEnters("c1", "Recycled", "2025-03-01"), contactEnters("c1", "Nurture", "2025-03-01"), contactEnters("c1", "re-cycled", "2025-03-02"),
		contactEnters("c1", "SQL", "2025-03-03"), contactEnters("c1", "MQL", "2025-03-01"))
	var rows []stageEntry
	for _, s := range w.StageHistory {
		at, _ := requiredTime(s.EnteredAt, startOfDay)
		rows = append(rows, stageEntry{stageOf(w.Options.Funnel, s.Stage, false), at})
	}
	got := ""
	for _, e := range withoutEdits(rows) {
		got += fmt.Sprintf("%d%s %s %v; ", e.stage.place, e.stage.word, instantText(e.at.at)[8:10], e.at.start < e.at.end)
	}
	expect(t, "order", got, "1 01 true; 3 01 true; 6nurture 01 true; 6recycled 01 true; 3 03 true; ")
}

func TestWinsOfTheHistory(t *testing.T) {
	won := func(rows ...StageEntry) string {
		w := oneDeal(touchAt("t1", "2025-02-01"))
		w.StageHistory = rows
		w.Options.AsOf = "2025-12-31"
		return instantText(run(t, w).Conversions[1].Anchor)
	}
	row := func(stage, at string) StageEntry { return enters("opportunity", "o1", stage, at) }
	closed := "2025-04-01T00:00:00Z"
	expect(t, "no history", won(), closed)
	expect(t, "no won row", won(row("Negotiation", "2025-05-01")), closed)
	expect(t, "an edit", won(row("Closed Won", "2025-04-05T10:00:00Z"), row("Closed Won", "2025-06-01")), "2025-04-05T10:00:00Z")
	expect(t, "between two won stages", won(row("Won", "2025-06-01"), row("Closed Won", "2025-04-05T10:00:00Z"), row("closed-won", "2025-07-01")), "2025-04-05T10:00:00Z")
	expect(t, "reopened", won(row("Won", "2025-04-05"), row("Negotiation", "2025-04-09"), row("Closed Won", "2025-04-11"), row("Won", "2025-04-12")), "2025-04-11T00:00:00Z")
	expect(t, "reopened and not won again", won(row("Won", "2025-04-05"), row("Negotiation", "2025-04-09")), "2025-04-05T00:00:00Z")
	expect(t, "a lead and a contact of the same id", won(row("Won", "2025-04-05"), enters("lead", "o1", "Proposal", "2025-05-01"),
		enters("contact", "o1", "Won", "2025-05-02")), "2025-04-05T00:00:00Z")
	// at one instant the won stages come after Negotiation only if they stand before words outside
	// of the funnel: they do, and so the row of Negotiation is the last one, and the later won row
	// an entry
	expect(t, "one instant", won(row("Negotiation", "2025-04-05"), row("Won", "2025-04-05"), row("Won", "2025-04-06")), "2025-04-06T00:00:00Z")
}

func TestEditsOfOpportunities(t *testing.T) {
	w := oneDeal()
	w.Options.AsOf = "2025-12-31"
	w.Options.Funnel = []Stage{{Name: "lead", Unit: PersonUnit}, {Name: "opportunity", Unit: OpportunityUnit, At: AtCreated, WithinDays: 30},
		{Name: "Proposal", Unit: OpportunityUnit, Spellings: []string{"quote"}, WithinDays: 365}, {Name: "won", Unit: OpportunityUnit, At: AtWon, WithinDays: 20}}
	w.StageHistory = []StageEntry{enters("opportunity", "o1", "Proposal", "2025-02-20"), enters("opportunity", "o1", "Quote", "2025-03-10")}
	// the row of 10 March only edits that of 20 February
	expect(t, "an edit", way(run(t, w), "", AllChannels, "opportunity", "Proposal"), "1+0=1 converted 0 already 1 rate 0.000000")
	w.StageHistory = append(w.StageHistory, enters("opportunity", "o1", "Negotiation", "2025-03-05"))
	expect(t, "back from elsewhere", way(run(t, w), "", AllChannels, "opportunity", "Proposal"), "1+0=1 converted 1 already 0 rate 1.000000")
}
