package oracle

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

// marchLeads are contacts, named by their number, without a date of their own: only the history
// makes them anything.
func marchLeads(asOf string, history ...StageEntry) World {
	w := World{Options: DefaultOptions(), StageHistory: history}
	w.Options.AsOf = asOf
	return w
}

func contactEnters(id, stage, at string) StageEntry { return enters("contact", id, stage, at) }

// way is the figures of one row of the new business, or "no row".
func way(r Result, month, channel, from, to string) string {
	for _, row := range r.Funnel {
		if row.OpportunityType == newBusiness && row.Period == month && row.Group == channel && row.From == from && row.To == to {
			return fmt.Sprintf("%d+%d=%d converted %d already %d rate %s", row.Volume, row.Skipped, row.Cohort, row.Converted, row.Already, six(row.Rate))
		}
	}
	return "no row"
}

// the is the row of all types' new business.
func the(t *testing.T, r Result, month, from, to string) FunnelRow {
	t.Helper()
	for _, row := range r.Funnel {
		if row.OpportunityType == newBusiness && row.Period == month && row.Group == AllChannels && row.From == from && row.To == to {
			return row
		}
	}
	t.Fatalf("no row %s %s %s", month, from, to)
	return FunnelRow{}
}

// six writes millionths as a decimal.
func six(millionths *big.Int) string {
	if millionths == nil {
		return "-"
	}
	return new(big.Rat).SetFrac(millionths, oneUnit).FloatString(6)
}

func TestCohorts(t *testing.T) {
	w := marchLeads("2026-01-01",
		contactEnters("c1", "lead", "2025-03-01"), contactEnters("c1", "MQL", "2025-03-31"), contactEnters("c1", "lead", "2025-04-05"),
		contactEnters("c2", "SAL", "2025-03-20"), contactEnters("c2", "SQL", "2025-03-10"), // never a lead, never qualified
		contactEnters("c3", "lead", "2025-04-01"), contactEnters("c3", "MQL", "2025-02-10"),
		contactEnters("c4", "lead", "2026-01-02"), // after as-of
	)
	w.Contacts = []Contact{{ContactID: "c5", CreatedAt: "2025-03-31"}}
	r := run(t, w)
	// March: c1 and c5 recorded, c2 implied by the SQL of 10 March, which makes it an MQL too
	expect(t, "leads of March", way(r, "2025-03-01", AllChannels, "lead", "MQL"), "2+1=3 converted 2 already 0 rate 0.666667")
	expect(t, "MQLs of March", way(r, "2025-03-01", AllChannels, "MQL", "SQL"), "1+1=2 converted 1 already 0 rate 0.500000")
	// c2 enters SAL only on 20 March; the SQL before stands for it
	expect(t, "SALs of March", way(r, "2025-03-01", AllChannels, "SAL", "SQL"), "1+0=1 converted 0 already 1 rate 0.000000")
	// c3 was qualified before it was a lead
	expect(t, "leads of April", way(r, "2025-04-01", AllChannels, "lead", "MQL"), "1+0=1 converted 0 already 1 rate 0.000000")
	expect(t, "leads of all months", way(r, "", AllChannels, "lead", "MQL"), "3+1=4 converted 2 already 1 rate 0.500000")
	expect(t, "no opportunities", way(r, "", AllChannels, "opportunity", "won"), "0+0=0 converted 0 already 0 rate -")
	expect(t, "nor a stage after the last", way(r, "", AllChannels, "won", ""), "0+0=0 converted 0 already 0 rate -")
	expect(t, "nobody in January", way(r, "2026-01-01", AllChannels, "lead", "MQL"), "no row")
	// 2 MQLs recorded (c1, c3) to 3 leads
	expect(t, "period ratio", six(the(t, r, "", "lead", "MQL").PeriodRatio), "0.666667")
	expect(t, "ratio of March", six(the(t, r, "2025-03-01", "lead", "MQL").PeriodRatio), "0.500000")

	w.Options.From, w.Options.To = "2025-03-02", "2025-03-30"
	expect(t, "a reporting period", way(run(t, w), "", AllChannels, "lead", "MQL"), "0+1=1 converted 1 already 0 rate 1.000000")
}

func TestHorizon(t *testing.T) {
	// 90 d after 2025-03-01 is 2025-05-30
	w := marchLeads("2026-01-01",
		contactEnters("c1", "lead", "2025-03-01"), contactEnters("c1", "MQL", "2025-05-30"),
		contactEnters("c2", "lead", "2025-03-01"), contactEnters("c2", "MQL", "2025-05-30T00:00:00.000001Z"),
		contactEnters("c3", "lead", "2025-03-01"), contactEnters("c3", "MQL", "2025-03-01"), contactEnters("c3", "MQL", "2025-02-01"),
		contactEnters("c4", "lead", "2025-03-01"), contactEnters("c4", "MQL", "2025-02-28"), contactEnters("c4", "SQL", "2025-03-02"),
		contactEnters("c5", "lead", "2025-03-01"), contactEnters("c5", "MQL", "2025-02-28"), contactEnters("c5", "SQL", "2025-12-02"),
	)
	r := run(t, w)
	// c1 in the last microsecond, c3 at once; c4 and c5 had been there and only move on, c2 comes
	// too late
	expect(t, "March", way(r, "2025-03-01", AllChannels, "lead", "MQL"), "5+0=5 converted 2 already 2 rate 0.400000")
	row := the(t, r, "2025-03-01", "lead", "MQL")
	expect(t, "velocity", fmt.Sprint(row.VelocityN, " ", six(row.Median), " ", six(row.P75)), "2 0.000000 90.000000")
	// events at 0 and 90 days; c2, c4 and c5 are watched for longer
	expect(t, "Kaplan-Meier", fmt.Sprint(six(row.KMRate), " ", row.KMAtRisk, " ", six(row.KMObservedDays)), "0.400000 4 90.000000")
	expect(t, "horizon", fmt.Sprint(row.HorizonDays, row.SmallSample), "90 true")
}

func TestSmallSample(t *testing.T) {
	for count, want := range map[int]bool{29: true, 30: false} {
		w := marchLeads("2026-01-01")
		for i := range count {
			w.StageHistory = append(w.StageHistory, contactEnters(fmt.Sprint(i), "lead", "2025-03-01"))
		}
		if got := the(t, run(t, w), "", "lead", "MQL").SmallSample; got != want {
			t.Errorf("%d leads: small = %v", count, got)
		}
	}
}

func TestMaturity(t *testing.T) {
	final := func(asOf, from, to, month string) bool {
		w := marchLeads(asOf, contactEnters("c1", "lead", "2025-03-05"))
		w.Options.From, w.Options.To = from, to
		return the(t, run(t, w), month, "lead", "MQL").Final
	}
	for _, c := range []struct {
		asOf, from, to, month string
		want                  bool
	}{
		{"2025-06-30T00:00:00Z", "", "", "2025-03-01", true}, // 1 April and 90 days
		{"2025-06-29T23:59:59.999999Z", "", "", "2025-03-01", false},
		{"2025-06-10T00:00:00Z", "", "2025-03-11", "2025-03-01", true}, // 12 March and 90 days
		{"2025-06-09T23:59:59.999999Z", "", "2025-03-11", "2025-03-01", false},
		{"2025-06-10T00:00:00Z", "", "2025-03-11", "", true},
		{"2025-06-30T00:00:00Z", "", "2025-04-11", "", false}, // the cohort of all months ends with the period
		{"2035-06-30T00:00:00Z", "2025-03-01", "", "", false}, // and without an end of the period at as-of
	} {
		if got := final(c.asOf, c.from, c.to, c.month); got != c.want {
			t.Errorf("%v: final = %v", c, got)
		}
	}
}

func TestStatistics(t *testing.T) {
	for _, c := range []struct {
		k, n int64
		want string
	}{{5, 10, "0.236593 0.763407"}, {0, 10, "0.000000 0.277533"}, {10, 10, "0.722467 1.000000"}, {1, 1, "0.206549 1.000000"}, {0, 0, "- -"}} {
		low, high := wilson(c.k, c.n)
		expect(t, fmt.Sprintf("Wilson %d of %d", c.k, c.n), six(low)+" "+six(high), c.want)
	}
	const day = microsPerDay
	for _, c := range []struct {
		spans []span
		want  string
	}{
		// at 10 days one of four, at 20 one of two: 1 - 3/4 * 1/2
		{[]span{{10 * day, true}, {20 * day, true}, {15 * day, false}, {40 * day, false}}, "0.625000 1 30.000000"},
		// those who leave at the instant of an event are still at risk for it; two events at once
		// count together
		{[]span{{10 * day, true}, {10 * day, true}, {10 * day, false}, {12*day + 43200e6, false}}, "0.500000 0 12.500000"},
		{[]span{{30 * day, true}, {30*day + 1, true}}, "0.500000 2 30.000000"},
		{[]span{{0, false}}, "0.000000 0 0.000000"},
		{nil, "- 0 -"},
	} {
		rate, atRisk, observed := kaplanMeier(c.spans, 30*day)
		expect(t, fmt.Sprint(c.spans), fmt.Sprint(six(rate), " ", atRisk, " ", six(observed)), c.want)
	}
	four := []int64{4 * day, day, 3 * day, 2*day + 43200}
	expect(t, "quantiles", six(quantile(four, 50))+" "+six(quantile(four, 75))+" "+six(quantile(four, 90))+" "+six(quantile(four[:1], 50)),
		"2.000001 3.000000 4.000000 4.000000") // 43200 microseconds are half a millionth of a day
}

// funnelDeals: o1 of a role's person, o2 of the account's, o3 a renewal, o4 the reversal of o1.
func funnelDeals() World {
	w := oneDeal(touchAt("t1", "2025-02-01"), touchAt("t2", "2024-11-01"))
	w.Touchpoints[1].Channel, w.Touchpoints[1].ContactID = "Fair", "c2"
	w.Contacts = append(w.Contacts, Contact{ContactID: "c2", AccountID: "a1"})
	o := w.Opportunities[0]
	o.OpportunityID, o.CreatedAt, o.ClosedAt, o.Stage, o.Amount = "o2", "2025-03-20T00:00:00Z", "", "Open", "300.00"
	renewal := o
	renewal.OpportunityID, renewal.OpportunityType, renewal.Amount = "o3", "Renewal", ""
	refund := w.Opportunities[0]
	refund.OpportunityID, refund.CreatedAt, refund.ClosedAt, refund.Amount, refund.ReversesOpportunityID = "o4", "2025-05-01T00:00:00Z", "2025-05-02T00:00:00Z", "-40.00", "o1"
	w.Opportunities = append(w.Opportunities, o, renewal, refund)
	w.StageHistory = []StageEntry{contactEnters("c1", "SQL", "2025-02-25"), contactEnters("c2", "SQL", "2025-02-26"), contactEnters("c2", "MQL", "2025-03-05")}
	w.Options.AsOf = "2025-12-31"
	return w
}

func TestFunnelOfOpportunities(t *testing.T) {
	r := run(t, funnelDeals())
	// o1 is c1's alone, who has its role; o2 has no roles, and is both persons'
	expect(t, "persons to opportunities", way(r, "2025-02-01", AllChannels, "SQL", "opportunity"), "2+0=2 converted 2 already 0 rate 1.000000")
	expect(t, "persons to wins", way(r, "2025-02-01", AllChannels, "SQL", "won"), "2+0=2 converted 1 already 0 rate 0.500000")
	row := the(t, r, "2025-02-01", "SQL", "opportunity")
	expect(t, "days", fmt.Sprint(row.VelocityN, " ", six(row.Median), " ", six(row.P90)), "2 4.000000 22.000000")
	if row.Value != nil || row.ConvertedValue != nil {
		t.Error("persons are no money")
	}
	// 2 opportunities and 2 SQLs of all months, none of February's
	expect(t, "ratios", six(row.PeriodRatio)+" "+six(the(t, r, "", "SQL", "opportunity").PeriodRatio), "0.000000 1.000000")

	expect(t, "opportunities", way(r, "2025-03-01", AllChannels, "opportunity", "won"), "2+0=2 converted 1 already 0 rate 0.500000")
	row = the(t, r, "2025-03-01", "opportunity", "won")
	expect(t, "money", fmt.Sprint(row.Value, row.ConvertedValue), "130000 100000")
	row = the(t, r, "", "opportunity", "won")
	expect(t, "money with the reversal", fmt.Sprint(row.Cohort, row.Value, row.ConvertedValue), "2 126000 100000")
	row = the(t, r, "2025-05-01", "won", "")
	expect(t, "the reversal alone", fmt.Sprint(row.Cohort, row.Value, row.ConvertedValue), "0 -4000 <nil>")

	// the channel of what each entry is: the account's first touch is in Fair, that of the role in
	// Email
	expect(t, "by channel", way(r, "", "Email", "opportunity", "won"), "1+0=1 converted 1 already 0 rate 1.000000")
	expect(t, "the account's", way(r, "", "Fair", "opportunity", "won"), "1+0=1 converted 0 already 0 rate 0.000000")
	expect(t, "c1 by its own touch", way(r, "", "Email", "SQL", "won"), "1+0=1 converted 1 already 0 rate 1.000000")
	expect(t, "c2 was touched too long ago", way(r, "", Unattributed, "SQL", "opportunity"), "1+0=1 converted 1 already 0 rate 1.000000")
}

func TestStagesOfTheHistory(t *testing.T) {
	w := funnelDeals()
	w.Options.Funnel = []Stage{{Name: "lead", Unit: PersonUnit}, {Name: "opportunity", Unit: OpportunityUnit, At: AtCreated, WithinDays: 30},
		{Name: "Proposal", Unit: OpportunityUnit, Spellings: []string{"quote"}, WithinDays: 10}, {Name: "won", Unit: OpportunityUnit, At: AtWon, WithinDays: 20}}
	w.StageHistory = []StageEntry{
		enters("opportunity", "o1", "pro-posal", "2025-02-20"), enters("opportunity", "o1", "Quote", "2025-03-12"),
		enters("opportunity", "o2", "quote", "2025-03-25"), enters("opportunity", "o3", "quote", "2025-03-26"),
		enters("opportunity", "o4", "quote", "2025-05-02"), enters("contact", "c1", "quote", "2025-03-01"),
		enters("opportunity", "o2", "opportunity", "2025-01-01"), // the creation says when, not the history
	}
	r := run(t, w)
	// o1 was there before it was created, and comes back after 11 days
	expect(t, "opportunities", way(r, "", AllChannels, "opportunity", "Proposal"), "2+0=2 converted 1 already 1 rate 0.500000")
	expect(t, "first entries", way(r, "2025-02-01", AllChannels, "Proposal", "won"), "1+0=1 converted 0 already 0 rate 0.000000")
	expect(t, "no reversals", way(r, "2025-05-01", AllChannels, "Proposal", "won"), "0+0=0 converted 0 already 0 rate -")
	if the(t, r, "", "opportunity", "Proposal").NoEntries || the(t, r, "", "Proposal", "won").NoEntries {
		t.Error("the history knows proposals, and the win needs no history")
	}
	w.StageHistory = []StageEntry{enters("opportunity", "o4", "quote", "2025-05-02"), enters("opportunity", "o1", "quote", "2026-01-01")}
	r = run(t, w) // a reversal, and one after as-of
	if !the(t, r, "", "opportunity", "Proposal").NoEntries || the(t, r, "", "opportunity", "won").NoEntries {
		t.Error("now nobody comes to a proposal")
	}
	// won without any proposal: the way is implied, and so no part of the velocity
	expect(t, "implied by the win", way(r, "", AllChannels, "Proposal", "won"), "0+1=1 converted 1 already 0 rate 1.000000")
	if row := the(t, r, "", "Proposal", "won"); row.VelocityN != 0 || row.Value.Int64() != 100000 || row.PeriodRatio != nil {
		t.Errorf("implied: %+v", row)
	}
}

// TestRandomFunnels: months and channels sum to all, shares are shares, and the edges are reached.
func TestRandomFunnels(t *testing.T) {
	reached := map[string]int{}
	for seed := range uint64(150) {
		r := run(t, Random(rand.New(rand.NewPCG(seed, 5))))
		sums, all := map[string]int{}, map[string]int{}
		for _, row := range r.Funnel {
			key := strings.Join([]string{row.OpportunityType, row.From, row.To}, " ")
			units := row.Cohort + 1000*row.Converted + 1_000_000*row.Already
			switch {
			case row.Period != "" && row.Group != AllChannels:
				sums[key] += units
			case row.Period == "" && row.Group == AllChannels:
				all[key] += units
			}
			for _, share := range []*big.Int{row.Rate, row.WilsonLow, row.WilsonHigh, row.KMRate} {
				if share != nil && (share.Sign() < 0 || share.Cmp(oneUnit) > 0) {
					t.Errorf("seed %d: not a share: %+v", seed, row)
				}
			}
			for edge, holds := range map[string]bool{
				"skipped": row.Skipped > 0, "converted": row.Converted > 0, "already": row.Already > 0, "final": row.Final && row.Cohort > 0,
				"immature": !row.Final && row.Cohort > 0 && row.To != "", "censored": row.Rate != nil && row.Rate.Cmp(row.KMRate) != 0,
				"velocity": row.VelocityN > 1, "value": row.Value != nil && row.Value.Sign() != 0, "reversal alone": row.Cohort == 0 && !row.IsZero(),
				"converted value": row.ConvertedValue != nil && row.ConvertedValue.Sign() != 0, "large sample": row.To != "" && !row.SmallSample,
			} {
				if holds {
					reached[edge]++
				}
			}
		}
		if fmt.Sprint(sums) != fmt.Sprint(all) {
			t.Errorf("seed %d: months and channels do not sum to all:\n%v\n%v", seed, sums, all)
		}
	}
	for _, edge := range []string{"skipped", "converted", "already", "final", "immature", "censored", "velocity", "value", "reversal alone", "converted value",
		"large sample"} {
		if reached[edge] < 10 {
			t.Errorf("only %d times: %s", reached[edge], edge)
		}
	}
	t.Log(reached)
}
