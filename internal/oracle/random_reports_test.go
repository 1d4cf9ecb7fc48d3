package oracle

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

// reportEdges are the edges of the reports of budgets, coverage, answers, periods and the trend of the
// funnel.
var reportEdges = []string{
	"budget over", "budget on_pace", "budget under", "budget provisional", "budget not_begun", "budget no_budget", "budget no_rate", "budget no_dates", "budget unknown_campaign",
	"foreign budget", "cost of campaigns below", "cost outside of the dates", "campaign ends on the day of as-of", "campaign begins on the day after as-of",
	"cost covered", "cost cost_without_touches", "cost touches_without_cost", "cost partly", "cost no_cost_and_touches",
	"campaign cost that meets touches in another channel", "touches with the cost of their channel alone", "campaigns without dates",
	"answer no_self_report", "answer not_a_source", "answer agrees", "answer differs", "answer unattributed",
	"answer that is a group", "answer in two spellings", "answer of the group of another first touch", "exactly half",
	"period no_cost", "period no_units", "provisional cost of a period", "negative ROI on margin", "stage that nobody entered", "period cut by the reporting period",
	"trend final", "trend immature", "trend final after final", "trend cannot say", "trend of a period that can still grow", "trend falls", "trend rises",
	"reversal alone in a dimension", "person that reports leave out in a dimension", "dimension no_entries", "dimension of a primary contact",
}

func TestRandomWorldsReachTheEdgesOfReports(t *testing.T) {
	reached := edges{}
	worlds := 300
	if testing.Short() {
		worlds = 150
	}
	for seed := range uint64(worlds) {
		a, err := Align(Random(rand.New(rand.NewPCG(seed, 7))))
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		reached.ofBudgets(a)
		reached.ofCoverage(a)
		reached.ofAnswers(a)
		reached.ofPeriods(a)
		reached.ofTrend(a)
		reached.ofDimensions(a)
	}
	for _, edge := range reportEdges {
		if reached[edge] == 0 {
			t.Errorf("%d worlds never reach: %s", worlds, edge)
		}
	}
}

func mustDecimal(cell string) *big.Rat {
	value, err := decimal(cell)
	if err != nil {
		panic(err) // the oracle itself wrote it
	}
	return value
}

func isZero(cell string) bool { return cell == "" || mustDecimal(cell).Sign() == 0 }

func (e edges) ofBudgets(a *Aligned) {
	asOf := dayText(dayOf(a.asOf))
	for _, r := range a.Budgets() {
		e["budget "+r["pace"]+r["reason"]]++
		e.mark("cost of campaigns below", !isZero(r["cost_below"]))
		e.mark("cost outside of the dates", !isZero(r["outside_dates"]))
		e.mark("campaign ends on the day of as-of", r["ends_on"] == asOf && r["pace"] != "")
		e.mark("campaign begins on the day after as-of", r["starts_on"] == dayText(dayOf(a.asOf)+1) && r["pace"] == "not_begun")
	}
	for _, c := range a.given.Campaigns {
		_, reason := a.planned(c)
		e.mark("foreign budget", reason == "" && c.Currency != "" && c.Currency != a.money.currency)
	}
}

func (e edges) ofCoverage(a *Aligned) {
	for _, r := range a.CostCoverage() {
		e["cost "+r["status"]]++
		e.mark("campaigns without dates", r["campaigns_without_dates"] != "0" && !isZero(r["cost_without_dates"]))
		e.mark("touches with the cost of their channel alone", r["channel"] == All && r["campaign_id"] != All && isZero(r["cost"]) && r["touches_with_cost"] != "0")
	}
	for _, d := range a.costs {
		own := slices.ContainsFunc(a.touches, func(t *touch) bool { return !t.excluded && t.campaign == d.Campaign && t.channel == d.Channel })
		other := slices.ContainsFunc(a.touches, func(t *touch) bool { return !t.excluded && t.campaign == d.Campaign && t.channel != d.Channel })
		e.mark("campaign cost that meets touches in another channel", d.Campaign != None && other && !own)
	}
}

func (e edges) ofAnswers(a *Aligned) {
	for _, r := range a.SelfReported() {
		e["answer "+r["agreement"]]++
		e.mark("answer that is a group", r["channel"] == "" && r["source_group"] != "")
		e.mark("answer of the group of another first touch", r["leads_other_group"] != "0")
	}
	spellings := map[string]string{}
	for _, l := range a.given.Leads {
		plain := bareWord(l.SelfReportedSource)
		known, isKnown := spellings[plain]
		e.mark("answer in two spellings", plain != "" && isKnown && known != l.SelfReportedSource)
		spellings[plain] = l.SelfReportedSource
	}
	for _, r := range a.SelfReported() {
		credited := r["revenue_credited_channel"]
		if r["channel"] == "" {
			credited = r["revenue_credited_group"]
		}
		whole := mustDecimal(r["revenue"])
		half := mustDecimal(credited)
		half.Add(half, half)
		e.mark("exactly half", r["agreement"] == "agrees" && whole.Sign() > 0 && whole.Cmp(half) == 0)
	}
}

func (e edges) ofPeriods(a *Aligned) {
	for _, r := range a.PeriodPerformance() {
		e["period "+r["ratio_reason"]]++
		e.mark("provisional cost of a period", r["period_type"] != "all" && !isZero(r["provisional_cost"]))
		e.mark("negative ROI on margin", r["roi_on_margin"] != "" && mustDecimal(r["roi_on_margin"]).Sign() < 0)
		e.mark("stage that nobody entered", r["opportunity_type"] == newBusiness && r["mqls"] == "")
	}
	for _, p := range a.periods {
		e.mark("period cut by the reporting period", p.kind != "all" && instantText(p.from)[:10] != p.start)
	}
}

func (e edges) ofTrend(a *Aligned) {
	for _, r := range a.FunnelTrend() {
		e["trend "+r["maturity"]]++
		e.mark("trend final after final", r["maturity"] == "final" && r["previous_cohort"] != "")
		e.mark("trend cannot say", r["rate_word"] == "cannot say")
		if r["difference"] != "" {
			e.mark("trend falls", mustDecimal(r["difference"]).Sign() < 0)
			e.mark("trend rises", mustDecimal(r["difference"]).Sign() > 0)
		}
	}
	for _, p := range a.periods {
		e.mark("trend of a period that can still grow", p.kind == "quarter" && p.from <= a.asOf && p.to > a.asOf)
	}
}

func (e edges) ofDimensions(a *Aligned) {
	for _, r := range a.FunnelDimensions() {
		e["dimension "+r["maturity"]]++
		e.mark("reversal alone in a dimension", r["cohort"] == "0" && !isZero(r["value"]))
		e.mark("dimension of a primary contact", r["dimension"] == "persona" && r["dimension_value"] != None && r["value"] != "")
	}
	for _, who := range a.people.all {
		e.mark("person that reports leave out in a dimension", who.internal && who.becameLead && a.segmentOf(who.account) != None)
	}
}
