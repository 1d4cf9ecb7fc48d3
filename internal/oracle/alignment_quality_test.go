package oracle

import (
	"fmt"
	"testing"
)

func TestFitAndInterest(t *testing.T) {
	w := persons("2026-06-30")
	w.Leads = []Lead{
		{LeadID: "l1", CreatedAt: "2025-03-01", ConvertedContactID: "c1", FitGrade: "D", InterestScore: "90"},
		{LeadID: "l2", CreatedAt: "2025-03-05", ConvertedContactID: "c1", FitGrade: "a", InterestScore: "49.999999"}, // the last one counts
		{LeadID: "l3", CreatedAt: "2025-03-01", FitGrade: "B", InterestScore: "50"},
		{LeadID: "l4", CreatedAt: "2025-04-01", FitGrade: "?"},
	}
	w.StageHistory = []StageEntry{contactEnters("c1", "SQL", "2025-03-20"), enters("lead", "l3", "MQL", "2025-05-31")}
	w.addDeal(aDeal("o1", "c1", "2025-04-01", "2025-06-01", "Won"))
	w.Touchpoints = []Touchpoint{{TouchID: "t1", ContactID: "c1", OccurredAt: "2025-03-01"}}
	rows := align(t, w).FitInterest()
	columns := "leads mql sql won"
	expect(t, "good and low", cellsOf(rows, "period_type=month,period_start=2025-03-01,fit=good,interest=low", columns), "1 1 1 1")
	expect(t, "its revenue", rowOf(rows, "period_type=all,opportunity_type=new_business,fit=good,interest=low")["revenue"], "100.00")
	// the end of 1 March to 31 May at 0:00 is just over 90 d
	expect(t, "good and high", cellsOf(rows, "period_type=all,fit=good,interest=high", columns), "1 0 0 0")
	expect(t, "unknown", cellsOf(rows, "period_type=all,fit=unknown,interest=unknown", columns), "1 0 0 0")
	expect(t, "good", cellsOf(rows, "period_type=all,fit=good,interest=(all)", columns), "2 1 1 1")
	expect(t, "everything", cellsOf(rows, "period_type=all,fit=(all),interest=(all)", columns+" mql_rate"), "3 1 1 1 0.333333")
}

// rowOf is the first row that has the given values.
func rowOf(rows []Cells, where string) Cells {
	for _, row := range rows {
		if cellsOf([]Cells{row}, where, "") != "no row" {
			return row
		}
	}
	return nil
}

func TestBANT(t *testing.T) {
	w := persons("2025-12-31")
	w.Accounts = []Account{{AccountID: "a1"}}
	w.Leads = []Lead{
		{LeadID: "l1", CreatedAt: "2025-01-01", ConvertedContactID: "c1", BANTBudget: "no", BANTAuthority: "yes", BANTNeed: "maybe"},
		{LeadID: "l2", CreatedAt: "2025-01-01", ConvertedContactID: "c1", BANTBudget: "TRUE", BANTTimeframe: "0"},
		{LeadID: "l3", CreatedAt: "2025-01-01", AccountID: "a1", BANTNeed: "1"},
	}
	w.addDeal(aDeal("o1", "c1", "2025-02-01", "2025-03-01", "Won"))
	w.Opportunities[0].AccountID = "a1" // but there is a role
	w.Opportunities = append(w.Opportunities, Opportunity{OpportunityID: "o2", AccountID: "a1", CreatedAt: "2025-02-01", ClosedAt: "2025-03-05", Stage: "Closed Lost"})
	rows := align(t, w).BANT()
	columns := "won lost known_facts completeness"
	expect(t, "o1", cellsOf(rows, "period_type=all,yes_facts=2", columns), "1 0 3 0.750000")
	expect(t, "o2", cellsOf(rows, "period_type=all,yes_facts=1", columns), "0 1 1 0.250000")
	expect(t, "budget", cellsOf(rows, "period_type=all,fact=budget,answer=yes", columns), "1 0 3 0.750000")
	expect(t, "need", cellsOf(rows, "period_type=all,fact=need,answer=unknown", columns), "1 0 3 0.750000")
	expect(t, "all", cellsOf(rows, "period_type=month,period_start=2025-03-01,yes_facts=(all),fact=(all)", columns+" win_rate"), "1 1 4 0.500000 0.500000")
}

func TestLeadQuality(t *testing.T) {
	w := persons("2025-12-31")
	w.Options.Alignment.Ratings = map[string]string{"Hot": "5"}
	w.Leads = []Lead{{LeadID: "l1", CreatedAt: "2025-03-01", SalesRating: "HOT"}, {LeadID: "l2", CreatedAt: "2025-03-01", SalesRating: "2"}, {LeadID: "l3", CreatedAt: "2025-03-01"}}
	w.Touchpoints = []Touchpoint{
		{TouchID: "t1", LeadID: "l1", OccurredAt: "2025-02-01", CampaignID: "k1"}, {TouchID: "t2", LeadID: "l1", OccurredAt: "2025-02-02", CampaignID: "k2"},
		{TouchID: "t3", LeadID: "l2", OccurredAt: "2025-02-02", CampaignID: "k1"}}
	w.StageHistory = []StageEntry{enters("lead", "l1", "MQL", "2025-04-01"), enters("lead", "l1", "Rejected", "2025-04-02"),
		enters("lead", "l2", "MQL", "2025-04-01"), enters("lead", "l2", "Recycled", "2025-04-02"), enters("lead", "l2", "MQL", "2025-04-05"), enters("lead", "l2", "SAL", "2025-04-06")}
	rows := align(t, w).LeadQuality()
	// W-shaped: t1 holds the first touch and t2 lead creation, half each; 5 * 0.5 + 2 * 1 over 1.5
	expect(t, "k1", cellsOf(rows, "period_type=all,campaign_id=k1", "leads rated_leads mean_rating rejected_leads"), "1.500000 1.500000 3.000000 0.500000")
	expect(t, "nobody's", cellsOf(rows, "period_type=all,campaign_id=(unattributed)", "leads rated_leads mean_rating"), "1.000000 0.000000 ")
}

func TestAssets(t *testing.T) {
	w := persons("2025-12-31", contactEnters("c1", "lead", "2025-02-01T10:00:00Z"), contactEnters("c1", "MQL", "2025-02-10"))
	w.Contacts = []Contact{{ContactID: "c1", Persona: "buyer", CreatedAt: "2024-01-01"}}
	w.addDeal(aDeal("o1", "c1", "2025-03-01", "2025-04-01", "Won"))
	w.Options.SalesChannels = []string{"Call"}
	touch := func(id, at, asset, channel string) Touchpoint {
		return Touchpoint{TouchID: id, ContactID: "c1", OccurredAt: at, Asset: asset, Channel: channel}
	}
	w.Touchpoints = []Touchpoint{touch("t1", "2025-01-31", "ebook", "Email"), touch("t2", "2025-02-01T10:00:00Z", "ebook", "Email"), touch("t3", "2025-02-20", "", "Call")}
	a := align(t, w)
	rows := a.AssetPerformance()
	// W-shaped: the first touch, lead creation and creation of the opportunity a third each
	for _, c := range [][2]string{{"stage=(all)", "1 2"}, {"stage=(before lead)", "1 1"}, {"stage=lead", "1 1"}} {
		expect(t, "ebook "+c[0], cellsOf(rows, "asset=ebook,persona=(all),"+c[0], "persons touches"), c[1])
	}
	columns := "revenue influenced_won influenced_revenue"
	expect(t, "ebook", cellsOf(rows, "asset=ebook,persona=buyer", columns), "66.67 1 100.00")
	expect(t, "a channel of sales", cellsOf(rows, "asset=(none),persona=(all),stage=MQL", columns), "33.33 0 0.00")
	expect(t, "persona", cellsOf(a.PersonaPerformance(), "persona=buyer,stage=MQL", "persons touches assets"), "1 1 0")
}

func TestWinLoss(t *testing.T) {
	w := persons("2025-12-31")
	w.Accounts = []Account{{AccountID: "a1", Segment: "mid"}}
	for i, stage := range []string{"Won", "Won", "Closed Lost", "Closed Lost"} {
		w.addDeal(aDeal(fmt.Sprint("o", i), fmt.Sprint("c", i), "2025-02-01", "2025-03-01", stage))
		w.Opportunities[i].Competitor, w.Opportunities[i].AccountID = []string{"Initech", "", "Initech", "Initech"}[i], "a1"
	}
	w.Opportunities[3].Amount = "200.00"
	w.Touchpoints = []Touchpoint{{TouchID: "t1", ContactID: "c0", OccurredAt: "2025-02-15", CampaignID: "k1"}, {TouchID: "t2", ContactID: "c2", OccurredAt: "2025-03-02", CampaignID: "k1"}}
	a := align(t, w)
	columns := "won lost win_rate won_value lost_value win_rate_by_value"
	expect(t, "Initech", cellsOf(a.WinLoss(), "period_type=all,competitor=Initech", columns), "1 2 0.333333 100.00 300.00 0.250000")
	expect(t, "mid", cellsOf(a.WinLoss(), "period_type=all,segment=mid", columns), "2 2 0.500000 200.00 300.00 0.400000")
	// k1 touched only c0 before a close; it won, and of the three others one
	expect(t, "k1", cellsOf(a.WinLossTouches(), "period_type=all,member=k1", "won lost without_rate win_word"), "1 0 0.333333 cannot say")
}

func TestSalesCycle(t *testing.T) {
	w := persons("2025-06-01T00:00:00Z", contactEnters("c1", "lead", "2025-02-10"))
	w.Accounts = []Account{{AccountID: "a1"}}
	w.Contacts = []Contact{{ContactID: "c9", AccountID: "a1"}}
	w.addDeal(aDeal("o1", "c1", "2025-02-01T00:00:00Z", "2025-03-01T00:00:00Z", "Won"))
	w.addDeal(aDeal("o2", "c2", "2025-02-01T00:00:00Z", "2025-03-03T00:00:00Z", "Closed Lost"))
	w.addDeal(aDeal("o3", "c1", "2025-05-01T00:00:00Z", "", "New"))
	w.Opportunities[0].Amount, w.Opportunities[1].Amount = "10000.00", "9999.99"
	w.Opportunities[2].AccountID = "a1"
	w.Touchpoints = []Touchpoint{{TouchID: "t1", ContactID: "c1", OccurredAt: "2024-12-31T23:59:59.999999Z"}, {TouchID: "t2", ContactID: "c9", OccurredAt: "2023-01-01"}}
	a := align(t, w)
	rows := a.SalesCycle()
	columns := "won won_median_days watched closed km_median_days"
	// 28 d won, 30 d lost, open for 31 d: S = 2/3, 1/3
	expect(t, "from creation", cellsOf(rows, "basis=cohort,period_type=all,measured_from=creation,segment=(all),persona=(all),deal_size=(all)", columns), "1 28.000000 3 2 30.000000")
	expect(t, "from the lead", cellsOf(rows, "basis=cohort,period_type=all,measured_from=lead,segment=(all),persona=(all),deal_size=(all)", columns), "1 19.000000 2 1 19.000000")
	expect(t, "at the bound", cellsOf(rows, "basis=cohort,period_type=all,measured_from=creation,deal_size=10000", columns), "1 28.000000 1 1 28.000000")
	expect(t, "won in March", cellsOf(rows, "basis=period,period_type=month,period_start=2025-03-01,measured_from=creation", "won won_median_days"), "1 28.000000")
	// both first touches are c1's: 31 d and 1 us, and 120 d and 1 us before creation
	covered := a.LookbackCoverage()
	for days, want := range map[int]string{30: "2 0 121 121", 60: "2 1 121 121", 180: "2 2 121 121"} {
		expect(t, "look-back", cellsOf(covered, fmt.Sprintf("opportunity_type=new_business,segment=(all),days=%d", days), "touched covered days_for_90 days_for_99"), want)
	}
}

func TestTargets(t *testing.T) {
	w := persons("2025-03-10T12:00:00Z", contactEnters("c1", "lead", "2025-03-01"), contactEnters("c2", "lead", "2025-03-31"), contactEnters("c3", "MQL", "2025-03-02"))
	w.Costs = []Cost{{StartsOn: "2025-03-01", EndsOn: "2025-03-31", Channel: "Email", Amount: "31"}}
	for _, metric := range []string{"leads", "cost", "MQLs", "won"} {
		w.Targets = append(w.Targets, Target{"2025-03-01", "2025-03-31", metric, "15.5"})
	}
	rows, err := align(t, w).Targets()
	if err != nil {
		t.Fatal(err)
	}
	columns := "department actual share expected needed_per_week"
	expect(t, "leads", cellsOf(rows, "metric=leads", columns), "marketing 1.000000 0.064516 5.000000 4.833333")
	expect(t, "cost", cellsOf(rows, "metric=cost", columns), "marketing 10.000000 0.645161 5.000000 1.833333")
	expect(t, "won", cellsOf(rows, "metric=won", columns), "sales 0.000000 0.000000 5.000000 5.166667")
}

func TestNewcombeAndWords(t *testing.T) {
	// Newcombe 1998, table II, example (a), method 10: 56/70 - 48/80 is 0.0524 to 0.3339
	low, high := newcombe(56, 70, 48, 80)
	expect(t, "interval", six(low)[:6]+" "+six(high)[:6], "0.0524 0.3338")
	expect(t, "words", differenceWord(low, high, false, true)+", "+differenceWord(low, high, true, true)+", "+differenceWord(low, high, false, false), "better, worse, cannot say")
	days := func(n int64, event bool) span { return span{n * microsPerDay, event} }
	// an event and a censored one at one instant: 1 of 2, S = 1/2
	at, reached := kmQuantile([]span{days(1, true), days(1, false)}, 50)
	expect(t, "tie", daysText(at, reached), "1.000000")
	_, reached = kmQuantile([]span{days(1, false), days(2, false)}, 50)
	expect(t, "nobody", fmt.Sprint(reached), "false")
}

func TestCalendarPeriods(t *testing.T) {
	w := persons("2026-11-22T10:00:00Z", contactEnters("c1", "lead", "2026-11-20"))
	w.Options.Alignment.FiscalYearStartsIn, w.Options.Alignment.WeekStartsOn = 10, "sun"
	text := ""
	for _, p := range align(t, w).periods {
		text += p.kind + " " + p.start + " " + p.label + "; "
	}
	expect(t, "periods", text, "all  all; week 2026-11-15 2026-W47; week 2026-11-22 2026-W48; month 2026-11-01 2026-11; quarter 2026-10-01 2026 Q4; "+
		"year 2026-01-01 2026; fiscal-quarter 2026-10-01 FY2027 Q1; fiscal-year 2026-10-01 FY2027; ")
}
