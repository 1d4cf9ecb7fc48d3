package oracle

import (
	"fmt"
	"testing"
)

// called is an activity of a contact.
func called(contact, at string) Activity {
	return Activity{ActivityID: contact + at, ContactID: contact, OccurredAt: at, ActivityType: "Call"}
}

// outcomes writes the deliveries of everyone: outcome, L late, I implied, reason, owner.
func outcomes(a *Aligned) string {
	text := ""
	for _, d := range a.deliveries() {
		text += d.who.id[len("contact:"):] + " " + d.outcome
		if d.late {
			text += " late"
		}
		if d.implied {
			text += " implied"
		}
		text += fmt.Sprintf(" %q %s; ", d.reason, d.ownerName())
	}
	return text
}

func TestOutcomesOfDeliveries(t *testing.T) {
	w := persons("2025-03-31T00:00:00Z",
		// exactly 14 d are in time
		contactEnters("c1", "MQL", "2025-03-01"), owned(contactEnters("c1", "Rejected", "2025-03-15"), "kim", "no budget"),
		contactEnters("c2", "MQL", "2025-03-01"), owned(contactEnters("c2", "Recycled", "2025-03-15T00:00:00.000001Z"), "", "timing"),
		contactEnters("c2", "MQL", "2025-03-16"), contactEnters("c2", "Recycled", "2025-03-16"), // a word stands after a stage
		contactEnters("c3", "MQL", "2025-03-01"), contactEnters("c3", "lead", "2025-03-02"), contactEnters("c3", "MQL", "2025-03-15"), // superseded in the last instant
		contactEnters("c4", "MQL", "2025-03-01"), contactEnters("c4", "lead", "2025-03-02"), contactEnters("c4", "MQL", "2025-03-15T00:00:00.000001Z"),
		contactEnters("c5", "MQL", "2025-03-17"), // 14 d at as-of
		contactEnters("c6", "MQL", "2025-03-01"), owned(contactEnters("c6", "Demo", "2025-03-02"), "lou", "x"),
	)
	w.Options.Funnel = append(w.Options.Funnel[:4:4], append([]Stage{{Name: "Demo", Unit: PersonUnit, WithinDays: 90}}, w.Options.Funnel[4:]...)...)
	w.addDeal(aDeal("o1", "c5", "2025-03-16T00:00:00Z", "", "New")) // before the delivery
	expect(t, "outcomes", outcomes(align(t, w)), `c1 rejected "no budget" kim; c2 recycled late "timing" (no owner); c2 recycled "" (no owner); `+
		`c3 superseded "" (no owner); c3 expired "" (no owner); c4 expired "" (no owner); c4 expired "" (no owner); c5 open "" (no owner); c6 accepted implied "" lou; `)

	w = persons("2025-03-31", contactEnters("c1", "MQL", "2025-03-01T10:00:00Z"), owned(contactEnters("c1", "Rejected", "2025-03-05"), "", "no"))
	w.addDeal(aDeal("o1", "c1", "2025-03-04", "", "New"))
	expect(t, "an opportunity before the row", outcomes(align(t, w)), `c1 accepted implied "" (no owner); `)
}

func TestBusinessTime(t *testing.T) {
	level := DefaultAlignment().ServiceLevel
	hours := func(from, to string) string {
		c, err := level.calendar()
		if err != nil {
			t.Fatal(err)
		}
		a, _ := requiredInstant(from, startOfDay)
		b, _ := requiredInstant(to, startOfDay)
		return hoursText(c.businessTime(a, b), true)
	}
	expect(t, "over a weekend", hours("2025-03-07T16:00:00Z", "2025-03-10T10:30:00Z"), "2.500000") // Friday to Monday
	level.Holidays = []string{"2025-03-10"}
	expect(t, "and a holiday", hours("2025-03-07T16:00:00Z", "2025-03-11T10:30:00Z"), "2.500000")
	expect(t, "outside of all hours", hours("2025-03-08T00:00:00Z", "2025-03-09T00:00:00Z"), "0.000000")
	level.Zone, level.Opens, level.Closes = "Europe/Berlin", "00:00", "04:00"
	level.Weekdays = append(level.Weekdays, "sun")
	expect(t, "a night without an hour", hours("2025-03-29T12:00:00Z", "2025-03-30T12:00:00Z"), "3.000000")
	expect(t, "a night with one more", hours("2025-10-25T12:00:00Z", "2025-10-26T12:00:00Z"), "5.000000")
}

func TestServiceLevel(t *testing.T) {
	// all deliveries on Monday, 3 March 2025, at 09:00: the target of 4 h is 13:00, that of
	// assignment 10:00
	at := "2025-03-03T09:00:00Z"
	w := persons("2025-03-03T13:00:00.000001Z",
		owned(contactEnters("c1", "MQL", at), "kim", ""), // at once
		contactEnters("c2", "MQL", at), owned(contactEnters("c2", "Working", "2025-03-03T10:00:00Z"), "lou", ""),
		contactEnters("c3", "MQL", at), owned(contactEnters("c3", "Working", "2025-03-03T10:00:00.000001Z"), "max", ""),
		owned(contactEnters("c4", "lead", "2025-03-01"), "kim", ""), contactEnters("c4", "MQL", at), // an empty owner changes nothing
		contactEnters("c5", "MQL", at),
		owned(contactEnters("c6", "lead", "2025-03-01"), "kim", ""), contactEnters("c6", "MQL", at), owned(contactEnters("c6", "Working", "2025-03-03T12:00:00Z"), "lou", ""),
	)
	w.Leads = []Lead{{LeadID: "l5", CreatedAt: "2025-02-01", ConvertedContactID: "c5", Owner: "ann"}, {LeadID: "l3", CreatedAt: "2025-02-01", ConvertedContactID: "c3", Owner: "ann"}}
	w.Activities = []Activity{called("c1", "2025-03-03T13:00:00Z"), called("c2", "2025-03-03T13:00:00.000001Z"), called("c3", "2025-03-03T08:59:59Z"),
		{ActivityID: "x", ContactID: "c4", OccurredAt: at, ActivityType: "note"}}
	a := align(t, w)
	text := ""
	for _, d := range a.deliveries() {
		text += fmt.Sprintf("%s %s %v %v %v %v; ", d.ownerName(), hoursText(d.assigned, d.hasOwner), a.inTime(d), d.responded || d.due, d.unowned, d.tooEarly)
	}
	// c3 was named a microsecond late, and its lead does not help; c5 has only the lead
	expect(t, "deliveries", text, "kim 0.000000 true true false false; lou 1.000000 false true false false; max 1.000000 false true true true; "+
		"(no owner) 0.000000 false true false false; ann 0.000000 false true false false; lou 3.000000 false true false false; ")
	row := "deliveries within_service_level due_or_responded unowned too_early response_median_hours"
	// responses at 4 h, 4 h + 1 us; the other four are censored at 4 h + 1 us: S = 5/6, 4/6
	expect(t, "handoff", cellsOf(a.Handoff(), "period_type=all,owner=(all),channel=(all)", row), "6 1 6 1 1 ")
	expect(t, "handoff of max", cellsOf(a.Handoff(), "period_type=week,owner=max,channel=(all)", row), "1 0 1 1 1 ")
	w.Options.AsOf = "2025-03-03T13:00:00Z"
	expect(t, "not due", cellsOf(align(t, w).Handoff(), "period_type=all,owner=(all),channel=(all)", row), "6 1 1 1 1 ")
}

func TestRepFollowUp(t *testing.T) {
	w := persons("2026-03-31T00:00:00Z")
	for i := range 12 {
		id := fmt.Sprint("c", i)
		owner := map[bool]string{true: "kim", false: "lou"}[i < 6]
		w.StageHistory = append(w.StageHistory, owned(contactEnters(id, "MQL", "2025-03-31"), owner, ""))
		if i < 6 {
			w.StageHistory = append(w.StageHistory, contactEnters(id, "SQL", "2025-04-02"))
			w.Activities = append(w.Activities, called(id, "2025-03-31T10:00:00Z"))
		}
	}
	w.addDeal(aDeal("o1", "c0", "2025-05-01", "2025-06-01", "Won"))
	w.addDeal(aDeal("o2", "c1", "2025-05-01", "2025-06-01", "Won"))
	w.Opportunities[1].OpportunityType = "Renewal" // counts for acceptance alone
	rows := align(t, w).RepFollowUp()
	expect(t, "kim", cellsOf(rows, "period_type=all,owner=kim", "deliveries worked accepted sql won won_n worked_word expired_word won_word"),
		"6 6 6 6 1 6 better better cannot say")
	// Wilson of 0 of 6 is 0 to z²/(6+z²) = 0.390334: 1 - sqrt(2 * 0.390334²) = 0.447984
	expect(t, "interval", cellsOf(rows, "period_type=all,owner=kim", "worked_difference_low worked_difference_high"), "0.447984 1.000000")
	expect(t, "lou", cellsOf(rows, "period_type=all,owner=lou", "deliveries worked expired worked_word expired_word"), "6 0 6 worse worse")
}

func TestHandoffReasons(t *testing.T) {
	w := persons("2025-03-31", owned(contactEnters("c1", "MQL", "2025-03-01"), "kim", ""), owned(contactEnters("c1", "Rejected", "2025-03-02"), "", "price"),
		contactEnters("c2", "MQL", "2025-03-01"), contactEnters("c2", "Rejected", "2025-03-02"))
	w.Touchpoints = []Touchpoint{{TouchID: "t1", ContactID: "c1", OccurredAt: "2025-02-01", CampaignID: "k1", Channel: "Email"}, {TouchID: "t2", ContactID: "c1", OccurredAt: "2025-03-01", CampaignID: "k2", Channel: "Web"}}
	a := align(t, w)
	rows := a.HandoffReasons()
	expect(t, "a cell", cellsOf(rows, "period_type=all,outcome=rejected,reason=price,campaign_id=k2,owner=kim", "deliveries"), "1")
	expect(t, "no reason", cellsOf(rows, "period_type=all,outcome=rejected,reason=(no reason),campaign_id=(all),owner=(all)", "deliveries"), "1")
	expect(t, "channel", cellsOf(a.Handoff(), "period_type=all,channel=Email", "deliveries acceptance_rate acceptance_high"), "1 0.000000 0.793451")
}
