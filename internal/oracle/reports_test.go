package oracle

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
)

// periodDeals is won deals of 1000.00 around March 2025: o1 is created and won in the last
// microsecond of March, o2 in the first one of April, o3 has no touch and is won in the first one
// of March.
func periodDeals() World {
	w := oneDeal(touchAt("t1", "2025-02-01"), touchAt("t2", "2025-03-31T23:59:59.999999Z"))
	w.Touchpoints[1].Channel, w.Touchpoints[1].CampaignID = "Fair", "k1"
	o := w.Opportunities[0]
	o.CreatedAt, o.ClosedAt = "2025-03-31", "2025-03-31T23:59:59.999999Z"
	next := o
	next.OpportunityID, next.CreatedAt, next.ClosedAt = "o2", "2025-04-01T00:00:00Z", "2025-04-01T00:00:00Z"
	without := o
	without.OpportunityID, without.AccountID, without.CreatedAt, without.ClosedAt = "o3", "a9", "2025-02-28T23:59:59.999999Z", "2025-03-01T00:00:00Z"
	w.Opportunities = []Opportunity{o, next, without}
	w.OpportunityContacts = append(w.OpportunityContacts, OpportunityContact{OpportunityID: "o2", ContactID: "c1"})
	w.Options.From, w.Options.To = "2025-03-01", "2025-03-31"
	return w
}

func TestReconciliationOfThePeriod(t *testing.T) {
	says := func(w World) string {
		var parts []string
		for _, row := range run(t, w).Reconciliation {
			if row.Model != "linear" {
				continue
			}
			for name, part := range map[string]Reconciled{"1 whole": row.Reconciled, "2 period": row.Period} {
				reason := part.Reasons[NoPeople]
				if reason.Minor == nil {
					reason = noAmounts()
				}
				parts = append(parts, fmt.Sprintf("%s %s: %s + %s = %s, %s + %s = %s", row.ConversionType, name, part.Attributed.Minor, reason.Minor, part.Total.Minor,
					part.Attributed.Millionths, reason.Millionths, part.Total.Millionths))
			}
		}
		return sortedLines(parts)
	}
	w := periodDeals()
	whole := "200000 + 100000 = 300000, 2000000 + 1000000 = 3000000\n"
	expect(t, "March", says(w), "pipeline 1 whole: "+whole+"pipeline 2 period: 100000 + 0 = 100000, 1000000 + 0 = 1000000\n"+
		"revenue 1 whole: "+whole+"revenue 2 period: 100000 + 100000 = 200000, 1000000 + 1000000 = 2000000\n")
	w.Options.From, w.Options.To = "", ""
	expect(t, "no period", says(w), "pipeline 1 whole: "+whole+"pipeline 2 period: "+whole+"revenue 1 whole: "+whole+"revenue 2 period: "+whole)
}

func sortedLines(lines []string) string {
	for i := range lines {
		for j := i + 1; j < len(lines); j++ {
			if lines[j] < lines[i] {
				lines[i], lines[j] = lines[j], lines[i]
			}
		}
	}
	return strings.Join(append(lines, ""), "\n")
}

func TestCoverage(t *testing.T) {
	w := periodDeals()
	w.Contacts = append(w.Contacts, Contact{ContactID: "c2", AccountID: "a1"})
	w.Touchpoints = append(w.Touchpoints, touchAt("t3", "2025-03-02"))
	w.Touchpoints[2].ContactID = "c2"
	w.Options.BuyingGroup = RolesAndAccount
	refund := w.Opportunities[0]
	refund.OpportunityID, refund.Amount, refund.ReversesOpportunityID = "o4", "-250.00", "o1"
	w.Opportunities = append(w.Opportunities, refund)
	says := func(conversionType string) string {
		var parts []string
		for _, row := range run(t, w).Coverage {
			if row.ConversionType != conversionType {
				continue
			}
			written := func(c Covered) string {
				return fmt.Sprintf("%d %s %s %s %d", c.Conversions, six(c.ConversionShare), c.Amount, six(c.AmountShare), c.Touches)
			}
			parts = append(parts, fmt.Sprintf("%s %s: %s; %s", row.Dimension, row.Member, written(row.Covered), written(row.Period)))
		}
		return strings.Join(parts, "\n")
	}
	// Revenue: o1, o2 and the refund o4 have t1, t2 of the role and t3 of the account. o3 has
	// nobody. In March: o1, o3 and o4.
	expect(t, "revenue", says(Revenue), strings.Join([]string{
		"attribution attributed: 2 0.666667 175000 0.636364 6; 1 0.500000 75000 0.428571 3",
		"attribution unattributed: 1 0.333333 100000 0.363636 0; 1 0.500000 100000 0.571429 0",
		"match_method contact_account: 2 0.666667 175000 0.636364 2; 1 0.500000 75000 0.428571 1",
		"match_method role: 2 0.666667 175000 0.636364 4; 1 0.500000 75000 0.428571 2",
		"path (unattributed): 1 0.333333 100000 0.363636 0; 1 0.500000 100000 0.571429 0",
		"path roles_and_account: 2 0.666667 175000 0.636364 6; 1 0.500000 75000 0.428571 3",
		"reason (attributed): 2 0.666667 175000 0.636364 6; 1 0.500000 75000 0.428571 3",
		"reason no_people: 1 0.333333 100000 0.363636 0; 1 0.500000 100000 0.571429 0",
		"total (all): 3 1.000000 275000 1.000000 6; 2 1.000000 175000 1.000000 3",
	}, "\n"))
	w.Leads = []Lead{{LeadID: "l1", CreatedAt: "2025-03-05T00:00:00Z", ConvertedContactID: "c1"}, {LeadID: "l2", CreatedAt: "2025-04-05T00:00:00Z"}}
	expect(t, "leads", says("lead"), strings.Join([]string{
		"attribution attributed: 1 0.500000 0 - 1; 1 1.000000 0 - 1",
		"attribution unattributed: 1 0.500000 0 - 0; 0 0.000000 0 - 0",
		"match_method person: 1 0.500000 0 - 1; 1 1.000000 0 - 1",
		"path (unattributed): 1 0.500000 0 - 0; 0 0.000000 0 - 0",
		"path person: 1 0.500000 0 - 1; 1 1.000000 0 - 1",
		"reason (attributed): 1 0.500000 0 - 1; 1 1.000000 0 - 1",
		"reason no_touches: 1 0.500000 0 - 0; 0 0.000000 0 - 0",
		"total (all): 2 1.000000 0 - 1; 1 1.000000 0 - 1",
	}, "\n"))
}

func TestCampaignsByChannel(t *testing.T) {
	w := oneDeal(touchAt("t1", "2025-02-01"), touchAt("t2", "2025-02-02"), touchAt("t3", "2025-02-03"), touchAt("t4", "2025-02-04"))
	w.Campaigns = []Campaign{{CampaignID: "k1", Channel: "Webinar"}}
	for i, channel := range []string{"Fair", "", "Fair"} { // t2 takes the campaign's channel, t4 has no campaign
		w.Touchpoints[i].CampaignID, w.Touchpoints[i].Channel = "k1", channel
	}
	w.Costs = []Cost{{StartsOn: "2025-02-01", EndsOn: "2025-02-01", CampaignID: "k1", Channel: "Fair", Amount: "1"},
		{StartsOn: "2025-02-01", EndsOn: "2025-02-01", Channel: "Radio", Amount: "2"}}
	lonely := w.Opportunities[0]
	lonely.OpportunityID, lonely.AccountID = "o2", ""
	w.Opportunities = append(w.Opportunities, lonely)
	var rows []string
	for _, row := range NonZero(run(t, w).Campaigns) {
		if row.Basis == BasisPeriod && row.Model == "linear" {
			rows = append(rows, fmt.Sprintf("%s %s: cost %s won %s revenue %s", row.Campaign, row.Channel, row.CostMicros, row.Won, row.Revenue))
		}
	}
	expect(t, "campaigns", strings.Join(rows, "\n"), strings.Join([]string{
		"(none) (all): cost 2000000 won 250000 revenue 25000",
		"(none) Email: cost 0 won 250000 revenue 25000",
		"(none) Radio: cost 2000000 won 0 revenue 0",
		"(unattributed) (all): cost 0 won 1000000 revenue 100000",
		"(unattributed) (unattributed): cost 0 won 1000000 revenue 100000",
		"k1 (all): cost 1000000 won 750000 revenue 75000",
		"k1 Fair: cost 0 won 500000 revenue 50000",
		"k1 Webinar: cost 1000000 won 250000 revenue 25000",
	}, "\n"))
}

// checkReports: the channels of a campaign sum to its row (all), the members of the dimensions that
// divide the conversions sum to their total, and without a reporting period the period is the
// whole.
func checkReports(t *testing.T, seed uint64, w World, r Result) {
	t.Helper()
	type campaign struct{ basis, opportunityType, model, campaign string }
	all, parts := map[campaign]Measures{}, map[campaign]Measures{}
	for _, row := range r.Campaigns {
		to := parts
		if row.Channel == AllChannels {
			to = all
		}
		k := campaign{row.Basis, row.OpportunityType, row.Model, row.Campaign}
		if _, known := to[k]; !known {
			to[k] = noMeasures()
		}
		for from, into := range map[*big.Int]*big.Int{row.CostMicros: to[k].CostMicros, row.Won: to[k].Won, row.Pipeline: to[k].Pipeline, row.Revenue: to[k].Revenue} {
			into.Add(into, from)
		}
	}
	if fmt.Sprint(all) != fmt.Sprint(parts) {
		t.Errorf("seed %d: the channels of campaigns do not sum to their rows (all)", seed)
	}

	sums := map[string]int64{}
	for _, row := range r.Coverage {
		if row.Dimension != MethodDimension {
			for name, c := range map[string]Covered{"whole": row.Covered, "period": row.Period} {
				key := fmt.Sprintln(row.ConversionType, row.OpportunityType, name, row.Dimension)
				amount := new(big.Int).Mod(c.Amount, big.NewInt(1_000_000_007)).Int64() // sums of huge amounts stay small
				sums[key+"amount"] = (sums[key+"amount"] + amount) % 1_000_000_007
				sums[key+"count"] += int64(c.Conversions)*1000 + int64(c.Touches)
			}
		}
	}
	for key, sum := range sums {
		for _, dimension := range []string{AttributionDimension, PathDimension, ReasonDimension} {
			if other := strings.Replace(key, TotalDimension+"\n", dimension+"\n", 1); sums[other] != sum && strings.Contains(key, TotalDimension) {
				t.Errorf("seed %d: coverage %q is %d, and the total %d", seed, other, sums[other], sum)
			}
		}
	}
	if w.Options.From == "" && w.Options.To == "" {
		for _, row := range r.Reconciliation {
			if fmt.Sprint(row.Reconciled) != fmt.Sprint(row.Period) {
				t.Errorf("seed %d: without a period %v is not %v", seed, row.Period, row.Reconciled)
			}
		}
	}
}
