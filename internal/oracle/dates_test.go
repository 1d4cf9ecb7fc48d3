package oracle

import (
	"fmt"
	"strings"
	"testing"
)

func TestIntervals(t *testing.T) {
	day := func(text string, part dayPart) timestamp {
		read, err := requiredTime(text, part)
		if err != nil {
			t.Fatal(err)
		}
		return read
	}
	bare, late := day("2025-03-03", startOfDay), day("2025-03-03", endOfDay)
	noon, next, last := day("2025-03-03T12:00:00Z", startOfDay), day("2025-03-04T00:00:00Z", startOfDay), day("2025-03-02T23:59:59.999999Z", startOfDay)
	for _, c := range []struct {
		a, b          timestamp
		before, after bool
	}{
		{bare, noon, false, false}, {noon, bare, false, false}, {late, noon, false, false}, {bare, late, false, false},
		{bare, next, true, false}, {late, next, true, false}, {late, last, false, true}, {last, bare, true, false},
		{noon, noon, false, false}, {noon, next, true, false},
	} {
		if c.a.before(c.b) != c.before || c.a.after(c.b) != c.after {
			t.Errorf("%v and %v: before %v, after %v", c.a, c.b, c.a.before(c.b), c.a.after(c.b))
		}
	}
	midnight := day("2025-03-03T00:00:00Z", startOfDay)
	if midnight.earlier(bare) != bare || bare.earlier(midnight) != bare || midnight.earlier(noon) != midnight || late.earlier(noon) != noon {
		t.Error("of two rows at one instant the time is bare if one of them is")
	}
}

func TestTouchesOfABareAnchor(t *testing.T) {
	w := oneLead(touchAt("day", "2025-03-05T15:00:00Z"), touchAt("last", "2025-03-05T23:59:59.999999Z"), touchAt("next", "2025-03-06T00:00:00Z"),
		touchAt("first", "2024-12-05T00:00:00Z"), touchAt("beyond", "2024-12-04T23:59:59.999999Z"))
	w.StageHistory = []StageEntry{enters("lead", "l1", "MQL", "2025-03-05")}
	// the look-back counts from where the entry stands: 90 d before 2025-03-05T00:00:00Z is
	// 2024-12-05T00:00:00Z
	expect(t, "the whole day", units(run(t, w), "mql", "contact:c1", "linear"), "first=333333 day=333334 last=333333")
	w.StageHistory[0].EnteredAt = "2025-03-05T15:00:00Z"
	expect(t, "a time", units(run(t, w), "mql", "contact:c1", "linear"), "day=1000000")

	// a win of which stage_history knows only the day
	w = oneDeal(touchAt("t1", "2025-02-01"), touchAt("t2", "2025-04-10T18:00:00Z"), touchAt("t3", "2025-04-11T00:00:00Z"))
	w.StageHistory = []StageEntry{enters("opportunity", "o1", "Won", "2025-04-10")}
	w.Options.Custom = []Custom{{ID: "only_close", CW: 100}}
	r := run(t, w)
	expect(t, "the day of the win", touched(r, Revenue, "o1"), "t1=50000 t2=50000")
	expect(t, "CW", credited(r, Revenue, "o1", "only_close"), "t2=100000")
	expect(t, "the anchor stands at the start", instantText(r.Conversions[1].Anchor), "2025-04-10T00:00:00Z")
	w.Touchpoints = w.Touchpoints[1:]
	expect(t, "not only after the conversion", touched(run(t, w), Revenue, "o1"), "t2=100000")
	w.Touchpoints = w.Touchpoints[1:]
	expect(t, "only after the conversion", touched(run(t, w), Revenue, "o1"), AfterConversionOnly+"=100000")
}

func TestBareDatesAndAsOf(t *testing.T) {
	// o1 is created on 1 March, closed on 1 April
	w := oneDeal(touchAt("t1", "2025-02-01"))
	w.Opportunities[0].CreatedAt, w.Opportunities[0].ClosedAt = "2025-03-01", "2025-04-01"
	w.StageHistory = []StageEntry{enters("contact", "c1", "MQL", "2025-04-01")}
	says := func(asOf string) string {
		w.Options.AsOf = asOf
		r := run(t, w)
		var parts []string
		for _, c := range r.Conversions {
			if c.NotCounted == "" {
				parts = append(parts, c.Type)
			}
		}
		return fmt.Sprint(strings.Join(parts, " "), " open ", r.Conversions[0].Open)
	}
	expect(t, "on the day of the close", says("2025-04-01T00:00:00Z"), "pipeline revenue mql open false")
	expect(t, "the day before", says("2025-03-31T23:59:59.999999Z"), "pipeline open true")
	expect(t, "on the day of the creation", says("2025-03-01T08:00:00Z"), "pipeline open true")
	expect(t, "before it", says("2025-02-28T23:59:59.999999Z"), " open true")
	w.Opportunities[0].Stage = "Closed Lost"
	w.Opportunities[0].IsWon = "false"
	expect(t, "lost on the day", says("2025-04-01T00:00:00Z"), "pipeline mql open false")
}

func TestLeadCreationOnABareDay(t *testing.T) {
	deal := func(created string, touches ...Touchpoint) World {
		w := oneLead(touches...)
		w.Opportunities[0].CreatedAt = created
		return w
	}
	lc := func(w World) string { return credited(run(t, w), Pipeline, "o1", "lead_creation") }
	// SEMANTICS: a lead dated 8 May is no later than an opportunity created on 8 May at 15:00
	w := deal("2025-05-08T15:00:00Z", touchAt("t1", "2025-05-08T14:00:00Z"))
	w.Leads[0].CreatedAt = "2025-05-08"
	expect(t, "the lead's day", lc(w), "t1=100000")
	w.Leads[0].CreatedAt = "2025-05-09"
	expect(t, "the next day", lc(w), "no_anchor=100000")
	w.Leads[0].CreatedAt = "2025-05-08T15:00:00.000001Z"
	expect(t, "a time", lc(w), "no_anchor=100000")

	// no grace on top of the day, for a creation and for an entry alike
	w = deal("2025-05-20T00:00:00Z", touchAt("t1", "2025-05-08T23:59:59.999999Z"), touchAt("t2", "2025-05-09T00:00:00Z"))
	w.Leads[0].CreatedAt = "2025-05-08"
	expect(t, "to the end of the day", lc(w), "t1=100000")
	w.StageHistory = []StageEntry{enters("lead", "l1", "lead", "2025-05-08")}
	expect(t, "an entry", lc(w), "t1=100000")
	w.StageHistory[0].EnteredAt = "2025-05-08T23:50:00Z"
	expect(t, "a time has its grace", lc(w), "t2=100000")

	// two rows at one instant: bare, since one of them is
	w.StageHistory = []StageEntry{enters("lead", "l1", "lead", "2025-05-08T00:00:00Z"), enters("contact", "c1", "Lead", "2025-05-08")}
	expect(t, "one of two is bare", lc(w), "t1=100000")
	w.StageHistory = nil
	w.Leads = append(w.Leads, Lead{LeadID: "l2", CreatedAt: "2025-05-08T23:59:59.999999Z", ConvertedContactID: "c1"})
	expect(t, "one of two leads is bare", lc(w), "t1=100000")
	w.Leads[0].CreatedAt = "2025-05-09" // later than l2, which has a time
	expect(t, "the least as it stands", lc(w), "t2=100000")

	// the earliest lead is the one that stands first: an entry on 8 May stands before a creation at
	// noon, a creation after it
	w = deal("2025-05-20T00:00:00Z", touchAt("t1", "2025-05-08T09:00:00Z"), touchAt("t2", "2025-05-08T10:00:00Z"))
	w.Touchpoints[1].ContactID = "c2"
	w.Contacts = append(w.Contacts, Contact{ContactID: "c2"})
	w.OpportunityContacts = append(w.OpportunityContacts, OpportunityContact{OpportunityID: "o1", ContactID: "c2"})
	w.StageHistory = []StageEntry{enters("contact", "c1", "lead", "2025-05-08"), enters("contact", "c2", "lead", "2025-05-08T12:00:00Z")}
	expect(t, "the entry of the day is earlier", lc(w), "t1=100000")
	w.StageHistory = w.StageHistory[1:]
	w.Leads[0].CreatedAt = "2025-05-08"
	expect(t, "the creation of the day is later", lc(w), "t2=100000")
}

func TestFunnelOfBareDates(t *testing.T) {
	w := marchLeads("2025-03-05T06:00:00Z",
		contactEnters("c1", "lead", "2025-03-04T12:00:00Z"), contactEnters("c1", "MQL", "2025-03-04"), // the same day: follows at once
		contactEnters("c2", "lead", "2025-03-04"), contactEnters("c2", "MQL", "2025-03-04T12:00:00Z"), // half a day later
		contactEnters("c3", "lead", "2025-03-04T12:00:00Z"), contactEnters("c3", "MQL", "2025-03-03"), // the day before
		contactEnters("c4", "lead", "2025-03-05"), // counted on the day of as-of
		contactEnters("c5", "lead", "2025-03-06"), // not on the next one
	)
	w.Leads = []Lead{{LeadID: "l6", CreatedAt: "2025-03-05"}} // stands after as-of, and is watched for no time
	r := run(t, w)
	expect(t, "leads to MQLs", way(r, "", AllChannels, "lead", "MQL"), "5+0=5 converted 2 already 1 rate 0.400000")
	row := the(t, r, "", "lead", "MQL")
	expect(t, "days", fmt.Sprint(row.VelocityN, " ", six(row.Median), " ", six(row.P90)), "2 0.000000 0.500000")
	// c1 and c2 convert after 0 and 12 hours; c3 is watched for 18 hours, c4 for 6, l6 for none: 1
	// - 4/5 * 1/2
	expect(t, "Kaplan-Meier", six(row.KMRate)+" "+six(row.KMObservedDays), "0.600000 0.750000")

	// one instant, a bare row and one with a time: bare
	w = marchLeads("2026-01-01", contactEnters("c1", "lead", "2025-03-04T00:00:00Z"), contactEnters("c1", "lead", "2025-03-04"))
	w.Opportunities = []Opportunity{{OpportunityID: "o1", CreatedAt: "2025-03-04", Stage: "Won", ClosedAt: "2025-03-04"},
		{OpportunityID: "o2", CreatedAt: "2025-03-04", Stage: "Won", ClosedAt: "2025-03-03T23:59:59Z"}}
	r = run(t, w)
	expect(t, "won on the day of the creation", way(r, "", AllChannels, "opportunity", "won"), "2+0=2 converted 1 already 1 rate 0.500000")
}

func TestDefaultAsOf(t *testing.T) {
	// the base is the creation of o1, and of its contact and touch before it
	base := func() World {
		w := oneDeal(touchAt("t1", "2025-02-01"))
		w.Opportunities[0].IsWon = "true"
		return w
	}
	asOf := func(w World) string { return instantText(run(t, w).AsOf) }
	w := base()
	w.Opportunities[0].ClosedAt = "2025-06-01T00:00:00Z" // 92 x 86,400 s after 1 March
	expect(t, "a close after 92 days", asOf(w), "2025-06-01T00:00:00Z")
	w.Opportunities[0].ClosedAt = "2025-06-01T00:00:00.000001Z"
	expect(t, "a close beyond them", asOf(w), "2025-03-01T00:00:00Z")
	w.Opportunities[0].ClosedAt = "2025-06-01"
	expect(t, "a bare close whose day begins after 92 days", asOf(w), "2025-06-01T23:59:59.999999Z")
	w.Opportunities[0].ClosedAt = "2025-06-02"
	expect(t, "a bare close of the day after", asOf(w), "2025-03-01T00:00:00Z")
	w.Opportunities[0].ClosedAt = "2025-03-31"
	expect(t, "a bare close stands at the end of its day", asOf(w), "2025-03-31T23:59:59.999999Z")

	w.Opportunities = append(w.Opportunities, Opportunity{OpportunityID: "o2", CreatedAt: "2025-02-01", ClosedAt: "2025-12-01", IsWon: "true"},
		Opportunity{OpportunityID: "o3", CreatedAt: "2025-02-01", ClosedAt: "2025-03-31T23:59:59.999999Z", IsWon: "false", IsClosed: "false"})
	expect(t, "one beyond them hides none within", asOf(w), "2025-03-31T23:59:59.999999Z")

	w = base()
	w.Opportunities[0].ClosedAt = "2025-03-02T00:00:00Z"
	w.Costs = []Cost{{StartsOn: "2025-03-31", EndsOn: "2025-03-31", Channel: "Fair", Amount: "1"}}
	expect(t, "a daily cost stands at the end of its day", asOf(w), "2025-03-31T23:59:59.999999Z")
	w.Costs[0].StartsOn = "2025-03-30"
	expect(t, "a cost of two days", asOf(w), "2025-03-02T00:00:00Z")
	w.Costs[0].StartsOn, w.Costs[0].EndsOn = "2025-04-02", "2025-04-02" // begins at the bound
	expect(t, "a daily cost that begins after 31 days", asOf(w), "2025-04-02T23:59:59.999999Z")
	w.Costs[0].StartsOn, w.Costs[0].EndsOn = "2025-04-03", "2025-04-03"
	expect(t, "a daily cost beyond 31 days", asOf(w), "2025-03-02T00:00:00Z")
	w.Opportunities[0].ClosedAt = "2025-03-10T00:00:00Z"
	expect(t, "unless the close is newer", asOf(w), "2025-04-03T23:59:59.999999Z")
	w.Opportunities[0].ClosedAt = ""
	w.StageHistory = []StageEntry{enters("opportunity", "o1", "Negotiation", "2025-03-03"), enters("opportunity", "o1", "Closed Won", "2025-03-03")}
	expect(t, "or a stage entry", asOf(w), "2025-04-03T23:59:59.999999Z")
}
