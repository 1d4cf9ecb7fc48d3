package funnel

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/tributary-engine/tributary/internal/engine"
)

// An entry of a unit to a stage. Of a date without a time, fromUS and untilUS are the bounds of the
// day; else both are us.
type entry struct {
	us, fromUS, untilUS int64
	position            int32
	deal                int32 // the key of the opportunity; 0 of persons
}

func compareEntries(a, b entry) int {
	return cmp.Or(cmp.Compare(a.us, b.us), cmp.Compare(a.position, b.position), cmp.Compare(a.untilUS, b.untilUS))
}

// A deal is an opportunity, as far as the funnel is concerned.
type deal struct {
	opportunityType int8
	usesRoles       bool  // persons with a role in it go through the funnel with it
	usesAccount     bool  // persons of its account do
	servesFromUS    int64 // from when on its buying group serves it: the look-back before its creation
	account         int64 // of new business: the least key of its account's opportunities; -1: none
	labels          labels
	amounts         [2]int64
	firsts          [2]first // by created, won
}

// A membership is the time in which a person belongs to a deal or, as its deals go through the
// funnel with it, to an account.
type membership struct {
	deal            int64
	isAccount       bool
	fromUS, untilUS int64
}

// A reversal takes back an amount from the funnel, so that its value is that of the books. It is no
// unit.
type reversal struct {
	opportunityType int8
	conversionType  int
	values          values
	us, amount      int64
}

// input is everything that units go through the funnel by. Keys of persons and opportunities
// are dense.
type input struct {
	deals          []deal
	dealEntries    grouped[entry]      // by opportunity, in the order of time
	accountEntries grouped[entry]      // by deal.account: those of all deals whose buying group is the account's, in the order of time
	personEntries  grouped[entry]      // by person, in the order of time
	memberships    grouped[membership] // by person
	personLabels   []labels            // by person
	personFirsts   []first             // by person and stage
	reversals      []reversal
}

// A first is the channel and the campaign of the first touch before an entry.
type first struct{ channel, campaign int32 }

var noTouch = first{unattributed, unattributed}

// labels are what a unit is, whatever stage it stands in.
type labels struct{ segment, persona int32 }

// values are the values of a unit in each dimension.
type values [dimensions]int32

func (l labels) with(f first) values {
	return values{byChannel: f.channel, bySegment: l.segment, byPersona: l.persona, byCampaign: f.campaign}
}

// firstOf is the first touch before a person's first entry to a stage.
func (in *input) firstOf(person int64, position int32, stops int) first {
	return in.personFirsts[int(person)*stops+int(position)]
}

func readInput(ctx context.Context, eng *engine.Engine, s settings) (input, error) {
	var in input
	for _, read := range []struct {
		what string
		do   func() error
	}{
		{"deals", func() error { return in.readDeals(ctx, eng) }},
		{"members", func() error { return in.readMembers(ctx, eng) }},
		{"entries of opportunities", func() error { return in.readDealEntries(ctx, eng) }},
		{"entries of persons", func() error { return in.readPersonEntries(ctx, eng) }},
		{"labels of persons", func() error { return in.readPersonLabels(ctx, eng) }},
		{"conversions", func() error { return in.readConversions(ctx, eng, s) }},
	} {
		if err := read.do(); err != nil {
			return in, fmt.Errorf("reading %s: %w", read.what, err)
		}
	}
	return in, nil
}

func (in *input) readDeals(ctx context.Context, eng *engine.Engine) error {
	return eachRow(ctx, eng, text("deals"), func(row []int64) {
		in.deals = append(in.deals, deal{
			opportunityType: int8(row[1]), servesFromUS: row[2], account: row[3],
			labels: labels{int32(row[4]), int32(row[5])}, firsts: [2]first{noTouch, noTouch},
		})
	})
}

// readMembers reads who belongs to what, and lets the persons of every deal's first step that has
// any go through the funnel with it.
func (in *input) readMembers(ctx context.Context, eng *engine.Engine) error {
	var steps []deal // what each uses
	err := eachRow(ctx, eng, text("steps"),
		func(row []int64) { steps = append(steps, deal{usesRoles: row[0] == 1, usesAccount: row[1] == 1}) })
	if err != nil {
		return err
	}
	hasRoles, hasPeople := make([]bool, len(in.deals)), make([]bool, len(in.deals))
	var persons []int64
	var memberships []membership
	err = eachRow(ctx, eng, text("members"), func(row []int64) {
		m := membership{deal: row[1], isAccount: row[2] == 1, fromUS: row[3], untilUS: row[4]}
		persons, memberships = append(persons, row[0]), append(memberships, m)
		if m.isAccount {
			hasPeople[m.deal] = true
		} else {
			hasRoles[m.deal] = true
		}
	})
	in.memberships = groupBy(persons, memberships)
	for i := range in.deals {
		d := &in.deals[i]
		for _, step := range steps {
			if step.usesRoles && hasRoles[i] || step.usesAccount && d.account >= 0 && hasPeople[d.account] {
				d.usesRoles, d.usesAccount = step.usesRoles, step.usesAccount
				break
			}
		}
	}
	return err
}

func (in *input) readDealEntries(ctx context.Context, eng *engine.Engine) error {
	var keys, accounts []int64
	var entries, ofAccounts []entry
	err := eachRow(ctx, eng, text("opportunity_entries"),
		func(row []int64) {
			d := in.deals[row[0]]
			e := entry{position: int32(row[1]), us: row[2], fromUS: row[3], untilUS: row[4], deal: int32(row[0])}
			keys, entries = append(keys, row[0]), append(entries, e)
			if d.usesAccount && d.account >= 0 {
				accounts, ofAccounts = append(accounts, d.account), append(ofAccounts, e)
			}
		})
	in.dealEntries, in.accountEntries = groupBy(keys, entries), groupBy(accounts, ofAccounts)
	in.dealEntries.sort(compareEntries)
	in.accountEntries.sort(compareEntries)
	return err
}

func (in *input) readPersonEntries(ctx context.Context, eng *engine.Engine) error {
	var count int
	if err := eng.Row(ctx, "SELECT COUNT(*) FROM person_entries", nil, &count); err != nil {
		return err
	}
	keys, entries := make([]int64, 0, count), make([]entry, 0, count)
	err := eachRow(ctx, eng, text("person_entries"),
		func(row []int64) {
			keys = append(keys, row[0])
			entries = append(entries, entry{position: int32(row[1]), us: row[2], fromUS: row[3], untilUS: row[4]})
		})
	in.personEntries = groupBy(keys, entries)
	in.personEntries.sort(compareEntries)
	return err
}

// readPersonLabels reads the segment and the persona of persons.
func (in *input) readPersonLabels(ctx context.Context, eng *engine.Engine) error {
	in.personLabels = make([]labels, in.personEntries.len())
	return eachRow(ctx, eng, text("persons"), func(row []int64) {
		if row[0] < int64(len(in.personLabels)) { // else the person has no entry
			in.personLabels[row[0]] = labels{int32(row[1]), int32(row[2])}
		}
	})
}

// readConversions reads what conversions are worth, and the first touch of each.
func (in *input) readConversions(ctx context.Context, eng *engine.Engine, s settings) error {
	positions := map[int]int{} // of conversions of persons
	for position, at := range s.stops {
		if position > 0 && at.unit == person {
			positions[at.conversionType] = position
		}
	}
	in.personFirsts = slices.Repeat([]first{noTouch}, in.personEntries.len()*len(s.stops))
	return eachRow(ctx, eng, text("conversions"), func(row []int64) {
		conversionType, key, first, amount := int(row[0]), row[1], first{int32(row[2]), int32(row[3])}, row[4]
		if position, isPerson := positions[conversionType]; isPerson {
			in.personFirsts[int(key)*len(s.stops)+position] = first
			return
		}
		in.deals[key].amounts[conversionType], in.deals[key].firsts[conversionType] = amount, first
		if row[5] == 1 {
			in.reversals = append(in.reversals, reversal{
				opportunityType: int8(row[7]), conversionType: conversionType, values: in.deals[row[8]].labels.with(first), us: row[6], amount: amount,
			})
		}
	})
}

// unattributed is the dense key of the channel and of the campaign of units without a touch.
const unattributed = int32(-1)

// eachRow runs a query, all of whose columns are BIGINT and none NULL, and hands on its rows. A row
// is valid until the next one.
func eachRow(ctx context.Context, eng *engine.Engine, query string, each func(row []int64)) error {
	return eng.Stream(ctx, query, func(reader array.RecordReader) error {
		columns := make([][]int64, reader.Schema().NumFields())
		row := make([]int64, len(columns))
		for reader.Next() {
			batch := reader.RecordBatch()
			for i := range columns {
				columns[i] = batch.Column(i).(*array.Int64).Int64Values()
			}
			for at := range int(batch.NumRows()) {
				for i, column := range columns {
					row[i] = column[at]
				}
				each(row)
			}
		}
		return reader.Err()
	})
}

// grouped holds rows by a dense key.
type grouped[T any] struct {
	rows   []T
	starts []int // of the rows of each key, and the end of the last
}

func groupBy[T any](keys []int64, rows []T) grouped[T] {
	g := grouped[T]{rows: make([]T, len(rows)), starts: []int{0}}
	if len(keys) > 0 {
		g.starts = make([]int, slices.Max(keys)+3)
	}
	for _, key := range keys {
		g.starts[key+2]++
	}
	for i := 1; i < len(g.starts); i++ {
		g.starts[i] += g.starts[i-1]
	}
	for i, key := range keys { // starts[key+1] moves from the first row of the key to the end of the last
		g.rows[g.starts[key+1]] = rows[i]
		g.starts[key+1]++
	}
	if len(keys) > 0 {
		g.starts = g.starts[:len(g.starts)-1]
	}
	return g
}

// len is one more than the greatest key.
func (g *grouped[T]) len() int { return len(g.starts) - 1 }

// of is the rows of a key.
func (g *grouped[T]) of(key int64) []T {
	if key >= int64(g.len()) {
		return nil
	}
	return g.rows[g.starts[key]:g.starts[key+1]]
}

func (g *grouped[T]) sort(compare func(a, b T) int) {
	for key := range g.len() {
		slices.SortFunc(g.rows[g.starts[key]:g.starts[key+1]], compare)
	}
}
