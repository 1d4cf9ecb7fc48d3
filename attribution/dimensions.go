package attribution

import (
	"cmp"
	"slices"
)

// The dimensions that the cube does not have: those of the touchpoint or its person, then those of the
// conversion.
const (
	byAsset = int8(iota)
	bySource
	byMedium
	byPersona
	bySegment
	byIndustry
	byAccount
	byParentAccount
	byOwner
	ownDimensions

	ofConversions = bySegment // the first dimension of conversions
)

var dimensionNames = [ownDimensions]string{"asset", "source", "medium", "persona", "segment", "industry", "account", "parent_account", "owner"}

// labels are the members of dimensions by dense key; 0 means unknown.
type labels struct {
	origins     []int32            // by kind of touches: index in origin
	origin      [][byPersona]int32 // distinct combinations of asset, source and medium
	personas    []int32            // by person
	conversions [][ownDimensions - ofConversions]int32
}

// A touchCell has everything by which the credit of touchpoints is grouped, except the model.
type touchCell struct {
	origin, persona int32
	slot            int32 // gridSlot
	when            bases
}

// Bases are those on which credit is in the reporting period: 1 << period, 1 << cohort, or both.
type bases int8

// A memberCell is the same of one dimension, for both bases.
type memberCell struct {
	slot, member int32
	dimension    int8
}

func compareMembers(a, b memberCell) int {
	return cmp.Or(cmp.Compare(a.dimension, b.dimension), cmp.Compare(a.member, b.member), cmp.Compare(a.slot, b.slot))
}

// Dimensions add up the credit of every model in the reporting period by the dimensions that the
// cube does not have. They have no months, and each dimension is separate in the end: combined,
// there would be as many cells as touchpoints. The credit of a step is added to one cell of its
// asset, source, medium and persona, and the cells are added to the four dimensions later. The
// credit of a conversion is added once per model to each of its own dimensions. They are not safe
// for concurrent use. Nil dimensions add nothing.
type dimensions struct {
	labels  *labels
	models  int
	touches map[touchCell][]sum      // by model
	members map[memberCell]*[2][]sum // by basis and model

	// of the conversion at hand
	steps    [][]sum // of each step; nil: not in the period
	isInside []bool  // of each step: in the period on the basis cohort
	isPartly bool    // some are, others are not
	whole    bases   // on which bases all of it is in the period
	own      [ownDimensions - ofConversions]*[2][]sum
	inside   sum // what the steps in the period earn under the model at hand
}

// mostTouchCells is how many cells of touchpoints are kept before they are added to the dimensions. It
// limits the memory.
const mostTouchCells = 1 << 15

func newDimensions(l *labels, models int) *dimensions {
	return &dimensions{labels: l, models: models, touches: map[touchCell][]sum{}, members: map[memberCell]*[2][]sum{}}
}

// begin finds the cells of a conversion, and of the steps of its journey.
func (d *dimensions) begin(key int32, c *conversion, steps []step, isIn func(us int64) bool) {
	if d == nil {
		return
	}
	if len(d.touches) > mostTouchCells {
		d.fold()
	}
	d.steps, d.isInside, d.whole = d.steps[:0], d.isInside[:0], 0
	if c.cell.month != outside {
		d.whole = 1 << period
	}
	slot, inside := gridSlot(c), 0
	for _, s := range steps {
		when := d.whole
		if isIn(s.us) {
			when |= 1 << cohort
			inside++
		}
		d.isInside = append(d.isInside, when&(1<<cohort) != 0)
		if when == 0 {
			d.steps = append(d.steps, nil)
			continue
		}
		at := touchCell{d.labels.origins[s.kind], d.labels.personas[s.person], slot, when}
		sums := d.touches[at]
		if sums == nil {
			sums = make([]sum, d.models)
			d.touches[at] = sums
		}
		d.steps = append(d.steps, sums)
	}
	if d.isPartly = inside > 0 && inside < len(steps); inside == len(steps) {
		d.whole |= 1 << cohort
	}
	if len(steps) == 0 || d.whole == 0 && !d.isPartly {
		d.own = [ownDimensions - ofConversions]*[2][]sum{}
		return
	}
	for i, member := range d.labels.conversions[key] {
		d.own[i] = d.member(memberCell{slot, member, ofConversions + int8(i)})
	}
}

// member returns the sums of a member of a dimension.
func (d *dimensions) member(at memberCell) *[2][]sum {
	found := d.members[at]
	if found == nil {
		found = &[2][]sum{make([]sum, d.models), make([]sum, d.models)}
		d.members[at] = found
	}
	return found
}

// earn adds the credit of a step of the current journey under a model.
func (d *dimensions) earn(model, step int, minor, millionths int64) {
	if d == nil || d.steps[step] == nil {
		return
	}
	d.steps[step][model].add(minor, millionths)
	if d.isPartly && d.isInside[step] {
		d.inside.add(minor, millionths)
	}
}

// end adds the current conversion, after its steps have earned all of it under a model.
func (d *dimensions) end(model int, minor, millionths int64) {
	if d == nil || d.own[0] == nil {
		return
	}
	for _, own := range d.own {
		for basis := range own {
			if d.whole&(1<<basis) != 0 {
				own[basis][model].add(minor, millionths)
			}
		}
		if d.isPartly {
			own[cohort][model].merge(d.inside)
		}
	}
	d.inside = sum{}
}

func (s *sum) merge(other sum) {
	s.minor.addWide(other.minor)
	s.millionths += other.millionths
}

// fold adds the cells of touches to their four dimensions.
func (d *dimensions) fold() {
	for at, sums := range d.touches {
		origin := d.labels.origin[at.origin]
		for dimension := range ofConversions {
			member := at.persona
			if dimension < byPersona {
				member = origin[dimension]
			}
			into := d.member(memberCell{at.slot, member, dimension})
			for basis := range into {
				if at.when&(1<<basis) == 0 {
					continue
				}
				for m := range sums {
					into[basis][m].merge(sums[m])
				}
			}
		}
	}
	clear(d.touches)
}

// merge adds other dimensions.
func (d *dimensions) merge(other *dimensions) {
	other.fold()
	for at, from := range other.members {
		into := d.member(at)
		for basis := range into {
			for m := range into[basis] {
				into[basis][m].merge(from[basis][m])
			}
		}
	}
}

// isEmpty reports whether no model credits anything.
func isEmpty(sums []sum) bool {
	return !slices.ContainsFunc(sums, func(s sum) bool { return s.minor != wide{} || s.millionths != 0 })
}
