package oracle

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Cells is one row of a report, by column.
type Cells map[string]string

// Names that stand for something missing in the reports of alignment.
const (
	All      = "(all)"
	NoReason = "(no reason)"
	NoOwner  = "(no owner)"
)

// Aligned is a world read for the reports that marketing and sales share.
type Aligned struct {
	*world
	given         World
	within        period
	periods       []calendarPeriod
	money         *purse
	conversions   []Conversion
	credits       []CreditRow
	costs         []CostDay
	persons       []*personHistory // without internal people, in order of their ids
	histories     map[*person]*personHistory
	dealHistories []*dealHistory // without reversals and those of test accounts, in order of their ids
	businessDay   calendar
	activities    map[*person][]activity // in order
}

// Align reads a world for the reports of alignment.
func Align(w World) (*Aligned, error) {
	w, err := w.collapsed()
	if err != nil {
		return nil, err
	}
	a := &Aligned{given: w, histories: map[*person]*personHistory{}}
	if a.money, err = openPurse(w); err != nil {
		return nil, err
	}
	if a.within, err = reportingPeriod(w.Options); err != nil {
		return nil, err
	}
	var deals []*deal
	if a.world, deals, err = readWorld(w); err != nil {
		return nil, err
	}
	if a.conversions, err = a.world.conversions(deals, a.money); err != nil {
		return nil, err
	}
	a.conversions = append(a.conversions, a.personConversions()...)
	var primary []model
	for _, m := range modelsOf(w.Options) {
		if m.id == w.Options.Alignment.PrimaryModel {
			primary = append(primary, m)
		}
	}
	if len(primary) != 1 {
		return nil, fmt.Errorf("no model %q", w.Options.Alignment.PrimaryModel)
	}
	a.credits = a.world.credits(a.conversions, primary)
	if a.costs, err = costDays(w, a.money, costChannelsOf(channelsOf(w), a.touches), a.asOf, a.within); err != nil {
		return nil, err
	}
	if a.businessDay, err = w.Options.Alignment.ServiceLevel.calendar(); err != nil {
		return nil, fmt.Errorf("service_level: %w", err)
	}
	if err := a.readActivities(); err != nil {
		return nil, err
	}
	if err := a.buildHistories(deals); err != nil {
		return nil, err
	}
	a.periods = a.calendarPeriods()
	return a, nil
}

// primary is the credit of a row under the primary model.
func (a *Aligned) primary(c CreditRow) (minor, millionths *big.Int) {
	id := a.options.Alignment.PrimaryModel
	return c.Minor[id], c.Millionths[id]
}

// activity is something that sales did with a person.
type activity struct {
	at     int64
	counts bool // as a response
}

// readActivities finds whose every activity is. One of an opportunity alone is nobody's.
func (a *Aligned) readActivities() error {
	a.activities = map[*person][]activity{}
	for _, row := range a.given.Activities {
		who := a.people.of[node{contactKind, row.ContactID}] // as with touches, the contact goes first
		if row.ContactID == "" && row.LeadID != "" {
			who = a.people.of[node{leadKind, row.LeadID}]
		}
		if who == nil {
			continue
		}
		at, err := requiredInstant(row.OccurredAt, startOfDay)
		if err != nil {
			return fmt.Errorf("activities: %w", err)
		}
		counts := row.ActivityType != "" && holdsWord(a.options.Alignment.ServiceLevel.Activities, row.ActivityType)
		if at <= a.asOf {
			a.activities[who] = append(a.activities[who], activity{at, counts})
		}
	}
	return nil
}

// decimals writes a whole number of 10^-places, "" for nil.
func decimals(n *big.Int, places int) string {
	if n == nil {
		return ""
	}
	return new(big.Rat).SetFrac(n, powerOfTen(int64(places)).Num()).FloatString(places)
}

// minorText writes minor units of the reporting currency.
func (a *Aligned) minorText(n *big.Int) string {
	return decimals(n, int(exponent(a.money.currency)))
}

func count(n int) string { return strconv.Itoa(n) }

// daysText writes microseconds as days, hoursText as hours; known reports whether there are any.
func daysText(micros int64, known bool) string {
	if !known {
		return ""
	}
	return decimals(daysOf(micros), 6)
}

func hoursText(micros int64, known bool) string {
	if !known {
		return ""
	}
	return decimals(millionths(micros, 3_600_000_000), 6)
}

// table is rows in the making, by their key columns.
type table[T any] struct {
	columns []string
	keys    []string
	rows    map[string]*T
	cells   map[string]Cells
}

func newTable[T any](columns ...string) *table[T] {
	return &table[T]{columns: columns, rows: map[string]*T{}, cells: map[string]Cells{}}
}

// at is the row of a key, made where it is missing.
func (t *table[T]) at(values ...string) *T {
	k := strings.Join(values, "\x00")
	if t.rows[k] == nil {
		t.keys = append(t.keys, k)
		t.rows[k] = new(T)
		t.cells[k] = Cells{}
		for i, column := range t.columns {
			t.cells[k][column] = values[i]
		}
	}
	return t.rows[k]
}

// finish writes every row.
func (t *table[T]) finish(write func(row *T, to Cells)) []Cells {
	var all []Cells
	for _, k := range t.keys {
		write(t.rows[k], t.cells[k])
		all = append(all, t.cells[k])
	}
	return all
}
