package attribution

import (
	"testing"
)

// what a member of a dimension has on a basis, under model 0, over all slots.
func (d *dimensions) held(dimension int8, member int32, on basis) (minor int64) {
	for at, sums := range d.members {
		if at.dimension == dimension && at.member == member {
			minor += int64(sums[on][0].minor.low)
		}
	}
	return minor
}

// A conversion of 100 with three steps of 20, 30 and 50. On the basis period all of it counts if its
// anchor is in the period; on the basis cohort what the steps in the period earn. Touches are folded
// before each conversion if there are too many, and no sum depends on when.
func TestDimensionsAddUp(t *testing.T) {
	named := &labels{
		origins: []int32{0, 1, 0}, origin: [][byPersona]int32{{1, 0, 0}, {2, 5, 0}},
		personas: []int32{7}, conversions: [][ownDimensions - ofConversions]int32{{1, 0, 3, 3, 0}},
	}
	steps := []step{{kind: 0, us: 10}, {kind: 1, us: 20}, {kind: 2, us: 30}}
	for _, c := range []struct {
		name          string
		month         int32
		from          int64
		period, inner int64 // of the account, by basis
		asset         [2]int64
	}{
		{"all of it", 1, 0, 100, 100, [2]int64{70, 70}},
		{"the first touch is before the period", 1, 11, 100, 80, [2]int64{70, 50}},
		{"the anchor is after the period", outside, 0, 0, 100, [2]int64{0, 70}},
		{"both", outside, 11, 0, 80, [2]int64{0, 50}},
		{"every touch is before the period", 1, 31, 100, 0, [2]int64{70, 0}},
		{"nothing is in it", outside, 31, 0, 0, [2]int64{0, 0}},
	} {
		for folds := range 2 {
			d, other := newDimensions(named, 1), newDimensions(named, 1)
			conv := conversion{cell: cell{conversionType: revenue, month: c.month}, opportunity: 0}
			for range 2 {
				d.begin(0, &conv, steps, func(us int64) bool { return us >= c.from })
				for i, minor := range []int64{20, 30, 50} {
					d.earn(0, i, minor, 0)
				}
				d.end(0, 100, 0)
				for range folds {
					d.fold()
				}
			}
			d.begin(0, &conv, nil, func(int64) bool { return true }) // what no touch earns is not theirs
			d.end(0, 999, 0)
			other.merge(d)
			for on, want := range []int64{c.period, c.inner} {
				for what, got := range map[string]int64{"account": other.held(byAccount, 3, basis(on)), "segment": other.held(bySegment, 1, basis(on)), "persona": other.held(byPersona, 7, basis(on))} {
					if got != 2*want {
						t.Errorf("%s, %d folds: %s has %d on basis %s, want %d", c.name, folds, what, got, basis(on), 2*want)
					}
				}
				if got := other.held(byAsset, 1, basis(on)); got != 2*c.asset[on] {
					t.Errorf("%s, %d folds: the asset has %d on basis %s, want %d", c.name, folds, got, basis(on), 2*c.asset[on])
				}
			}
		}
	}
}

// The cells of touches are folded when there are too many.
func TestDimensionsAreFolded(t *testing.T) {
	named := &labels{personas: make([]int32, 1), conversions: make([][ownDimensions - ofConversions]int32, 1)}
	var steps []step
	for i := range int32(mostTouchCells + 1) {
		named.origins, named.origin = append(named.origins, i), append(named.origin, [byPersona]int32{i % 3, 0, 0})
		steps = append(steps, step{kind: uint32(i)})
	}
	d := newDimensions(named, 1)
	conv := conversion{cell: cell{conversionType: revenue, month: 1}}
	d.begin(0, &conv, steps, func(int64) bool { return true })
	if len(d.touches) != mostTouchCells+1 {
		t.Fatalf("%d cells", len(d.touches))
	}
	d.earn(0, 4, 9, 0)
	d.begin(0, &conv, steps[:1], func(int64) bool { return true })
	if len(d.touches) != 1 || d.held(byAsset, 1, cohort) != 9 {
		t.Errorf("%d cells are left, and asset 1 has %d", len(d.touches), d.held(byAsset, 1, cohort))
	}
}
