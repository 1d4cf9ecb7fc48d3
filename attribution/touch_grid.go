package attribution

import (
	"cmp"
	"context"
	"fmt"
	"maps"

	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// anyOf, in a place of the grid, means all assets, personas or stages.
const anyOf = int32(-1)

// A gridPlace is a combination of an asset, a persona, and the stage or word in which the person
// was at the touchpoint; each is a dense key.
type gridPlace struct{ asset, persona, stage int32 }

// wider returns the places with fewer dimensions that include a place.
func (p gridPlace) wider() [7]gridPlace {
	return [7]gridPlace{
		{p.asset, anyOf, p.stage}, {p.asset, p.persona, anyOf}, {p.asset, anyOf, anyOf},
		{anyOf, p.persona, p.stage}, {anyOf, p.persona, anyOf}, {anyOf, anyOf, p.stage}, {anyOf, anyOf, anyOf},
	}
}

func comparePlaces(a, b gridPlace) int {
	return cmp.Or(cmp.Compare(a.asset, b.asset), cmp.Compare(a.persona, b.persona), cmp.Compare(a.stage, b.stage))
}

// A gridCell has the sums of a place. Persons and opportunities are counted once in each place, so
// they do not add up from narrow places to wide ones.
type gridCell struct {
	sums             []gridSum
	persons, touches int64
	assets           int64 // touched by a person

	person, conversion int32 // counted last, plus 1
	wider              []*gridCell
}

// A gridSum has the sums of one conversion type, one opportunity type, and open or closed
// opportunities.
type gridSum struct {
	slot       int32 // gridSlot
	minor      wide  // credit of the primary model
	millionths int64
	influenced int64 // opportunities with a touch of a marketing channel in the place
	amount     wide  // of these, in full
}

// A grid adds up touchpoints by asset, persona and stage: the persons with touchpoints, the credit
// of the primary model, and the influenced opportunities, in the reporting period. Its size depends
// on the reports and not on the number of journeys. It is not safe for concurrent use.
type grid struct {
	touches   *touches
	personas  []int32 // by person
	standings standings
	cells     map[gridPlace]*gridCell

	steps []*gridCell // the cells of the steps of the journey at hand
}

// standings are the entries of persons to stages and words, in the order of time.
type standings struct {
	starts []int32 // where the entries of each person begin, and at the end where the last ones end
	us     []int64
	stages []int32
}

// at is the stage in which a person is at an instant: that of its last entry at or before it, 0
// before the first.
func (s *standings) at(person int32, us int64) int32 {
	for i := s.starts[person+1] - 1; i >= s.starts[person]; i-- {
		if s.us[i] <= us {
			return s.stages[i]
		}
	}
	return 0
}

// readGrid makes an empty grid.
func readGrid(ctx context.Context, eng *engine.Engine, t *touches) (grid, error) {
	g := grid{touches: t, personas: make([]int32, len(t.persons)), standings: standings{starts: make([]int32, len(t.persons)+1)}}
	personas, err := int32Columns(ctx, eng, 2, `
		SELECT CAST(l.person_key AS INTEGER), p.persona_key
		FROM person_labels AS l
		INNER JOIN personas AS p ON p.persona = l.persona`)
	if err != nil {
		return g, fmt.Errorf("reading personas: %w", err)
	}
	for i, person := range personas[0] {
		g.personas[person] = personas[1][i]
	}
	s := &g.standings
	if err := eng.Stream(ctx, `
		SELECT CAST(h.person_key AS INTEGER), h.at_us, s.stage_key
		FROM person_history AS h
		INNER JOIN standings AS s ON s.stage = h.word
		ORDER BY h.person_key, h.place`,
		func(reader array.RecordReader) error {
			for reader.Next() {
				b := reader.RecordBatch()
				for _, person := range int32s(b, 0) {
					s.starts[person+1]++
				}
				s.us, s.stages = append(s.us, int64s(b, 1)...), append(s.stages, int32s(b, 2)...)
			}
			return reader.Err()
		}); err != nil {
		return g, fmt.Errorf("reading the stages of persons: %w", err)
	}
	for i := range t.persons {
		s.starts[i+1] += s.starts[i]
	}
	return g, nil
}

// new is an empty grid of the same persons.
func (g grid) new() *grid {
	g.cells = map[gridPlace]*gridCell{}
	return &g
}

func (g *grid) cell(at gridPlace) *gridCell {
	c := g.cells[at]
	if c == nil {
		c = &gridCell{}
		g.cells[at] = c
	}
	return c
}

// of returns the cell of a touchpoint.
func (g *grid) of(kind uint32, person int32, us int64) *gridCell {
	at := gridPlace{g.touches.kinds[kind].asset, g.personas[person], g.standings.at(person, us)}
	c := g.cell(at)
	if c.wider == nil {
		for _, wider := range at.wider() {
			c.wider = append(c.wider, g.cell(wider))
		}
	}
	return c
}

// sum returns the sums of a slot.
func (c *gridCell) sum(slot int32) *gridSum {
	for i := range c.sums {
		if c.sums[i].slot == slot {
			return &c.sums[i]
		}
	}
	c.sums = append(c.sums, gridSum{slot: slot})
	return &c.sums[len(c.sums)-1]
}

// gridSlot is the number of the gridSum of a conversion.
func gridSlot(c *conversion) int32 {
	slot := (c.cell.conversionType*int32(len(contract.OpportunityTypes)) + int32(c.cell.opportunityType)) * 2
	if c.cell.isOpen {
		slot++
	}
	return slot
}

// begin finds the cells of the steps of a journey, and counts an opportunity in every place of a
// step with a marketing channel.
func (g *grid) begin(key int32, c *conversion, steps []step) {
	g.steps = g.steps[:0]
	if c.cell.month == outside {
		return
	}
	slot, units := gridSlot(c), int64(1)
	if c.isReversal {
		units = 0
	}
	for _, s := range steps {
		cell := g.of(s.kind, s.person, s.us)
		g.steps = append(g.steps, cell)
		if c.opportunity < 0 || !g.touches.kinds[s.kind].isMarketing || cell.conversion == key+1 {
			continue
		}
		cell.conversion = key + 1
		for _, wider := range cell.wider {
			if wider.conversion != key+1 {
				wider.conversion = key + 1
				sum := wider.sum(slot)
				sum.influenced += units
				sum.amount.add(c.valueMinor)
			}
		}
	}
}

// earn adds the credit of a step of the current journey.
func (g *grid) earn(c *conversion, step int, minor, millionths int64) {
	if len(g.steps) > 0 {
		sum := g.steps[step].sum(gridSlot(c))
		sum.minor.add(minor)
		sum.millionths += millionths
	}
}

// countPersons counts the touchpoints that count, and their persons, in the period.
func (g *grid) countPersons(from, to int, fromUS, toUS int64) {
	for p := from; p < to; p++ {
		person := int32(p)
		if g.touches.persons[p].exclusion != 0 {
			continue
		}
		for _, s := range g.touches.run(person) {
			if g.touches.kinds[s.kind].exclusion != 0 || s.us < fromUS || s.us >= toUS {
				continue
			}
			cell := g.of(s.kind, person, s.us)
			cell.touches++
			if cell.person == person+1 {
				continue
			}
			cell.person = person + 1
			cell.persons++
			for _, wider := range cell.wider {
				if wider.person != person+1 {
					wider.person = person + 1
					wider.persons++
				}
			}
		}
	}
}

// merge adds another grid.
func (g *grid) merge(other *grid) {
	for at, from := range other.cells {
		to := g.cell(at)
		to.persons, to.touches = to.persons+from.persons, to.touches+from.touches
		for _, s := range from.sums {
			to.sum(s.slot).merge(s)
		}
	}
}

func (s *gridSum) merge(other gridSum) {
	s.minor.addWide(other.minor)
	s.millionths += other.millionths
	s.influenced += other.influenced
	s.amount.addWide(other.amount)
}

// widen adds touchpoints and credit of narrow places to the wide ones, and counts the assets of
// every place.
func (g *grid) widen() {
	for at, cell := range maps.Clone(g.cells) {
		if at.asset == anyOf || at.persona == anyOf || at.stage == anyOf {
			continue
		}
		for _, place := range at.wider() {
			wider := g.cell(place)
			wider.touches += cell.touches
			for _, s := range cell.sums {
				sum := wider.sum(s.slot)
				sum.minor.addWide(s.minor)
				sum.millionths += s.millionths
			}
		}
	}
	for at, cell := range g.cells {
		if at.asset > 0 && cell.persons > 0 {
			g.cell(gridPlace{anyOf, at.persona, at.stage}).assets++
		}
	}
	maps.DeleteFunc(g.cells, func(at gridPlace, _ *gridCell) bool {
		return at.asset != anyOf && at.persona != anyOf && at.stage != anyOf
	})
}
