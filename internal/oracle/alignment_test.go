package oracle

import (
	"fmt"
	"strings"
	"testing"
)

// align reads a world for the reports of alignment.
func align(t *testing.T, w World) *Aligned {
	t.Helper()
	a, err := Align(w)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// cellsOf writes the named cells of the first row that has the given values, "no row" without one.
func cellsOf(rows []Cells, where, columns string) string {
	for _, row := range rows {
		fits := true
		for _, condition := range strings.Split(where, ",") {
			column, value, _ := strings.Cut(condition, "=")
			fits = fits && row[column] == value
		}
		if fits {
			var cells []string
			for _, column := range strings.Fields(columns) {
				cells = append(cells, row[column])
			}
			return strings.Join(cells, " ")
		}
	}
	return "no row"
}

// persons is a world of contacts c1, c2 ... that only the history makes anything, as of the end of
// a day.
func persons(asOf string, history ...StageEntry) World {
	w := marchLeads(asOf, history...)
	w.Leads = []Lead{}
	return w
}

func owned(s StageEntry, owner, reason string) StageEntry {
	s.Owner, s.Reason = owner, reason
	return s
}

func aDeal(id, contact, created, closed, stage string) (Opportunity, OpportunityContact) {
	return Opportunity{OpportunityID: id, CreatedAt: created, ClosedAt: closed, Stage: stage, IsWon: map[bool]string{true: "true", false: "false"}[isWonStage(stage)], Amount: "100.00"},
		OpportunityContact{OpportunityID: id, ContactID: contact}
}

func (w *World) addDeal(o Opportunity, role OpportunityContact) {
	w.Opportunities = append(w.Opportunities, o)
	w.OpportunityContacts = append(w.OpportunityContacts, role)
}

// visitsText writes stays: lead 1-10 forward.
func visitsText(o Options, visits []visit) string {
	var all []string
	for _, v := range visits {
		left := ""
		if v.gone {
			left = instantText(v.left)[5:13]
		}
		all = append(all, fmt.Sprintf("%s %s-%s %s", o.nameOf(v.in), instantText(v.entered)[5:13], left, v.exit))
	}
	return strings.Join(all, ", ")
}

func TestStaysOfAPerson(t *testing.T) {
	w := persons("2025-06-30",
		contactEnters("c1", "lead", "2025-03-01"), contactEnters("c1", "MQL", "2025-03-05"), contactEnters("c1", "mql", "2025-03-06"), // an edit
		contactEnters("c1", "Recycled", "2025-03-10"), contactEnters("c1", "On hold", "2025-03-12"), contactEnters("c1", "MQL", "2025-03-15"),
		contactEnters("c1", "lead", "2025-03-20"), contactEnters("c1", "SQL", "2025-04-01"), contactEnters("c1", "sql", "2025-04-20"),
		contactEnters("c1", "Nurture", "2025-05-01"))
	w.addDeal(aDeal("o0", "c1", "2025-02-28T00:00:00Z", "", "New")) // before the person came in
	w.addDeal(aDeal("o1", "c1", "2025-04-10T00:00:00Z", "", "New"))
	w.addDeal(aDeal("o2", "c1", "2025-04-12T00:00:00Z", "", "New")) // while the person is out
	w.addDeal(aDeal("o3", "c1", "2025-05-20T00:00:00Z", "", "New"))
	w.Opportunities[0].OpportunityType = "Renewal"
	a := align(t, w)
	expect(t, "stays", visitsText(w.Options, a.persons[0].visits), "lead 03-01T00-03-05T00 forward, MQL 03-05T00-03-10T00 out, "+
		"recycled 03-10T00-03-12T00 out, onhold 03-12T00-03-15T00 back, MQL 03-15T00-03-20T00 back, lead 03-20T00-04-01T00 forward, "+
		"SQL 04-01T00-04-10T00 forward, nurture 05-01T00-05-20T00 forward")
}

func TestImpliedLead(t *testing.T) {
	w := persons("2025-06-30", contactEnters("c1", "MQL", "2025-03-01T10:00:00Z"), contactEnters("c2", "SQL", "2025-03-02T10:00:00Z"))
	w.Contacts = []Contact{{ContactID: "c1", CreatedAt: "2025-03-01"}, {ContactID: "c2", CreatedAt: "2025-03-01"}}
	w.Options.ContactsAreLeads = true
	a := align(t, w)
	// c1 became a lead on the day of its first row, just before it; c2 at the end of its day
	expect(t, "c1", visitsText(w.Options, a.persons[0].visits), "lead 03-01T10-03-01T10 forward, MQL 03-01T10- ")
	expect(t, "c2", visitsText(w.Options, a.persons[1].visits), "lead 03-01T23-03-02T10 forward, SQL 03-02T10- ")
}

func TestStaysOfAnOpportunity(t *testing.T) {
	w := persons("2025-06-30",
		enters("opportunity", "o1", "Proposal", "2025-03-05"), enters("opportunity", "o1", "Closed Lost", "2025-03-10"),
		enters("opportunity", "o1", "Negotiation", "2025-03-12"), enters("opportunity", "o1", "Closed Lost", "2025-04-01"))
	w.addDeal(aDeal("o1", "c1", "2025-03-01T00:00:00Z", "2025-05-01", "Closed Lost"))
	w.addDeal(aDeal("o2", "c1", "2025-03-01T00:00:00Z", "2025-05-01", "Closed Lost"))
	w.addDeal(aDeal("o3", "c1", "2025-03-01T00:00:00Z", "", "Closed Lost")) // nobody knows when
	w.addDeal(aDeal("o4", "c1", "2025-03-01T00:00:00Z", "2025-07-01", "Won"))
	w.addDeal(aDeal("o5", "c1", "2025-03-01T00:00:00Z", "2025-05-01T12:00:00Z", "Won"))
	a := align(t, w)
	for i, want := range []string{"opportunity 03-01T00-04-01T00 lost", "opportunity 03-01T00-05-01T23 lost", "", "opportunity 03-01T00- ", "opportunity 03-01T00-05-01T12 won"} {
		expect(t, fmt.Sprint("o", i+1), visitsText(w.Options, a.dealHistories[i].visits), want)
	}
	stock := a.FunnelStock()
	columns := "stock_start entered left_won left_lost left stock_end"
	// in March four came, of which one leaves in April, and one each is lost and won in May
	expect(t, "March", cellsOf(stock, "period_type=month,period_start=2025-03-01,stage=opportunity", columns), "0 4 0 0 0 4")
	expect(t, "April", cellsOf(stock, "period_type=month,period_start=2025-04-01,stage=opportunity", columns), "4 0 0 1 1 3")
	expect(t, "May", cellsOf(stock, "period_type=month,period_start=2025-05-01,stage=opportunity", columns), "3 0 1 1 2 1")
	velocity := a.FunnelVelocity()
	// 31 d, 61 d + 12 h, 62 d - 1 us, and one open after 122 d: S = 3/4, 1/2, 1/4
	expect(t, "velocity", cellsOf(velocity, "period_type=all,stage=opportunity", "visits open_visits returns side_entrances median_days p75_days p90_days value"),
		"4 1 0 0 61.500000 62.000000  400.00")
	expect(t, "jurisdiction", cellsOf(a.Jurisdiction(), "unit=opportunity", "stage department units oldest"), "opportunity sales 1 2025-03-01T00:00:00Z")
}

func TestVelocityOfReturns(t *testing.T) {
	w := persons("2025-03-31", contactEnters("c1", "MQL", "2025-03-01"), contactEnters("c1", "lead", "2025-03-03"), contactEnters("c1", "MQL", "2025-03-04"))
	a := align(t, w)
	rows := a.FunnelVelocity()
	expect(t, "MQL", cellsOf(rows, "period_type=all,stage=MQL", "visits open_visits returns side_entrances median_days p75_days"), "2 1 1 1 2.000000 ")
	expect(t, "department of a word", a.options.department(standing{-1, "foo"}), Nobody)
}
