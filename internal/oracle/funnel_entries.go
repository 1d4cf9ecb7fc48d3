package oracle

import "slices"

// entriesOfDeal lists the entries of an opportunity up to as-of, by place of the stage.
func (w *world) entriesOfDeal(d *deal) [][]int64 {
	all := make([][]int64, len(w.options.Funnel))
	for place, stage := range w.options.Funnel {
		if stage.Unit != OpportunityUnit {
			continue
		}
		var entries []int64
		switch stage.At {
		case AtCreated:
			entries = append(entries, d.created)
		case AtWon:
			if d.won {
				entries = append(entries, d.wonAt)
			}
		default:
			for _, e := range w.dealHistory[d.OpportunityID] {
				if stage.means(e.stage) {
					entries = append(entries, e.at)
				}
			}
		}
		all[place] = w.upToAsOf(entries)
	}
	return all
}

// entriesOfPerson lists the entries of a person up to as-of: its own, and at the stages of opportunities those of the
// new business in whose buying group it is.
func (w *world) entriesOfPerson(who *person, ofDeals map[*deal][][]int64) [][]int64 {
	all := make([][]int64, len(w.options.Funnel))
	for place, stage := range w.options.Funnel {
		var entries []int64
		if stage.Unit == PersonUnit {
			id := StageID(w.options.Funnel, place)
			entries = append(entries, who.entered[id]...)
			if id == LeadStage && len(entries) == 0 && who.becameLead {
				entries = append(entries, who.leadAt)
			}
		} else {
			for d, deals := range ofDeals {
				if d.kind == newBusiness && w.firstGroup(d)[who] {
					entries = append(entries, deals[place]...)
				}
			}
		}
		all[place] = w.upToAsOf(entries)
	}
	return all
}

// firstGroup is the persons of the first step of the buying group that has any, whether they were touched or not.
func (w *world) firstGroup(d *deal) map[*person]bool {
	for _, s := range w.buyingGroup(d) {
		if len(s.persons) > 0 {
			return s.persons
		}
	}
	return nil
}

func (w *world) upToAsOf(entries []int64) []int64 {
	var kept []int64
	for _, at := range entries {
		if at <= w.asOf {
			kept = append(kept, at)
		}
	}
	slices.Sort(kept)
	return kept
}

// stageAt is one entry of stage_history.
type stageAt struct {
	stage string
	at    int64
}

// dealHistories reads the stage history of the opportunities.
func dealHistories(w World) (map[string][]stageAt, error) {
	all := map[string][]stageAt{}
	for _, s := range w.StageHistory {
		if s.EntityType != "opportunity" {
			continue
		}
		at, err := requiredInstant(s.EnteredAt, startOfDay)
		if err != nil {
			return nil, err
		}
		all[s.EntityID] = append(all[s.EntityID], stageAt{s.Stage, at})
	}
	return all, nil
}
