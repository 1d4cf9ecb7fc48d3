package oracle

import (
	"fmt"
	"strings"
	"testing"
)

// oneLead is one lead, created 2025-03-01T00:00:00Z, with the touches of the contact c1 that it
// converted to.
func oneLead(touches ...Touchpoint) World {
	w := oneDeal(touches...)
	w.Contacts[0].CreatedAt = "2025-01-01"
	w.Leads = []Lead{{LeadID: "l1", CreatedAt: "2025-03-01T00:00:00Z", ConvertedContactID: "c1"}}
	return w
}

func enters(entity, id, stage, at string) StageEntry {
	return StageEntry{EntityType: entity, EntityID: id, Stage: stage, EnteredAt: at}
}

// units writes one model's count credit of one person's conversion, in order, without zeros.
func units(r Result, stage, person, model string) string {
	var parts []string
	for _, c := range r.Credits {
		if c.ConversionType == stage && c.PersonID == person && c.Millionths[model].Sign() != 0 {
			parts = append(parts, fmt.Sprintf("%s%s=%s", c.TouchID, c.Reason, c.Millionths[model]))
		}
	}
	return strings.Join(parts, " ")
}

// converted lists the conversions of persons: "lead contact:c1 2025-03-01T00:00:00Z", "late" for
// after as-of.
func converted(r Result) string {
	var parts []string
	for _, c := range r.Conversions {
		if c.PersonID != "" {
			late := map[string]string{AfterAsOf: " late"}[c.NotCounted]
			parts = append(parts, c.Type+" "+c.PersonID+" "+instantText(c.Anchor)+late)
		}
	}
	return strings.Join(parts, "; ")
}

func TestEdgesOfThePersonsJourney(t *testing.T) {
	// 90 d before 2025-03-01T00:00:00Z is 2024-12-01T00:00:00Z
	w := oneLead(
		touchAt("beyond", "2024-11-30T23:59:59.999999Z"),
		touchAt("limit", "2024-12-01T00:00:00Z"),
		touchAt("anchor", "2025-03-01T00:00:00Z"),
		touchAt("past", "2025-03-01T00:00:00.000001Z"),
		touchAt("another", "2025-02-01"),
	)
	w.Touchpoints[4].ContactID = "c2" // of the same account, but someone else
	w.Contacts = append(w.Contacts, Contact{ContactID: "c2", AccountID: "a1"})
	r := run(t, w)
	expect(t, "both ends", units(r, "lead", "contact:c1", "linear"), "limit=500000 anchor=500000")
	expect(t, "all conversions", converted(r), "lead contact:c1 2025-03-01T00:00:00Z")
	expect(t, "path", r.Conversions[2].Path, PersonPath)
	w.Options.PersonLookbackDays = 0
	expect(t, "no look-back", units(run(t, w), "lead", "contact:c1", "linear"), "anchor=1000000")

	w.Options.PersonLookbackDays = 90
	w.Touchpoints[1].Channel, w.Touchpoints[2].Channel = "Direct", "direct"
	w.Options.Direct = DirectFallbackOnly
	expect(t, "only direct ones", units(run(t, w), "lead", "contact:c1", "linear"), "limit=500000 anchor=500000")
	w.Touchpoints[1].Channel = "Email"
	expect(t, "one that is not", units(run(t, w), "lead", "contact:c1", "linear"), "limit=1000000")
}

func TestReasonsOfPersons(t *testing.T) {
	status := func(w World, status string) World {
		for i := range w.Touchpoints {
			w.Touchpoints[i].Status = status
		}
		return w
	}
	internal := oneLead(touchAt("t1", "2025-02-01"))
	internal.Options.TestAccounts = []string{"a1"}
	stranger := oneLead()
	stranger.Options.TestAccounts = []string{"a1"}
	late := oneLead(touchAt("t1", "2025-03-02"), touchAt("t2", "2025-02-02"))
	late.Touchpoints[1].Status = "sent"
	for _, c := range []struct {
		want string
		w    World
	}{
		{NoTouches, oneLead()}, {NoTouches, stranger}, {OnlyExcluded, status(oneLead(touchAt("t1", "2025-02-01")), "bounced")},
		{OnlyExcluded, internal}, {AfterConversionOnly, late},
		{OutsideLookback, oneLead(touchAt("t1", "2024-11-30"), touchAt("t2", "2025-03-02"))},
	} {
		expect(t, "lead", units(run(t, c.w), "lead", "contact:c1", "linear"), c.want+"=1000000")
	}
}

func TestAnchorsOfPersons(t *testing.T) {
	w := oneLead(touchAt("t1", "2025-02-01"), touchAt("t2", "2025-03-01T00:10:00Z"), touchAt("t3", "2025-03-01T00:10:00.000001Z"),
		touchAt("t4", "2025-03-05T00:00:00Z"))
	w.StageHistory = []StageEntry{enters("lead", "l1", "MQL", "2025-03-05")}
	w.Options.Custom = []Custom{{ID: "closing", CW: 60, OC: 20, Middle: 20}, {ID: "creation", OC: 50, FT: 50}}
	r := run(t, w)
	for _, c := range []struct{ model, mql string }{
		{"first_touch", "t1=1000000"}, {"last_touch", "t4=1000000"}, {"lead_creation", "t2=1000000"},
		{"u_shaped", "t1=500000 t2=500000"},
		// FT and LC 30 each, the middle 10 on t3 and t4: of 70
		{"w_shaped", "t1=428571 t2=428572 t3=71428 t4=71429"},
		{"full_path", "t1=409091 t2=409091 t3=90909 t4=90909"}, // 225, 225 and 100 of 550
		{"closing", "no_anchor=1000000"}, {"creation", "t1=1000000"},
	} {
		expect(t, c.model, units(r, "mql", "contact:c1", c.model), c.mql)
	}
	// at the instant when it becomes a lead, the form fill stamped later is not in the journey
	expect(t, "the lead's own", units(r, "lead", "contact:c1", "lead_creation"), "t1=1000000")
	// a lead only after it was qualified: nobody's lead creation
	w.StageHistory = append(w.StageHistory, enters("contact", "c1", "Lead", "2025-03-06"))
	expect(t, "qualified first", units(run(t, w), "mql", "contact:c1", "lead_creation"), "no_anchor=1000000")
}

func TestFirstEntries(t *testing.T) {
	w := oneLead()
	w.StageHistory = []StageEntry{
		enters("contact", "c1", "marketing-qualified_LEAD", "2025-03-09"), // any of the person's ids, any spelling
		enters("lead", "l1", "m q l", "2025-03-07"),
		enters("lead", "l1", "MQL", "2025-03-08"),
		enters("opportunity", "l1", "SQL", "2025-03-01"), // not a person's
		enters("lead", "c1", "sales accepted", "2025-03-12"),
		enters("contact", "c7", "Sales Qualified", "2025-03-10"), // known only from here
		enters("contact", "c7", "recycled", "2025-03-11"),
	}
	w.Options.AsOf = "2025-03-11T23:59:59Z"
	expect(t, "conversions", converted(run(t, w)), "lead contact:c1 2025-03-01T00:00:00Z; mql contact:c1 2025-03-07T00:00:00Z; "+
		"sal lead:c1 2025-03-12T00:00:00Z late; sql contact:c7 2025-03-10T00:00:00Z")

	// the entry to the first stage comes before the creation of any record, even when it is later
	w.StageHistory = []StageEntry{enters("lead", "l1", "LEAD", "2025-03-10"), enters("contact", "c1", "lead", "2025-03-12")}
	expect(t, "by history", converted(run(t, w)), "lead contact:c1 2025-03-10T00:00:00Z")
	w.StageHistory[0].EnteredAt = "2025-03-13"
	expect(t, "after as-of", converted(run(t, w)), "lead contact:c1 2025-03-12T00:00:00Z late")
	w.StageHistory, w.Leads = nil, nil
	expect(t, "a contact alone", converted(run(t, w)), "lead contact:c1 2025-01-01T23:59:59.999999Z")
	w.Contacts[0].CreatedAt = ""
	expect(t, "no date at all", converted(run(t, w)), "")
}

func TestOtherFunnel(t *testing.T) {
	w := oneLead(touchAt("t1", "2025-02-01"))
	w.Options.Funnel = []Stage{{Name: "Inquiry", Unit: PersonUnit, Spellings: []string{"raw lead"}}, {Name: "Demo-Done now", Unit: PersonUnit},
		{Name: "won", Unit: OpportunityUnit, At: AtWon}}
	w.StageHistory = []StageEntry{enters("lead", "l1", "lead", "2025-02-02"), enters("lead", "l1", "Raw_Lead", "2025-02-03"),
		enters("lead", "l1", "demo done NOW", "2025-02-04"), enters("lead", "l1", "won", "2025-02-05"), enters("lead", "l1", "mql", "2025-02-06")}
	expect(t, "conversions", converted(run(t, w)), "lead contact:c1 2025-02-03T00:00:00Z; demo_done_now contact:c1 2025-02-04T00:00:00Z")
}

func TestNamesOfPersons(t *testing.T) {
	w := oneLead(Touchpoint{TouchID: "t1", OccurredAt: "2025-02-01", Email: " New@x.example"}, Touchpoint{TouchID: "t2", OccurredAt: "2025-02-01", AnonymousID: "b"})
	w.Contacts = append(w.Contacts, Contact{ContactID: "c10"}, Contact{ContactID: "C2"})
	w.Leads = append(w.Leads, Lead{LeadID: "l2", CreatedAt: "2025-01-01"})
	w.IdentityMap = []IdentityLink{{FromID: "c10", ToID: "c1"}, {FromID: "a", Kind: "anonymous", ToID: "l2", ToKind: "lead"}}
	read, _, err := readWorld(w)
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[node]string{{leadKind, "l1"}: "contact:c1", {contactKind, "C2"}: "contact:C2", {anonymousKind, "a"}: "lead:l2",
		{anonymousKind, "b"}: "anonymous:b", {emailKind, "new@x.example"}: "email:new@x.example"} {
		expect(t, n.id, read.people.of[n].id, want)
	}
}

func TestFiguresOfPersons(t *testing.T) {
	w := oneLead(touchAt("t1", "2025-01-31T23:59:59.999999Z"), touchAt("t2", "2025-02-01"))
	w.Touchpoints[1].Channel, w.Touchpoints[1].CampaignID = "Fair", "k1"
	w.StageHistory = []StageEntry{enters("lead", "l1", "SAL", "2025-03-31"), enters("contact", "c9", "SAL", "2025-03-02")}
	w.Costs = []Cost{{StartsOn: "2025-01-31", EndsOn: "2025-02-01", Channel: "Fair", Amount: "2"}}
	w.Options.From, w.Options.To = "2025-02-01", "2025-03-30" // the creation of the deal is in it, its close is not
	r := run(t, w)
	var rows []string
	for _, row := range r.Reconciliation {
		if row.Model == "linear" && (row.ConversionType == "lead" || row.ConversionType == "sal") {
			rows = append(rows, fmt.Sprintf("%s %s %s %s of %s %s, missing %d, %s", row.ConversionType, row.OpportunityType, row.Attributed.Minor,
				row.Attributed.Millionths, row.Total.Minor, row.Total.Millionths, row.AmountMissing, row.Reasons[NoTouches].Millionths))
		}
	}
	expect(t, "reconciliation", strings.Join(rows, "\n"), "lead new_business 0 1000000 of 0 1000000, missing 0, <nil>\n"+
		"sal new_business 0 1000000 of 0 2000000, missing 0, 1000000")

	written := func(m Measures) string {
		return fmt.Sprintf("cost %s lead %v sal %v opportunities %s", m.CostMicros, m.Stages["lead"], m.Stages["sal"], m.Opportunities)
	}
	rows = nil
	for _, row := range NonZero(r.Channels) {
		if row.Model == "linear" {
			rows = append(rows, row.Basis+" "+row.Channel+": "+written(row.Measures))
		}
	}
	expect(t, "channels", strings.Join(rows, "\n"), strings.Join([]string{
		"cohort (unattributed): cost 0 lead <nil> sal 1000000 opportunities 0",
		"cohort Fair: cost 1000000 lead 500000 sal 500000 opportunities 500000",
		"period (unattributed): cost 0 lead <nil> sal 1000000 opportunities 0",
		"period Email: cost 0 lead 500000 sal <nil> opportunities 500000",
		"period Fair: cost 1000000 lead 500000 sal <nil> opportunities 500000",
	}, "\n"))
	rows = nil
	for _, row := range NonZero(r.Months) {
		if row.Model == "linear" {
			rows = append(rows, row.Basis+" "+row.Month+" "+row.Channel+": "+written(row.Measures))
		}
	}
	expect(t, "months", strings.Join(rows, "\n"), strings.Join([]string{
		"cohort 2025-02-01 Fair: cost 1000000 lead 500000 sal 500000 opportunities 500000",
		"cohort 2025-03-01 (unattributed): cost 0 lead <nil> sal 1000000 opportunities 0",
		"period 2025-02-01 Fair: cost 1000000 lead <nil> sal <nil> opportunities 0",
		"period 2025-03-01 (unattributed): cost 0 lead <nil> sal 1000000 opportunities 0",
		"period 2025-03-01 Email: cost 0 lead 500000 sal <nil> opportunities 500000",
		"period 2025-03-01 Fair: cost 0 lead 500000 sal <nil> opportunities 500000",
	}, "\n"))
}

func TestAnonymousOfSeveral(t *testing.T) {
	w := accountDeal(Touchpoint{TouchID: "t1", OccurredAt: "2025-02-01", AnonymousID: "x", Channel: "Email"})
	w.Contacts = append(w.Contacts, Contact{ContactID: "c2", AccountID: "a1"})
	anonymous := func(to string) IdentityLink { return IdentityLink{FromID: "x", Kind: anonymousKind, ToID: to} }
	w.IdentityMap = []IdentityLink{anonymous("c1")}
	expect(t, "one person", touched(run(t, w), Pipeline, "o1"), "t1=100000")
	w.IdentityMap = append(w.IdentityMap, anonymous("c2"))
	expect(t, "two persons", touched(run(t, w), Pipeline, "o1"), NoTouches+"=100000")
	p, err := stitch(w)
	if err != nil {
		t.Fatal(err)
	}
	if p.of[node{contactKind, "c1"}] == p.of[node{contactKind, "c2"}] || p.of[node{anonymousKind, "x"}] == p.of[node{contactKind, "c1"}] {
		t.Error("an anonymous id of two persons joins them")
	}
	w.Contacts[0].Email, w.Contacts[1].Email = "ann@x.example", "ANN@x.example"
	expect(t, "two contacts of one person", touched(run(t, w), Pipeline, "o1"), "t1=100000")
	w.Contacts[1].Email = ""
	w.IdentityMap = append(w.IdentityMap, IdentityLink{FromID: "c2", ToID: "c1"})
	expect(t, "linked contacts", touched(run(t, w), Pipeline, "o1"), "t1=100000")
}

func TestDanglingIdsLinkNoGroup(t *testing.T) {
	w := World{Options: DefaultOptions(), Contacts: []Contact{{ContactID: "c1", Email: "ann@x.example"}, {ContactID: "c2", Email: "ann@x.example"}},
		Leads: []Lead{{LeadID: "l1", Email: "ann@x.example", ConvertedContactID: "c1"}, {LeadID: "l2", Email: "ann@x.example", ConvertedContactID: "gone"}}}
	same := func(what string, a, b node, want bool) {
		t.Helper()
		p, err := stitch(w)
		if err != nil {
			t.Fatal(err)
		}
		if (p.of[a] == p.of[b]) != want {
			t.Errorf("%s: one person = %v", what, !want)
		}
	}
	l1, l2, c2, gone := node{leadKind, "l1"}, node{leadKind, "l2"}, node{contactKind, "c2"}, node{contactKind, "gone"}
	// l1 and c1 are the one linked group: l2 and c2 are single records, and join it
	same("a lead whose contact is missing", l1, l2, true)
	same("a single contact", l1, c2, true)
	same("the missing contact is still the lead's", l2, gone, true)
	w.Leads = append(w.Leads, Lead{LeadID: "l3", ConvertedContactID: "gone"}) // now two leads are linked
	same("two linked groups", l1, l2, false)
	same("join nobody", l1, c2, false)
	same("two leads of one missing contact", l2, node{leadKind, "l3"}, true)
	w.Leads = w.Leads[:2]
	w.IdentityMap = []IdentityLink{{FromID: "x", Kind: anonymousKind, ToID: "l2", ToKind: leadKind}, {FromID: "elsewhere", ToID: "c2"}}
	same("anonymous and missing ids make no group", c2, l2, true)
}

func TestContactsAreLeads(t *testing.T) {
	w := oneDeal()
	w.Contacts[0].CreatedAt = "2025-01-01T00:00:00Z"
	says := func() string { return converted(run(t, w)) }
	expect(t, "without a leads file", says(), "lead contact:c1 2025-01-01T00:00:00Z")
	w.Leads = []Lead{}
	expect(t, "with one that is empty", says(), "")
	w.StageHistory = []StageEntry{enters("contact", "c1", "lead", "2025-02-01")}
	expect(t, "an entry still counts", says(), "lead contact:c1 2025-02-01T00:00:00Z")
	w.StageHistory = nil
	w.Leads = []Lead{{LeadID: "l1", CreatedAt: "2025-03-01T00:00:00Z"}}
	expect(t, "a contact that was never a lead", says(), "lead lead:l1 2025-03-01T00:00:00Z")
	w.Options.ContactsAreLeads = true
	expect(t, "unless contacts are leads", says(), "lead contact:c1 2025-01-01T00:00:00Z; lead lead:l1 2025-03-01T00:00:00Z")
}
