package plan

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// known is a run with 100 mature leads, 60 by Email and 40 without a touchpoint, of which 5 became
// customers, and three deals of 100, 100 and 101. It is seen from the week of Monday 5 January 2026.
func known() Basis {
	channel := func(name string, leads, mqls, opportunities, won, cost int64, deals, amount int64) Channel {
		return Channel{Name: name, Leads: leads, Cost: big.NewRat(cost, 1), Deals: deals, DealAmount: big.NewRat(amount, 1), AverageDeal: big.NewRat(amount, deals), CohortMonths: 12,
			Stages: []Stage{
				{Name: "lead", Unit: "person", Reached: leads},
				{Name: "MQL", Unit: "person", Reached: mqls, MedianDays: big.NewRat(8, 1)},
				{Name: "SAL", Unit: "person", Reason: "no_entries"},
				{Name: "opportunity", Unit: "opportunity", Reached: opportunities},
				{Name: "won", Unit: "opportunity", Reached: won, Low: big.NewRat(2, 100), High: big.NewRat(10, 100), MedianDays: big.NewRat(201, 2)},
			}}
	}
	monday := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	week := func(n int, campaigns ...CampaignWeek) Week {
		return Week{Start: monday.AddDate(0, 0, 7*n), End: monday.AddDate(0, 0, 7*n+6), Leads: new(big.Rat), Status: "no_capacity", Campaigns: campaigns}
	}
	part := func(id, channel string, leads int64) CampaignWeek {
		return CampaignWeek{ID: id, Channel: channel, Leads: big.NewRat(leads, 2)}
	}
	return Basis{
		CohortStart: "2024-01-01", CohortEnd: "2024-12-31",
		All:      channel("(all)", 100, 40, 9, 5, 2000, 3, 301),
		Channels: []Channel{channel("(unattributed)", 40, 10, 4, 3, 0, 1, 101), channel("Email", 60, 30, 5, 2, 1500, 2, 200)},
		Weeks:    []Week{week(0, part(Existing, "", 100), part("A", "Email", 61)), week(1, part("A", "Email", 60)), week(2, part("B", "Fair", 20))},
	}
}

func goal(amount int64) Question { return Question{Goal: big.NewRat(amount, 1)} }

func text(n Number) string {
	if !n.IsKnown() {
		return "none"
	}
	return n.Text()
}

func count(n *int64) int64 {
	if n == nil {
		return -1
	}
	return *n
}

// 1,000 at 100.33... are 9.97 deals: 10 customers. At 5 of 100 they need 200 leads, 100 to 500 in the
// interval of 2 % to 10 %. 200 x 40 % are 80 MQLs, 200 x 9 % are 18 opportunities, and the win is the
// goal. 2,000 / 100 is 20 per lead: 4,000.
func TestAPlanFromARun(t *testing.T) {
	p, err := Of(goal(1000), known())
	if err != nil {
		t.Fatal(err)
	}
	if count(p.Customers) != 10 || count(p.Leads) != 200 || count(p.LeadsLow) != 100 || count(p.LeadsHigh) != 500 {
		t.Errorf("%d customers, %d leads, %d to %d", count(p.Customers), count(p.Leads), count(p.LeadsLow), count(p.LeadsHigh))
	}
	if text(p.AverageDeal) != "100.333333" || text(p.Rate) != "0.05" || text(p.Cost) != "4000" || text(p.CostPerLead) != "20" {
		t.Error(text(p.AverageDeal), text(p.Rate), text(p.Cost), text(p.CostPerLead))
	}
	for i, want := range []int64{200, 80, -1, 18, 10} {
		if got := count(p.Stages[i].Needed); got != want {
			t.Errorf("%s: %d, want %d", p.Stages[i].Stage, got, want)
		}
	}
}

// 200 leads are split 40 to 60: 80 and 120. 80 x 3/40 are 6 customers, 120 x 2/60 are 4. 120 x 25 is
// 3,000; nothing was spent on the others. 120 x 30/60 are 60 MQLs of Email.
func TestThePlanOfChannels(t *testing.T) {
	p, err := Of(goal(1000), known())
	if err != nil {
		t.Fatal(err)
	}
	none, email := p.Channels[0], p.Channels[1]
	if none.Leads != 80 || email.Leads != 120 || text(none.Share) != "0.4" || text(none.Customers) != "6" || text(email.Customers) != "4" {
		t.Errorf("%+v", p.Channels)
	}
	if text(none.Cost) != "none" || text(email.Cost) != "3000" || count(email.Stages[1].Needed) != 60 || text(email.AverageDeal) != "100" {
		t.Errorf("%+v", email)
	}
}

// Campaigns bring 30.5 + 30 leads by Email and 10 by Fair: 70.5 of 200. Leads that are there do not
// count. Fair, by which no lead of the cohorts came, has a row of its own.
func TestTheGap(t *testing.T) {
	p, err := Of(goal(1000), known())
	if err != nil {
		t.Fatal(err)
	}
	if text(p.Planned) != "70.5" || text(p.Missing) != "129.5" {
		t.Error(text(p.Planned), text(p.Missing))
	}
	email, fair := p.Channels[1], p.Channels[2]
	if text(email.Planned) != "60.5" || text(email.Missing) != "59.5" || fair.Channel != "Fair" || text(fair.Planned) != "10" || text(fair.Missing) != "-10" {
		t.Errorf("%+v", p.Channels)
	}
}

// 100.5 days count as 101. By 30 April 2026 the last lead must come by 19 January, a Monday: Fair is
// in that week. By 29 April it is 18 January, and the campaigns of the week of the 12th are the last.
func TestTheDeadline(t *testing.T) {
	for _, test := range []struct {
		by, day, week, planned string
		past                   bool
	}{
		{"2026-04-30", "2026-01-19", "2026-01-19", "70.5", false},
		{"2026-04-29", "2026-01-18", "2026-01-12", "60.5", false},
		{"2026-04-15", "2026-01-04", "2025-12-29", "0", true},
	} {
		q := goal(1000)
		by, err := time.Parse(time.DateOnly, test.by)
		if err != nil {
			t.Fatal(err)
		}
		q.By = &by
		p, err := Of(q, known())
		if err != nil {
			t.Fatal(err)
		}
		if d := p.Deadline; d == nil || d.LastDay != test.day || d.LastWeek != test.week || d.IsPast != test.past || text(p.Planned) != test.planned {
			t.Errorf("by %s: %+v, planned %s", test.by, d, text(p.Planned))
		}
	}
}

// What the question gives wins over the run: 10 customers of 100 at 4 % need 250 leads, and the
// stages keep the rates of the run: 250 x 9 % are 22.5, so 23.
func TestFlagsWinOverTheRun(t *testing.T) {
	p, err := Of(Question{Goal: big.NewRat(1000, 1), AverageDeal: big.NewRat(100, 1), Rate: big.NewRat(4, 100)}, known())
	if err != nil {
		t.Fatal(err)
	}
	if count(p.Customers) != 10 || count(p.Leads) != 250 || count(p.LeadsLow) != -1 || count(p.Stages[3].Needed) != 23 || count(p.Stages[4].Needed) != 10 || p.Deals != nil {
		t.Errorf("%+v", p)
	}
}

func TestWithoutWhatItNeedsThereIsNoGoal(t *testing.T) {
	for _, test := range []struct {
		name, reason string
		change       func(b *Basis)
	}{
		{"no deal", "no average deal: no opportunity of new business was won", func(b *Basis) { b.All.Deals = 0 }},
		{"no amount", "no average deal: no opportunity of new business that was won in the 365 days before as-of has an amount", func(b *Basis) { b.All.Deals, b.All.NoAmount = 0, 2 }},
		{"negative", "no goal: the average deal of the 365 days before as-of is not above 0", func(b *Basis) { b.All.DealAmount = big.NewRat(-1, 1) }},
		{"no cohort", "no lead-to-customer rate: no month with leads is older", func(b *Basis) { b.CohortStart = "" }},
		{"no customer", "no lead-to-customer rate above 0: no lead of 2024-01-01 to 2024-12-31 became a customer", func(b *Basis) { b.All.Stages[4].Reached = 0 }},
		{"no entries", "no lead-to-customer rate: the run does not know", func(b *Basis) { b.All.Stages[4].Reason = "no_entries" }},
	} {
		b := known()
		test.change(&b)
		p, err := Of(goal(1000), b)
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Reasons) != 1 || !strings.HasPrefix(p.Reasons[0], test.reason) || p.Customers != nil || p.Leads != nil || len(p.Channels) > 0 || len(p.Weeks) != 3 {
			t.Errorf("%s: %v", test.name, p.Reasons)
		}
	}
}

func TestADeadlineNeedsATime(t *testing.T) {
	q, b := goal(1000), known()
	by := time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)
	q.By = &by
	b.All.Stages[4].MedianDays = nil
	p, err := Of(q, b)
	if err != nil || p.Deadline != nil || len(p.Notes) != 1 || p.Leads == nil {
		t.Errorf("%+v %v", p, err)
	}
	q.AverageDeal, q.Rate = big.NewRat(1, 1), big.NewRat(1, 1)
	if p, err = Of(q, Basis{}); err != nil || p.Deadline != nil || len(p.Notes) != 1 || p.Leads == nil {
		t.Errorf("%+v %v", p, err)
	}
}

// In JSON a number is a number, and what is not known is null, not 0.
func TestNumbersAreNumbersInJSON(t *testing.T) {
	b := known()
	b.All.Cost = new(big.Rat)
	p, err := Of(goal(1000), b)
	if err != nil {
		t.Fatal(err)
	}
	written, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"goal":1000,`, `"lead_to_customer":0.05,`, `"cost":null,`, `"missing_leads":129.5,`, `"needed":null,`, `"reasons":[]`} {
		if !strings.Contains(string(written), part) {
			t.Errorf("no %s in %s", part, written)
		}
	}
}

// The channels have all of the leads, and a greater goal never needs fewer.
func TestChannelsHaveAllLeads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, amount := known(), rapid.Int64Range(1, 10_000_000).Draw(t, "goal")
		less, err := Of(goal(amount), b)
		if err != nil {
			t.Fatal(err)
		}
		more, err := Of(goal(amount+rapid.Int64Range(0, 1000).Draw(t, "more")), b)
		if err != nil {
			t.Fatal(err)
		}
		sum := int64(0)
		for _, c := range less.Channels {
			sum += c.Leads
		}
		if sum != *less.Leads || *more.Leads < *less.Leads || *less.LeadsLow > *less.Leads || *less.LeadsHigh < *less.Leads {
			t.Errorf("%d leads (%d to %d), %d by channel; %d", *less.Leads, *less.LeadsLow, *less.LeadsHigh, sum, *more.Leads)
		}
	})
}
