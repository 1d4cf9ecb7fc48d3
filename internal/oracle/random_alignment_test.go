package oracle

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// alignmentEdges are the edges of the reports of marketing and sales.
var alignmentEdges = []string{
	"accepted", "rejected", "recycled", "expired", "superseded", "open", "late", "implied", "by an opportunity",
	"outcome in the last instant", "outcome just late", "expired at as-of in a microsecond", "open in its last instant", "superseded in its last instant",
	"outcome at the instant of the delivery", "delivered twice", "next delivery at the instant of an outcome",
	"response in the last instant", "response just late", "response at once", "untouched and due", "not due yet", "due in its last instant",
	"assigned in the last instant", "assigned just late", "changed owner", "unowned", "owner only of the lead", "too early", "activity of an opportunity",
	"over a change of the clocks", "implied lead on the day of a row", "implied lead at the end of its day",
	"return of a person", "side entrance", "out to a word", "back from a word", "forward from a word", "out with an opportunity", "in again after an opportunity",
	"lost by the history", "lost by closed_at", "lost, nobody knows when", "step of an opportunity", "return of an opportunity", "word of nobody",
	"rows of one instant with two owners", "fit good and interest high", "interest at its bound", "amount at a bound of sizes", "rating by word", "target in the middle",
}

func TestRandomWorldsReachTheEdgesOfAlignment(t *testing.T) {
	reached := edges{}
	worlds := 300
	if testing.Short() {
		worlds = 150
	}
	for seed := range uint64(worlds) {
		w := Random(rand.New(rand.NewPCG(seed, 7)))
		a, err := Align(w)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		reached.ofDeliveries(a)
		reached.ofStays(a)
		reached.ofQuality(a)
		wantStockToTie(t, a)
	}
	for _, edge := range alignmentEdges {
		if reached[edge] == 0 {
			t.Errorf("%d worlds never reach: %s", worlds, edge)
		}
	}
}

// wantStockToTie wants start + entered - left = end in every row, and the ends to add up.
func wantStockToTie(t *testing.T, a *Aligned) {
	t.Helper()
	for _, row := range a.FunnelStock() {
		n := map[string]int64{}
		for _, column := range []string{"stock_start", "entered", "left", "stock_end"} {
			value, err := decimal(row[column])
			if err != nil {
				t.Fatal(err)
			}
			n[column] = value.Num().Int64()
		}
		if n["stock_start"]+n["entered"]-n["left"] != n["stock_end"] {
			t.Errorf("stock does not tie: %v", row)
		}
	}
}

func (e edges) ofDeliveries(a *Aligned) {
	expires := int64(a.options.Alignment.ExpiresAfterDays) * microsPerDay
	assignment := int64(a.options.Alignment.ServiceLevel.AssignmentMinutes) * microsPerMinute
	first := int64(a.options.Alignment.ServiceLevel.FirstResponseMinutes) * microsPerMinute
	deliveries := a.deliveries()
	for i, d := range deliveries {
		e[d.outcome]++
		e.mark("late", d.late)
		e.mark("implied", d.implied)
		e.mark("by an opportunity", d.implied && len(d.createdInWindow()) > 0)
		hasOutcome := d.outcomeAt != 0
		e.mark("outcome in the last instant", hasOutcome && d.outcomeAt-d.at == expires)
		e.mark("outcome just late", hasOutcome && d.outcomeAt-d.at == expires+1)
		e.mark("expired at as-of in a microsecond", d.outcome == ExpiredOutcome && d.isLast && d.windowEnd-d.at == expires+1)
		e.mark("open in its last instant", d.outcome == OpenOutcome && d.windowEnd-d.at == expires)
		e.mark("superseded in its last instant", d.outcome == SupersededOutcome && d.windowEnd-d.at == expires)
		e.mark("outcome at the instant of the delivery", hasOutcome && d.outcomeAt == d.at)
		e.mark("delivered twice", i > 0 && deliveries[i-1].who == d.who)
		e.mark("next delivery at the instant of an outcome", hasOutcome && !d.isLast && d.outcomeAt == d.windowEnd || i > 0 && deliveries[i-1].who == d.who && hasOutcome && d.outcomeAt == d.at)
		e.mark("response in the last instant", d.responded && d.response == first)
		e.mark("response just late", d.responded && d.response == first+1)
		e.mark("response at once", d.responded && d.response == 0)
		e.mark("untouched and due", !d.responded && d.due)
		e.mark("not due yet", !d.responded && !d.due)
		e.mark("due in its last instant", !d.responded && d.limit == first)
		e.mark("assigned in the last instant", d.hasOwner && d.assigned == assignment)
		e.mark("assigned just late", d.hasOwner && d.assigned == assignment+1)
		e.mark("unowned", d.unowned)
		e.mark("too early", d.tooEarly)
		e.mark("owner only of the lead", d.owner != "" && !slices.ContainsFunc(d.who.rows, func(r historyRow) bool { return r.owner != "" }))
		e.mark("changed owner", slices.ContainsFunc(d.who.rows[:d.row], func(r historyRow) bool { return r.owner != "" }) && d.assigned > 0)
		for day := dayOf(d.at); d.responded && day < dayOf(d.at)+3; day++ {
			e.mark("over a change of the clocks", a.businessDay.lengthOf(day) != microsPerDay)
		}
	}
	for _, act := range a.given.Activities {
		e.mark("activity of an opportunity", act.OpportunityID != "" && act.ContactID == "" && act.LeadID == "")
	}
}

func (e edges) ofStays(a *Aligned) {
	for _, p := range a.persons {
		for i, r := range p.rows {
			e.mark("implied lead on the day of a row", r.implied && r.at.start < r.at.end && i+1 < len(p.rows) && p.rows[i+1].at.at == r.at.at)
			e.mark("implied lead at the end of its day", r.implied && r.at.start < r.at.end && r.at.at == r.at.end)
			e.mark("rows of one instant with two owners", i > 0 && p.rows[i-1].at.at == r.at.at && p.rows[i-1].in == r.in && p.rows[i-1].owner != r.owner)
		}
		for i, v := range p.visits {
			e.mark("out to a word", v.exit == Out)
			e.mark("back from a word", v.in.place < 0 && v.exit == Back)
			e.mark("forward from a word", v.in.place < 0 && v.exit == Forward && !v.byDeal)
			e.mark("out with an opportunity", v.byDeal)
			e.mark("in again after an opportunity", v.byDeal && i+1 < len(p.visits))
			e.mark("word of nobody", a.options.department(v.in) == Nobody)
		}
	}
	for _, v := range a.allVisits() {
		e.mark("return of a person", v.isReturn && v.person != nil)
		e.mark("return of an opportunity", v.isReturn && v.deal != nil)
		e.mark("side entrance", v.isSide)
	}
	for _, d := range a.dealHistories {
		e.mark("lost by the history", d.left && !d.wasWon && d.leftWhen != d.closedAt)
		e.mark("lost by closed_at", d.left && !d.wasWon && d.leftWhen == d.closedAt)
		e.mark("lost, nobody knows when", d.homeless)
		e.mark("step of an opportunity", slices.ContainsFunc(d.rows, func(r historyRow) bool { return r.step }))
	}
}

func (e edges) ofQuality(a *Aligned) {
	for _, p := range a.persons {
		e.mark("fit good and interest high", a.fitOf(p) == "good" && a.interestOf(p) == "high")
		if l := p.newestLead(); l != nil {
			e.mark("interest at its bound", l.InterestScore == a.options.Alignment.InterestHigh)
			e.mark("rating by word", a.ratingOf(p) != nil && l.SalesRating != "4")
		}
	}
	for _, d := range a.dealHistories {
		bound, _ := decimal(a.options.Alignment.DealSizes[0])
		amount, err := decimal(d.Amount)
		e.mark("amount at a bound of sizes", err == nil && amount.Cmp(bound) == 0)
	}
	for _, target := range a.given.Targets {
		first, _ := parseDay(target.PeriodStart)
		last, _ := parseDay(target.PeriodEnd)
		e.mark("target in the middle", first <= dayOf(a.asOf) && dayOf(a.asOf) < last)
	}
}
