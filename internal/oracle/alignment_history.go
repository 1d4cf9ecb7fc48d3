package oracle

import (
	"cmp"
	"fmt"
	"slices"
)

// standing is where a unit stands: in a stage of the funnel, else (place -1) in a word.
type standing struct {
	place int
	word  string // plain; of stages ""
}

// historyRow is one row of a unit's history, or an entry that nothing but lead_at or the creation
// implies.
type historyRow struct {
	written                 string // the word as the data has it
	at                      timestamp
	in                      standing
	lost, won, step         bool // of opportunities
	kind, id, owner, reason string
	edit, implied           bool
}

// rank is the order of rows of one instant: stages as in the funnel, other words after them as
// bytes.
func (o Options) rank(r historyRow) (int, string) {
	if r.in.place < 0 {
		return len(o.Funnel), r.written
	}
	return r.in.place, ""
}

func (o Options) compareRows(a, b historyRow) int {
	placeA, wordA := o.rank(a)
	placeB, wordB := o.rank(b)
	return cmp.Or(cmp.Compare(a.at.at, b.at.at), cmp.Compare(placeA, placeB), cmp.Compare(wordA, wordB),
		cmp.Compare(a.kind, b.kind), cmp.Compare(a.id, b.id), cmp.Compare(a.owner, b.owner), cmp.Compare(a.reason, b.reason))
}

// personStory is a person with its history up to as-of and its stays.
type personHistory struct {
	*person
	rows   []historyRow
	visits []visit
	roles  []*dealHistory // of opportunities in which the person has a role, in order of creation, up to as-of
}

// dealStory is an opportunity with its history up to as-of and its stays.
type dealHistory struct {
	*deal
	rows     []historyRow
	visits   []visit
	left     bool // it was won or lost by as-of
	wasWon   bool
	leftAt   int64
	leftWhen timestamp
	homeless bool // lost, and nobody knows when: in no stock
}

// buildHistories reads the histories of everyone who can be in reports.
func (a *Aligned) buildHistories(deals []*deal) error {
	byPerson, byDeal := map[*person][]historyRow{}, map[string][]historyRow{}
	for _, s := range a.given.StageHistory {
		at, err := requiredTime(s.EnteredAt, startOfDay)
		if err != nil {
			return fmt.Errorf("stage_history: %w", err)
		}
		row := historyRow{at: at, written: s.Stage, kind: s.EntityType, id: s.EntityID, owner: s.Owner, reason: s.Reason}
		key := stageOf(a.options.Funnel, s.Stage, s.EntityType == opportunityKind)
		row.in = standing{place: -1, word: bareWord(s.Stage)}
		if key.place < len(a.options.Funnel) {
			row.in = standing{place: key.place}
		}
		if s.EntityType == opportunityKind {
			row.won, row.lost = key.won, !key.won && isLostStage(s.Stage)
			row.step = !row.won && !row.lost && (row.in.place < 0 || a.options.Funnel[row.in.place].Unit == PersonUnit)
			byDeal[s.EntityID] = append(byDeal[s.EntityID], row)
		} else {
			who := a.people.of[node{s.EntityType, s.EntityID}]
			byPerson[who] = append(byPerson[who], row)
		}
	}
	for _, d := range deals {
		if d.ReversesOpportunityID != "" || d.AccountID != "" && slices.Contains(a.options.TestAccounts, d.AccountID) {
			continue
		}
		history := &dealHistory{deal: d}
		a.buildDeal(history, byDeal[d.OpportunityID])
		a.dealHistories = append(a.dealHistories, history)
	}
	slices.SortFunc(a.dealHistories, func(x, y *dealHistory) int { return cmp.Compare(x.OpportunityID, y.OpportunityID) })
	for _, who := range a.people.all {
		if who.internal {
			continue
		}
		history := &personHistory{person: who}
		for _, d := range a.dealHistories {
			if d.created.start <= a.asOf && slices.Contains(d.deal.roles, who) {
				history.roles = append(history.roles, d)
			}
		}
		slices.SortStableFunc(history.roles, func(x, y *dealHistory) int { return cmp.Compare(x.created.at, y.created.at) })
		a.buildPerson(history, byPerson[who])
		a.persons = append(a.persons, history)
		a.histories[who] = history
	}
	slices.SortFunc(a.persons, func(x, y *personHistory) int { return cmp.Compare(x.id, y.id) })
	return nil
}

// upToNow keeps the rows up to as-of.
func (a *Aligned) upToNow(rows []historyRow) []historyRow {
	return slices.DeleteFunc(slices.Clone(rows), func(r historyRow) bool { return r.at.at > a.asOf })
}

// onFirstRow moves an entry that only a bare date implies to the first row of its day, so that it
// precedes it.
func onFirstRow(at timestamp, rows []historyRow) timestamp {
	if at.start == at.end {
		return at
	}
	moved := at
	for _, r := range rows {
		if r.at.at >= at.start && r.at.at <= at.end {
			moved.at = min(moved.at, r.at.at)
		}
	}
	return moved
}

// buildPerson puts the rows of a person in order, with the entry that lead_at implies, and marks the
// edits.
func (a *Aligned) buildPerson(p *personHistory, rows []historyRow) {
	rows = a.upToNow(rows)
	if len(p.entered[LeadStage]) == 0 && p.becameLead && p.leadAt.start <= a.asOf {
		rows = append(rows, historyRow{at: onFirstRow(p.leadAt, rows), in: standing{place: 0}, implied: true})
	}
	slices.SortFunc(rows, a.options.compareRows)
	a.markEdits(rows)
	p.rows = rows
	p.visits = a.visitsOfPerson(p)
}

// markEdits marks the rows that repeat where the unit stands. Rows of one instant that say the same
// are one entry, which is bare if one of them is. Steps leave the unit where it stands.
func (a *Aligned) markEdits(rows []historyRow) {
	last := -1
	for i := range rows {
		if rows[i].step {
			continue
		}
		if last >= 0 && rows[last].in == rows[i].in {
			rows[i].edit = true
			if rows[last].at.at == rows[i].at.at {
				rows[last].at = rows[last].at.together(rows[i].at)
			}
			continue
		}
		last = i
	}
}

// buildDeal finds when an opportunity left, and its entries up to then.
func (a *Aligned) buildDeal(d *dealHistory, rows []historyRow) {
	when, known := d.closing(a.options, rows)
	d.homeless = d.closed && !d.won && !known
	d.left = d.closed && known && when.start <= a.asOf
	d.leftAt, d.leftWhen, d.wasWon = when.at, when, d.left && d.won
	rows = a.upToNow(rows)
	created := slices.IndexFunc(a.options.Funnel, func(s Stage) bool { return s.At == AtCreated })
	if created >= 0 && d.created.start <= a.asOf {
		others := rows
		if d.left {
			others = append(slices.Clone(rows), historyRow{at: when})
		}
		rows = append(rows, historyRow{at: onFirstRow(d.created, others), in: standing{place: created}, implied: true})
	}
	slices.SortFunc(rows, a.options.compareRows)
	for i := range rows {
		rows[i].step = rows[i].step || rows[i].won || rows[i].lost // they only take it out, once, and are no place to stand in
	}
	a.markEdits(rows)
	d.rows = rows
	d.visits = a.visitsOfDeal(d)
}

// closing is when an opportunity that is closed was won or lost: when its history last took it
// there from elsewhere, else closed_at.
func (d *dealHistory) closing(o Options, rows []historyRow) (at timestamp, known bool) {
	if d.won {
		return d.wonAt, true
	}
	sorted := slices.SortedFunc(slices.Values(rows), o.compareRows)
	at, known = d.closedAt, d.hasClose
	for i, r := range sorted {
		if r.lost && (i == 0 || !sorted[i-1].lost) {
			at, known = r.at, true
		}
	}
	return at, known
}
