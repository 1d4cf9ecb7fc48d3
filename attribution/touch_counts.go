package attribution

import (
	"context"

	"github.com/tributary-engine/tributary/internal/engine"
)

// counts is of how many touches a person or its kind says, and a rule, why they do not count: by
// kind of touch_kind_facts and exclusion.
func (t *touches) counts() [][]int64 {
	counts := make([][]int64, t.distinct)
	for i := range counts {
		counts[i] = make([]int64, len(exclusions))
	}
	for p := range t.persons {
		ofPerson := t.persons[p].exclusion
		for _, s := range t.run(int32(p)) {
			why := ofPerson
			if why == 0 {
				why = t.kinds[s.kind].exclusion
			}
			counts[int(s.kind)%t.distinct][why]++
		}
	}
	return counts
}

// storeCounts makes touch_counts: one row per kind of touch_kind_facts and reason for which such
// touches do not count (excluded_reason, NULL of those that do), with their number.
func (t *touches) storeCounts(ctx context.Context, eng *engine.Engine) error {
	b := engine.NewTable("kind INTEGER", "excluded_reason VARCHAR", "touches BIGINT")
	for kind, byExclusion := range t.counts() {
		for why, n := range byExclusion {
			if n == 0 {
				continue
			}
			b.Add(kind, engine.OrNull(exclusions[why]), n)
		}
	}
	return eng.StoreTable(ctx, "touch_counts", b)
}
