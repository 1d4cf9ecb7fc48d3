package oracle

import (
	"slices"
	"strings"
)

// handed is the figures of some deliveries.
type handed struct {
	deliveries              int
	outcomes                map[string]int
	late, implied, settled  int
	assignments, responses  []span
	responded, inTime, asks int // asks: responded or due
	unowned, tooEarly       int
	sqlOf, sql, wonOf, won  int
}

func (h *handed) add(a *Aligned, d *delivery) {
	if h.outcomes == nil {
		h.outcomes = map[string]int{}
	}
	h.deliveries++
	h.outcomes[d.outcome]++
	for _, c := range []struct {
		to    *int
		holds bool
	}{
		{&h.late, d.late}, {&h.implied, d.implied}, {&h.settled, d.settled()}, {&h.responded, d.responded}, {&h.inTime, a.inTime(d)},
		{&h.asks, d.responded || d.due}, {&h.unowned, d.unowned}, {&h.tooEarly, d.tooEarly},
		{&h.sqlOf, a.asOf-d.at >= 90*microsPerDay && slices.Contains(a.options.PersonStages(), "sql")}, {&h.sql, a.asOf-d.at >= 90*microsPerDay && d.sql},
		{&h.wonOf, a.asOf-d.at >= 365*microsPerDay}, {&h.won, a.asOf-d.at >= 365*microsPerDay && d.won},
	} {
		if c.holds {
			*c.to++
		}
	}
	if d.hasOwner {
		h.assignments = append(h.assignments, span{d.assigned, true})
	} else {
		h.assignments = append(h.assignments, span{d.limit, false})
	}
	if d.responded {
		h.responses = append(h.responses, span{d.response, true})
	} else {
		h.responses = append(h.responses, span{d.limit, false})
	}
}

// cells writes the figures.
func (h *handed) cells(to Cells) {
	to["deliveries"] = count(h.deliveries)
	for _, outcome := range []string{AcceptedOutcome, RejectedOutcome, RecycledOutcome, ExpiredOutcome, SupersededOutcome, OpenOutcome} {
		to[outcome] = count(h.outcomes[outcome])
	}
	to["late"], to["implied"], to["settled"] = count(h.late), count(h.implied), count(h.settled)
	rateCells(to, "acceptance", h.outcomes[AcceptedOutcome], h.settled)
	rateCells(to, "service_level", h.inTime, h.asks)
	to["responded"], to["within_service_level"], to["due_or_responded"] = count(h.responded), count(h.inTime), count(h.asks)
	to["unowned"], to["too_early"] = count(h.unowned), count(h.tooEarly)
	for name, spans := range map[string][]span{"assignment": h.assignments, "response": h.responses} {
		for quantile, percent := range map[string]int64{"median": 50, "p90": 90} {
			micros, reached := kmQuantile(spans, percent)
			to[name+"_"+quantile+"_hours"] = hoursText(micros, reached)
		}
	}
}

// Handoff is the deliveries by period, and by owner or channel.
func (a *Aligned) Handoff() []Cells {
	t := newTable[handed]("period_type", "period_start", "owner", "channel")
	for _, d := range a.deliveries() {
		for _, p := range a.in(d.at) {
			for _, k := range [][2]string{{All, All}, {d.ownerName(), All}, {All, d.channel}} {
				t.at(p.kind, p.start, k[0], k[1]).add(a, d)
			}
		}
	}
	return t.finish(func(h *handed, to Cells) { h.cells(to) })
}

func (d *delivery) ownerName() string {
	if d.owner == "" {
		return NoOwner
	}
	return d.owner
}

// HandoffReasons is the deliveries by outcome, reason, campaign of the last touch, and owner, in
// every combination.
func (a *Aligned) HandoffReasons() []Cells {
	t := newTable[handed]("period_type", "period_start", "outcome", "reason", "campaign_id", "owner")
	for _, d := range a.deliveries() {
		reason := d.reason
		if reason == "" {
			reason = NoReason
		}
		for _, p := range a.in(d.at) {
			for _, k := range combinations(d.outcome, reason, d.campaign, d.ownerName()) {
				t.at(append([]string{p.kind, p.start}, k...)...).add(a, d)
			}
		}
	}
	return t.finish(func(h *handed, to Cells) {
		to["deliveries"] = count(h.deliveries)
		to["late"] = count(h.late)
	})
}

// combinations are the members with (all) in the place of any of them.
func combinations(members ...string) [][]string {
	var found [][]string
	for mask := range 1 << len(members) {
		k := make([]string, len(members))
		for i, member := range members {
			k[i] = All
			if mask>>i&1 == 1 {
				k[i] = member
			}
		}
		found = append(found, k)
	}
	return found
}

// RepFollowUp is what every owner made of its deliveries, beside the rest of the team: those of all
// other owners, and of nobody.
func (a *Aligned) RepFollowUp() []Cells {
	t := newTable[handed]("period_type", "period_start", "owner")
	for _, d := range a.deliveries() {
		for _, p := range a.in(d.at) {
			t.at(p.kind, p.start, d.ownerName()).add(a, d)
			t.at(p.kind, p.start, All).add(a, d)
		}
	}
	rows := t.finish(func(h *handed, to Cells) { h.repCells(to, nil) })
	var kept []Cells
	for i, to := range rows {
		own := t.rows[t.keys[i]]
		team := t.rows[strings.Join([]string{to["period_type"], to["period_start"], All}, "\x00")]
		if to["owner"] == All {
			continue
		}
		own.repCells(to, team)
		kept = append(kept, to)
	}
	return kept
}

// repCells writes the figures of an owner, with the differences from the rest of the team.
func (h *handed) repCells(to Cells, team *handed) {
	to["deliveries"], to["worked"] = count(h.deliveries), count(h.responded)
	micros, reached := kmQuantile(h.responses, 50)
	to["response_median_hours"] = hoursText(micros, reached)
	for name, of := range h.repRates() {
		rateCells(to, name, of.k, of.n)
		to[name] = count(of.k)
		if team != nil {
			all := team.repRates()[name]
			differenceCells(to, name, of.k, of.n, all.k-of.k, all.n-of.n, of.lessIs, true)
			rateCells(to, name+"_rest", all.k-of.k, all.n-of.n)
		}
	}
}

type repRate struct {
	k, n   int
	lessIs bool // less is better
}

func (h *handed) repRates() map[string]repRate {
	outcome := func(name string, lessIs bool) repRate { return repRate{h.outcomes[name], h.settled, lessIs} }
	return map[string]repRate{
		"worked": {h.responded, h.deliveries, false}, "within_service_level": {h.inTime, h.asks, false},
		"accepted": outcome(AcceptedOutcome, false), "rejected": outcome(RejectedOutcome, true),
		"recycled": outcome(RecycledOutcome, true), "expired": outcome(ExpiredOutcome, true),
		"sql": {h.sql, h.sqlOf, false}, "won": {h.won, h.wonOf, false},
	}
}
