package oracle

import (
	"cmp"
	"slices"
)

// entriesOfDeal lists the entries of an opportunity up to as-of, by place of the stage.
func (w *world) entriesOfDeal(d *deal) [][]timestamp {
	all := make([][]timestamp, len(w.options.Funnel))
	for place, stage := range w.options.Funnel {
		if stage.Unit != OpportunityUnit {
			continue
		}
		var entries []timestamp
		switch stage.At {
		case AtCreated:
			entries = append(entries, d.created)
		case AtWon:
			if d.won {
				entries = append(entries, d.wonAt)
			}
		default:
			for _, e := range d.history {
				if e.stage == (stageKey{place: place}) {
					entries = append(entries, e.at)
				}
			}
		}
		all[place] = w.upToAsOf(entries)
	}
	return all
}

// entriesOfPerson lists the entries of a person up to as-of: its own, and at the stages of
// opportunities those of the new business in whose buying group it is at some time from the
// look-back to the entry.
func (w *world) entriesOfPerson(who *person, ofDeals map[*deal][][]timestamp) [][]timestamp {
	all := make([][]timestamp, len(w.options.Funnel))
	for place, stage := range w.options.Funnel {
		var entries []timestamp
		if stage.Unit == PersonUnit {
			id := StageID(w.options.Funnel, place)
			entries = append(entries, who.entered[id]...)
			if id == LeadStage && len(entries) == 0 && who.becameLead {
				entries = append(entries, who.leadAt)
			}
		} else {
			for d, deals := range ofDeals {
				serves, known := w.firstGroup(d)[who]
				if !known || d.kind != newBusiness {
					continue
				}
				for _, e := range deals[place] {
					if serves.between(w.lookback(d), e.end) {
						entries = append(entries, e)
					}
				}
			}
		}
		all[place] = w.upToAsOf(entries)
	}
	return all
}

// firstGroup is the persons of the first step of the buying group that has any, whether they were
// touched or not, and whatever the days on which they serve the account.
func (w *world) firstGroup(d *deal) group {
	for _, s := range w.buyingGroup(d) {
		if len(s.persons) > 0 {
			return s.persons
		}
	}
	return nil
}

// upToAsOf keeps the entries that are not after as-of, in order.
func (w *world) upToAsOf(entries []timestamp) []timestamp {
	var kept []timestamp
	for _, e := range entries {
		if e.start <= w.asOf {
			kept = append(kept, e)
		}
	}
	slices.SortFunc(kept, compareTimes)
	return kept
}

func compareTimes(a, b timestamp) int { return cmp.Compare(a.at, b.at) }

// firstOf is the first of the entries in order. It is bare if an entry at the same instant is.
func firstOf(entries []timestamp) timestamp {
	first := entries[0]
	for _, e := range entries[1:] {
		first = first.earlier(e)
	}
	return first
}
