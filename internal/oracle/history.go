package oracle

import (
	"cmp"
	"slices"
)

// stageKey says which stage a word of stage_history means. Two words with the same key are one
// stage.
type stageKey struct {
	place int    // in the funnel; its length for a stage outside of it
	word  string // outside of the funnel: the plain word
	won   bool   // of an opportunity: one of the won stages, which are one stage
}

// stageOf finds the stage of a word. The won stages of an opportunity stand at the place of the
// funnel's stage of the win.
func stageOf(funnel []Stage, word string, opportunity bool) stageKey {
	if opportunity && isWonStage(word) {
		place := slices.IndexFunc(funnel, func(s Stage) bool { return s.At == AtWon })
		if place < 0 {
			place = len(funnel)
		}
		return stageKey{place: place, word: "won", won: true}
	}
	if place := slices.IndexFunc(funnel, func(s Stage) bool { return s.means(word) }); place >= 0 {
		return stageKey{place: place}
	}
	return stageKey{place: len(funnel), word: bareWord(word)}
}

// stageEntry is one row of the history of a person or an opportunity.
type stageEntry struct {
	stage stageKey
	at    timestamp
}

// withoutEdits puts a history in order and drops the rows that repeat the stage in which the unit
// stands. Rows of one stage at one instant are one entry, which is bare if one of them is.
func withoutEdits(rows []stageEntry) []stageEntry {
	sorted := slices.SortedFunc(slices.Values(rows), func(a, b stageEntry) int {
		return cmp.Or(cmp.Compare(a.at.at, b.at.at), cmp.Compare(a.stage.place, b.stage.place), cmp.Compare(a.stage.word, b.stage.word))
	})
	var entries []stageEntry
	for _, row := range sorted {
		if len(entries) > 0 && entries[len(entries)-1].stage == row.stage {
			if last := &entries[len(entries)-1]; last.at.at == row.at.at {
				last.at = last.at.together(row.at)
			}
			continue
		}
		entries = append(entries, row)
	}
	return entries
}

// dealHistories reads the stage history of the opportunities, without edits. Leads and contacts may
// have the id of an opportunity; their rows are not its history.
func dealHistories(w World) (map[string][]stageEntry, error) {
	all := map[string][]stageEntry{}
	for _, s := range w.StageHistory {
		if s.EntityType != opportunityKind {
			continue
		}
		at, err := requiredTime(s.EnteredAt, startOfDay)
		if err != nil {
			return nil, err
		}
		all[s.EntityID] = append(all[s.EntityID], stageEntry{stageOf(w.Options.Funnel, s.Stage, true), at})
	}
	for id, rows := range all {
		all[id] = withoutEdits(rows)
	}
	return all, nil
}
