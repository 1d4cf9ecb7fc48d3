package oracle

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/csvtest"
)

// touched lists the touches of a conversion, or the reason why there are none.
func touched(r Result, conversionType, opportunity string) string {
	return credited(r, conversionType, opportunity, "linear")
}

func TestEdgesOfTheJourney(t *testing.T) {
	// created 2025-03-01T00:00:00Z: 365 d before is 2024-03-01T00:00:00Z; pipeline ends at
	// creation, revenue at close.
	r := run(t, oneDeal(
		touchAt("beyond", "2024-02-29T23:59:59.999999Z"),
		touchAt("limit", "2024-03-01T00:00:00Z"),
		touchAt("created", "2025-03-01T00:00:00Z"),
		touchAt("past", "2025-03-01T00:00:00.000001Z"),
		touchAt("closed", "2025-04-01T00:00:00Z"),
		touchAt("after", "2025-04-01T00:00:00.000001Z"),
	))
	expect(t, "pipeline", touched(r, Pipeline, "o1"), "limit=50000 created=50000")
	expect(t, "revenue", touched(r, Revenue, "o1"), "limit=25000 created=25000 past=25000 closed=25000")

	// a bare created_at stands at the end of its day, a bare occurred_at at its start; ties go by
	// the id's bytes
	w := oneDeal(touchAt("b", "2025-03-02"), touchAt("z", "2025-03-01T23:59:59.999999Z"), touchAt("B", "2025-03-01T23:59:59.999999Z"))
	w.Opportunities[0].CreatedAt, w.Opportunities[0].ClosedAt = "2025-03-01", "2025-03-01"
	r = run(t, w)
	expect(t, "the day of creation", touched(r, Pipeline, "o1"), "B=50000 z=50000")
	expect(t, "the day of the close", touched(r, Revenue, "o1"), "B=50000 z=50000")
}

func TestLeadCreation(t *testing.T) {
	w := oneDeal(touchAt("t1", "2025-02-01T00:00:00Z"), touchAt("t2", "2025-02-01T00:10:00Z"), touchAt("t3", "2025-02-01T00:10:00.000001Z"))
	w.Contacts[0].CreatedAt = "2025-02-01T00:00:00Z"
	expect(t, "10 minutes and no more", credited(run(t, w), Pipeline, "o1", "lead_creation"), "t2=100000")

	w.StageHistory = []StageEntry{{EntityType: "contact", EntityID: "c1", Stage: "LEAD", EnteredAt: "2025-01-31T23:50:00Z"}}
	expect(t, "the stage history comes first", credited(run(t, w), Pipeline, "o1", "lead_creation"), "t1=100000")

	w.StageHistory[0].EnteredAt = "2025-03-01T00:00:00.000001Z"
	expect(t, "a lead only after the anchor", credited(run(t, w), Pipeline, "o1", "lead_creation"), "no_anchor=100000")

	// two persons became leads at the same instant: the one whose touch comes last
	w = oneDeal(touchAt("t1", "2025-02-01T00:00:00Z"), touchAt("t2", "2025-02-01T00:01:00Z"))
	w.Touchpoints[1].ContactID = "c2"
	w.Contacts[0].CreatedAt = "2025-02-01T00:00:00Z"
	w.Contacts = append(w.Contacts, Contact{ContactID: "c2", CreatedAt: "2025-02-01T00:00:00Z"})
	w.OpportunityContacts = append(w.OpportunityContacts, OpportunityContact{OpportunityID: "o1", ContactID: "c2"})
	expect(t, "a tie", credited(run(t, w), Pipeline, "o1", "lead_creation"), "t2=100000")
	w.Contacts[0].CreatedAt = "2025-01-31T23:59:59Z"
	expect(t, "the earliest lead", credited(run(t, w), Pipeline, "o1", "lead_creation"), "t1=100000")
}

func TestReasons(t *testing.T) {
	none := oneDeal()
	none.Opportunities[0].AccountID = ""
	none.OpportunityContacts = nil
	nobody := oneDeal()
	nobody.Opportunities[0].AccountID = "a2"
	nobody.OpportunityContacts = nil
	sent := oneDeal(touchAt("t1", "2025-02-01"))
	sent.Touchpoints[0].Status = "No-Show"
	late := oneDeal(touchAt("t1", "2025-06-01"), touchAt("t2", "2025-02-01"))
	late.Touchpoints[1].Status = "sent"
	early := oneDeal(touchAt("t1", "2025-06-01"), touchAt("t2", "2020-02-01"))
	for _, c := range []struct {
		want string
		w    World
	}{
		{NoAccount, none}, {NoPeople, nobody}, {NoTouches, oneDeal()}, {OnlyExcluded, sent}, {AfterConversionOnly, late},
		{OutsideLookback, early},
	} {
		r := run(t, c.w)
		expect(t, "pipeline", touched(r, Pipeline, "o1"), c.want+"=100000")
		expect(t, "revenue", touched(r, Revenue, "o1"), c.want+"=100000")
	}
}

func TestBuyingGroup(t *testing.T) {
	w := oneDeal(touchAt("role", "2025-03-20"), touchAt("account", "2025-02-01"))
	w.Touchpoints[1].ContactID = "c2"
	w.Contacts = append(w.Contacts, Contact{ContactID: "c2", AccountID: "a1"})
	for _, c := range []struct{ mode, pipeline, pipelinePath, revenue, revenuePath string }{
		// the roles have a touch for revenue, none for pipeline
		{RolesElseAccount, "account=100000", "account", "role=100000", "roles"},
		{Roles, "after_conversion_only=100000", "roles", "role=100000", "roles"},
		{AccountGroup, "account=100000", "account", "account=50000 role=50000", "account"},
		{RolesAndAccount, "account=100000", "roles_and_account", "account=50000 role=50000", "roles_and_account"},
	} {
		w.Options.BuyingGroup = c.mode
		r := run(t, w)
		expect(t, c.mode, touched(r, Pipeline, "o1"), c.pipeline)
		expect(t, c.mode, touched(r, Revenue, "o1"), c.revenue)
		expect(t, c.mode, r.Conversions[0].Path+" "+r.Conversions[1].Path, c.pipelinePath+" "+c.revenuePath)
	}
}

func TestDirect(t *testing.T) {
	w := oneDeal(touchAt("t1", "2025-02-01"), touchAt("t2", "2025-02-02"))
	w.Touchpoints[1].Channel = "Direct"
	w.Options.Direct = DirectFallbackOnly
	expect(t, "fallback, with others", touched(run(t, w), Pipeline, "o1"), "t1=100000")
	w.Touchpoints[0].Channel, w.Touchpoints[0].CampaignID = "", "k1"
	w.Campaigns = []Campaign{{CampaignID: "k1", Channel: "direct"}} // a touch without a channel takes its campaign's
	expect(t, "fallback, alone", touched(run(t, w), Pipeline, "o1"), "t1=50000 t2=50000")
	w.Options.Direct = DirectExclude
	expect(t, "excluded", touched(run(t, w), Pipeline, "o1"), "only_excluded=100000")
}

func TestStitching(t *testing.T) {
	p := func(w World) *people {
		w.Options = DefaultOptions()
		all, err := stitch(w)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	same := func(w World, a, b node, want bool) {
		t.Helper()
		if all := p(w); (all.of[a] == all.of[b]) != want {
			t.Errorf("%v and %v: one person = %v, want %v", a, b, !want, want)
		}
	}
	c1, c2, c3, l1, l2 := node{contactKind, "c1"}, node{contactKind, "c2"}, node{contactKind, "c3"}, node{leadKind, "l1"}, node{leadKind, "l2"}
	w := World{Contacts: []Contact{{ContactID: "c1", Email: " Ann@X.example"}, {ContactID: "c2", Email: "ann@x.example"}, {ContactID: "c3", Email: "ANN@x.example "}}}
	same(w, c1, c2, true)
	same(w, c2, c3, true)
	w.Leads = []Lead{{LeadID: "l1", ConvertedContactID: "c1"}} // one linked group: the single records join it
	same(w, l1, c3, true)
	w.Leads = append(w.Leads, Lead{LeadID: "l2", ConvertedContactID: "c2"}) // two: nothing joins, c3 neither
	same(w, c1, c2, false)
	same(w, c3, c1, false)
	same(w, c3, c2, false)
	w.IdentityMap = []IdentityLink{{FromID: "l2", Kind: "lead", ToID: "l1", ToKind: "lead"}} // now it is one again
	same(w, c3, l2, true)

	w = World{Contacts: []Contact{{ContactID: "c1", Email: "info@x.example"}, {ContactID: "c2", Email: "info@x.example"}, {ContactID: "c3", Email: "n/a"}},
		Leads:       []Lead{{LeadID: "l1", Email: "n/a"}, {LeadID: "c1"}},
		IdentityMap: []IdentityLink{{FromID: "anon", Kind: "anonymous", ToID: "l2", ToKind: "lead"}, {FromID: "l2", Kind: "lead", ToID: "c2"}}}
	same(w, c1, c2, false)
	same(w, c3, l1, false)
	same(w, c1, node{leadKind, "c1"}, false)
	same(w, node{anonymousKind, "anon"}, c2, true)

	w.IdentityMap = []IdentityLink{{FromID: "c1", ToID: "c2"}, {FromID: "c2", ToID: "c1"}}
	if _, err := stitch(w); err == nil || !strings.Contains(err.Error(), "cycle") {
		t.Errorf("a cycle: %v", err)
	}
}

func TestTouchByEmail(t *testing.T) {
	w := oneDeal(Touchpoint{TouchID: "t1", OccurredAt: "2025-02-01", Email: "Ann@Sub.Acme1.example"})
	r := run(t, w)
	expect(t, "a stranger of the account's domain", touched(r, Pipeline, "o1"), "t1=100000")
	expect(t, "how", r.Credits[0].MatchMethod, "email_domain")
	w.Accounts = append(w.Accounts, Account{AccountID: "a2", Domain: "www.acme1.example"})
	expect(t, "a domain of two accounts", touched(run(t, w), Pipeline, "o1"), "no_touches=100000")
	w.Contacts[0].Email = "ann@sub.acme1.example"
	expect(t, "the one who holds it", touched(run(t, w), Pipeline, "o1"), "t1=100000")
	w.Options.OwnDomains = []string{"acme1.example"}
	expect(t, "one of us", touched(run(t, w), Pipeline, "o1"), "only_excluded=100000")
}

func TestPersonsAccount(t *testing.T) {
	who := &person{contacts: []Contact{{ContactID: "c9", AccountID: "old", CreatedAt: ""}, {ContactID: "c1", AccountID: "new", CreatedAt: "2025-01-01"},
		{ContactID: "c2", AccountID: "newer", CreatedAt: "2025-01-01T23:59:59.999999Z"}, {ContactID: "c3", CreatedAt: "2026-01-01"}},
		leads: []Lead{{LeadID: "l1", AccountID: "lead", CreatedAt: "2026-01-01"}}}
	if err := who.findAccount(nil, nil); err != nil {
		t.Fatal(err)
	}
	expect(t, "created last, then the greater id", who.account, "newer")
	who.contacts = who.contacts[3:]
	if err := who.findAccount(nil, nil); err != nil {
		t.Fatal(err)
	}
	expect(t, "the lead's", who.account+" by "+who.matchMethod, "lead by lead_account")

	owners := map[string]map[string]bool{"both.example": {"a1": true, "a2": true}, "one.example": {"a3": true}, "two.example": {"a4": true}}
	for emails, want := range map[string]string{"x@both.example": "", "x@both.example x@sub.one.example": "a3", "x@one.example x@two.example": ""} {
		who := &person{emails: strings.Fields(emails)}
		if err := who.findAccount(owners, nil); err != nil {
			t.Fatal(err)
		}
		expect(t, emails, who.account, want)
	}
}

func TestTestAccount(t *testing.T) {
	w := oneDeal(touchAt("t1", "2025-02-01"))
	w.Options.TestAccounts = []string{"a1"}
	expect(t, "a test account", touched(run(t, w), Pipeline, "o1"), "only_excluded=100000")
}

func TestReversal(t *testing.T) {
	w := fiveTouches()
	refund := w.Opportunities[0]
	refund.OpportunityID, refund.Amount, refund.ReversesOpportunityID = "o2", "-1000.00", "o1"
	refund.CreatedAt, refund.ClosedAt, refund.AccountID, refund.OpportunityType = "2025-05-01", "2025-05-02", "", "renewal"
	again := refund
	again.OpportunityID, again.ReversesOpportunityID, again.Amount = "o3", "o2", "10.00"
	lost := refund
	lost.OpportunityID, lost.ReversesOpportunityID = "o4", "gone"
	w.Opportunities = append(w.Opportunities, refund, again, lost)
	r := run(t, w)
	expect(t, "the original's weights", credited(r, Revenue, "o2", "position_based"), "t1=-40000 t2=-6667 t3=-6666 t4=-6667 t5=-40000")
	expect(t, "its pipeline too", credited(r, Pipeline, "o2", "w_shaped"), "t1=-30000 t2=-30000 t3=-10000 t4=-30000")
	expect(t, "a reversal of a reversal", credited(r, Revenue, "o3", "linear"), "t1=200 t2=200 t3=200 t4=200 t5=200")
	expect(t, "an unknown original", credited(r, Revenue, "o4", "linear"), "no_account=-100000")
	for _, row := range r.Reconciliation {
		if row.Model == "linear" && row.ConversionType == Revenue {
			got := fmt.Sprintf("%s: %s of %s, %s", row.OpportunityType, row.Attributed.Minor, row.Total.Minor, row.Total.Millionths)
			want := map[string]string{"new_business": "new_business: 100000 of 100000, 1000000", "renewal": "renewal: -99000 of -199000, 0"}
			expect(t, "reconciliation", got, want[row.OpportunityType])
		}
	}
}

func TestReopenedAndAfterAsOf(t *testing.T) {
	w := oneDeal(touchAt("t1", "2025-02-01"), touchAt("t2", "2025-04-10"))
	w.StageHistory = []StageEntry{
		{EntityType: "opportunity", EntityID: "o1", Stage: "closed-won", EnteredAt: "2025-04-01"},
		{EntityType: "opportunity", EntityID: "o1", Stage: "Negotiation", EnteredAt: "2025-04-05"},
		{EntityType: "opportunity", EntityID: "o1", Stage: "Won", EnteredAt: "2025-04-11"},
	}
	expect(t, "the last entry", touched(run(t, w), Revenue, "o1"), "t1=50000 t2=50000")
	w.Options.AsOf = "2025-04-10T23:59:59.999999Z"
	r := run(t, w)
	expect(t, "after as-of", r.Conversions[1].NotCounted, AfterAsOf)
	expect(t, "no credit", touched(r, Revenue, "o1"), "")
	if !r.Conversions[0].Open {
		t.Error("what closes after as-of is still open")
	}
}

func TestOpportunityTypes(t *testing.T) {
	for text, want := range map[string]string{"": "new_business", "New Business": "new_business", "NEW-LOGO": "new_business",
		"Renewal": "renewal", "Existing Business": "expansion", "Cross-Sell": "expansion", "weird": "other"} {
		expect(t, text, dealKind(text), want)
	}
}

func TestMoney(t *testing.T) {
	w := World{Options: Options{ReportingCurrency: "USD"}, ExchangeRates: []ExchangeRate{
		{"JPY", "2025-01-01", "0.005"}, {"JPY", "2025-01-03", "0.01"}, {"KWD", "2025-01-01", "3.25"}}}
	p, err := openPurse(w)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := parseDay("2025-01-01")
	for _, c := range []struct {
		amount, currency string
		day              int64
		want             string
	}{
		{"1001", "JPY", first + 1, "501"}, // 500.5 cents round away from zero
		{"-1001", "JPY", first + 1, "-501"},
		{"1001", "JPY", first + 2, "1001"},
		{"0.001", "KWD", first, "0"},
		{"1234.567", "KWD", first, "401234"}, // 401234.275
		{"90071992547409.93", "USD", first, "9007199254740993"},
		{"", "USD", first, "<nil>"},
		{"1.5", "JPY", first, "error"},
		{"1", "JPY", first - 1, "error"},
	} {
		minor, err := p.minor(c.amount, c.currency, c.day)
		got := fmt.Sprint(minor)
		if err != nil {
			got = "error"
		}
		expect(t, c.amount+" "+c.currency, got, c.want)
	}
}

func TestCosts(t *testing.T) {
	w := oneDeal(touchAt("t1", "2025-02-01"))
	w.Campaigns = []Campaign{{CampaignID: "k1", Channel: "Webinar"}}
	w.Costs = []Cost{
		{StartsOn: "2025-04-01", EndsOn: "2025-04-03", CampaignID: "k1", Channel: "Email", Amount: "0.000100"}, // 33, 34, 33 micros
		{StartsOn: "2025-04-02", EndsOn: "2025-04-02", CampaignID: "k2", Channel: "Email", Amount: "-0.000005"},
		{StartsOn: "2025-04-02", EndsOn: "2025-04-02", Channel: "Fair", Amount: "7"},
	}
	w.Options.AsOf = "2025-04-02T00:00:00Z"
	r := run(t, w)
	var got []string
	for _, row := range NonZero(r.Channels) {
		if row.Basis == BasisPeriod && row.Model == "linear" {
			got = append(got, fmt.Sprintf("%s cost %s revenue %s", row.Channel, row.CostMicros, row.Revenue))
		}
	}
	for _, row := range NonZero(r.Campaigns) {
		if row.Basis == BasisPeriod && row.Model == "linear" {
			got = append(got, fmt.Sprintf("%s %s cost %s revenue %s", row.Campaign, row.Channel, row.CostMicros, row.Revenue))
		}
	}
	expect(t, "cost and credit", strings.Join(got, "; "), "Email cost -5 revenue 100000; Fair cost 7000000 revenue 0; Webinar cost 67 revenue 0; "+
		"(none) (all) cost 7000000 revenue 100000; (none) Email cost 0 revenue 100000; (none) Fair cost 7000000 revenue 0; "+
		"k1 (all) cost 67 revenue 0; k1 Webinar cost 67 revenue 0; k2 (all) cost -5 revenue 0; k2 Email cost -5 revenue 0")
}

func TestBases(t *testing.T) {
	w := oneDeal(touchAt("t1", "2025-02-01"), touchAt("t2", "2025-03-15"))
	w.Touchpoints[1].Channel = "Fair"
	w.Options.From, w.Options.To = "2025-03-01", "2025-03-31" // holds the creation and t2, not the close
	var got []string
	for _, row := range NonZero(run(t, w).Channels) {
		if row.Model == "linear" {
			got = append(got, fmt.Sprintf("%s %s: %s %s", row.Basis, row.Channel, row.Pipeline, row.Revenue))
		}
	}
	expect(t, "bases", strings.Join(got, "; "), "cohort Fair: 0 50000; period Email: 100000 0")
}

func TestSourcedAndInfluenced(t *testing.T) {
	w := oneDeal(touchAt("t1", "2024-11-30T23:59:59.999999Z"), touchAt("t2", "2024-12-01T00:00:00Z"), touchAt("t3", "2025-03-15"), touchAt("t4", "2025-03-15"))
	w.Touchpoints[1].Channel, w.Touchpoints[2].Channel, w.Touchpoints[3].Channel = "Fair", "Call", "Web"
	w.Options.SalesChannels = []string{"Call"}
	w.Leads = []Lead{{LeadID: "l2", Email: "ann@x.example", CreatedAt: "2025-01-01", Source: "Partner", ConvertedContactID: "c1"},
		{LeadID: "l1", CreatedAt: "2025-01-01", Source: "Referral", ConvertedContactID: "c1"}, {LeadID: "l0", CreatedAt: "2020-01-01", ConvertedContactID: "c1"}}
	var got []string
	for _, row := range run(t, w).SourcedInfluenced {
		got = append(got, fmt.Sprintf("%s %s %d %s %d %s", row.Definition, row.Channel, row.Opportunities, row.Pipeline, row.Won, row.Revenue))
	}
	expect(t, "rows", strings.Join(got, "\n"), strings.Join([]string{
		"first_touch (all) 1 100000 1 100000", "first_touch Email 1 100000 1 100000",
		"influenced (all) 1 100000 1 100000", "influenced Email 1 100000 1 100000", "influenced Fair 1 100000 1 100000", "influenced Web 0 0 1 100000",
		"pre_creation (all) 1 100000 1 100000", "pre_creation Fair 1 100000 1 100000",
		"recorded_source (all) 1 100000 1 100000", "recorded_source Referral 1 100000 1 100000",
	}, "\n"))
}

// TestWriteAndOrder: what is written can be read back, and the order of rows changes no number.
func TestWriteAndOrder(t *testing.T) {
	for seed := range uint64(40) {
		w := Random(rand.New(rand.NewPCG(seed, 2)))
		dir := t.TempDir()
		if err := w.Write(dir, nil); err != nil {
			t.Fatal(err)
		}
		if rows := csvtest.Records(t, filepath.Join(dir, "touchpoints.csv")); !reflect.DeepEqual(rows, records(w.Touchpoints)) {
			t.Fatalf("seed %d: touchpoints do not read back", seed)
		}
		if err := w.Write(dir, rand.New(rand.NewPCG(seed, 3))); err != nil {
			t.Fatal(err)
		}
		before := run(t, w)
		r := rand.New(rand.NewPCG(seed, 4))
		r.Shuffle(len(w.Touchpoints), reflect.Swapper(w.Touchpoints))
		r.Shuffle(len(w.Contacts), reflect.Swapper(w.Contacts))
		r.Shuffle(len(w.Leads), reflect.Swapper(w.Leads))
		r.Shuffle(len(w.IdentityMap), reflect.Swapper(w.IdentityMap))
		r.Shuffle(len(w.StageHistory), reflect.Swapper(w.StageHistory))
		r.Shuffle(len(w.OpportunityContacts), reflect.Swapper(w.OpportunityContacts))
		r.Shuffle(len(w.AccountContacts), reflect.Swapper(w.AccountContacts))
		r.Shuffle(len(w.Costs), reflect.Swapper(w.Costs))
		after := run(t, w)
		if !reflect.DeepEqual(fmt.Sprint(before.Reconciliation, before.Channels, before.Campaigns, before.Months, before.SourcedInfluenced, before.Coverage, before.Funnel),
			fmt.Sprint(after.Reconciliation, after.Channels, after.Campaigns, after.Months, after.SourcedInfluenced, after.Coverage, after.Funnel)) {
			t.Errorf("seed %d: the order of rows changes a figure", seed)
		}
	}
}

// TestMissingFiles: a nil table has no file, and a leads file without rows is always there, since
// it changes who is a lead.
func TestMissingFiles(t *testing.T) {
	for seed := range uint64(10) {
		for _, leads := range [][]Lead{nil, {}} {
			w := oneDeal()
			w.Leads = leads
			dir := t.TempDir()
			if err := w.Write(dir, rand.New(rand.NewPCG(seed, 6))); err != nil {
				t.Fatal(err)
			}
			for table, want := range map[string]bool{"leads": leads != nil, "campaigns": false, "touchpoints": true, "contacts": true} {
				if _, err := os.Stat(filepath.Join(dir, table+".csv")); (err == nil) != want {
					t.Errorf("%s.csv with leads %v: %v", table, leads, err)
				}
			}
		}
	}
}
