package attribution

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/engine"
)

// A stamp is one touchpoint in the pass over journeys, in 16 bytes.
type stamp struct {
	us   int64  // when it was
	row  uint32 // of all files: touch_rows.touch_row
	kind uint32 // index in touches.kinds
}

// A kind has the columns of touch_kind_facts that the pass needs.
type kind struct {
	channel, campaign     int32
	place                 int32 // dense key of channel and campaign together
	alike                 int32 // dense key of channel, campaign and touch type together: touches that repeat each other have it in common
	asset                 int32 // dense key; 0: none
	isDirect, isMarketing bool
	exclusion             exclusion
}

// An exclusion is the reason why a touchpoint does not count: an index in exclusions; 0 if it counts.
type exclusion int8

// exclusions are the names of the exclusions in tables.
var exclusions = []string{"", "internal", "test_account", "touch_type", noResponse: "status", "direct", botBurst: "bot_burst", repeated: "repeat"}

const (
	noResponse exclusion = 4
	botBurst   exclusion = 6
	repeated   exclusion = 7
)

func exclusionOf(column *array.String, row int) exclusion {
	if column.IsNull(row) {
		return 0
	}
	return exclusion(slices.Index(exclusions, column.Value(row)))
}

// A person has the columns of people that the pass needs. If leadUS is a date without a time,
// leadFromUS and leadUntilUS are the bounds of the day.
type person struct {
	leadUS, leadFromUS, leadUntilUS int64 // leadUS: Never if it became no lead
	exclusion                       exclusion
}

// touches has all touchpoints of a run, grouped by person. The run of a person is sorted by time,
// and equal times by row.
type touches struct {
	persons []person
	starts  []int // where each person's run begins in stamps, and at the end where the last one ends
	stamps  []stamp
	kinds   []kind // those of touch_kind_facts; where a rule marks touches, again as bot_burst and as repeat
	ranks   ranks

	distinct int // kinds of touch_kind_facts
}

// run is the touches of one person.
func (t *touches) run(person int32) []stamp { return t.stamps[t.starts[person]:t.starts[person+1]] }

var everyTouchIsKept = Check{"every_touch_is_kept", "Every touchpoint of the input is in the facts once, with one person."}

// readTouches reads the touchpoints of all persons. The number of touchpoints of each person is
// known before (touch_persons), so that every touchpoint is written to its final position.
func readTouches(ctx context.Context, eng *engine.Engine, threads int) (*touches, error) {
	t := &touches{ranks: ranks{}}
	if err := t.readPersons(ctx, eng); err != nil {
		return nil, fmt.Errorf("reading people: %w", err)
	}
	if err := t.readKinds(ctx, eng); err != nil {
		return nil, fmt.Errorf("reading kinds of touchpoints: %w", err)
	}
	t.distinct = len(t.kinds)
	if err := t.scatter(ctx, eng); err != nil {
		return nil, fmt.Errorf("reading touchpoints: %w", err)
	}
	t.sort(threads)
	return t, nil
}

func (t *touches) readPersons(ctx context.Context, eng *engine.Engine) error {
	var count int
	if err := eng.Row(ctx, `SELECT COUNT(*) FROM people`, nil, &count); err != nil {
		return err
	}
	t.persons, t.starts = make([]person, count), make([]int, count+1)
	err := eng.Stream(ctx, queryText("person_rows"),
		func(reader array.RecordReader) error {
			for reader.Next() {
				b := reader.RecordBatch()
				keys, leads, from, until, excluded, touches := int64s(b, 0), int64s(b, 1), int64s(b, 2), int64s(b, 3), b.Column(4).(*array.String), int64s(b, 5)
				for i, key := range keys {
					t.persons[key] = person{leadUS: leads[i], leadFromUS: from[i], leadUntilUS: until[i], exclusion: exclusionOf(excluded, i)}
					t.starts[key+1] = int(touches[i])
				}
			}
			return reader.Err()
		}, credit.Never)
	for i := range count {
		t.starts[i+1] += t.starts[i]
	}
	return err
}

func (t *touches) readKinds(ctx context.Context, eng *engine.Engine) error {
	return eng.Stream(ctx, queryText("kind_rows"),
		func(reader array.RecordReader) error {
			for reader.Next() {
				b := reader.RecordBatch()
				channels, campaigns, places, alike, assets := int32s(b, 0), int32s(b, 1), int32s(b, 4), int32s(b, 5), int32s(b, 6)
				direct, excluded, marketing := b.Column(2).(*array.Boolean), b.Column(3).(*array.String), b.Column(7).(*array.Boolean)
				for i := range channels {
					t.kinds = append(t.kinds, kind{channel: channels[i], campaign: campaigns[i], place: places[i], alike: alike[i],
						asset: assets[i], isDirect: direct.Value(i), isMarketing: marketing.Value(i), exclusion: exclusionOf(excluded, i)})
				}
			}
			return reader.Err()
		})
}

// linesAtOnce is how many lines of a file one query reads. The engine keeps the whole result in
// memory, with 24 bytes per touchpoint.
const linesAtOnce = 1 << 25

// A touchFile is a row of touch_files.
type touchFile struct{ number, lines int64 }

// scatter writes every touchpoint to the next free position of its person's run.
func (t *touches) scatter(ctx context.Context, eng *engine.Engine) error {
	var files []touchFile
	rows := int64(0)
	if err := eng.Stream(ctx, `SELECT file_number, lines, first_row + lines FROM touch_files ORDER BY file_number`, func(reader array.RecordReader) error {
		for reader.Next() {
			b := reader.RecordBatch()
			for i, number := range int64s(b, 0) {
				files, rows = append(files, touchFile{number, int64s(b, 1)[i]}), int64s(b, 2)[i]
			}
		}
		return reader.Err()
	}); err != nil {
		return err
	}
	t.stamps = make([]stamp, t.starts[len(t.persons)])
	next, seen := slices.Clone(t.starts), make([]uint64, rows/64+1)
	for _, some := range parts(files) {
		if err := eng.Stream(ctx, TouchesQuery+some, func(reader array.RecordReader) error {
			for reader.Next() {
				if err := t.place(reader.RecordBatch(), next, seen); err != nil {
					return err
				}
			}
			return reader.Err()
		}); err != nil {
			return err
		}
	}
	for i := range t.persons {
		if next[i] != t.starts[i+1] {
			return everyTouchIsKept.broken("person %d has %d touchpoints, but %d were read", i, t.starts[i+1]-t.starts[i], next[i]-t.starts[i])
		}
	}
	return nil
}

// parts returns the conditions that divide the touchpoints of files into several queries; a small
// number of touchpoints is read at once, without a condition. With a condition, the engine assumes
// that few touchpoints are left, and builds its hash table from them instead of from the persons.
func parts(files []touchFile) []string {
	all := int64(0)
	for _, f := range files {
		all += f.lines
	}
	if all <= linesAtOnce {
		return []string{""}
	}
	var conditions []string
	for _, f := range files {
		for from := int64(0); from < f.lines; from += linesAtOnce {
			conditions = append(conditions, fmt.Sprintf(" WHERE r.file_number = %d AND r.line > %d AND r.line <= %d", f.number, from, from+linesAtOnce))
		}
	}
	return conditions
}

// TouchesQuery reads touchpoints: few columns, and without an order. A test fixes its plan: the
// joins build hash tables of the small relations, and nothing is sorted.
var TouchesQuery = queryText("touchpoint_rows")

func (t *touches) place(b arrow.RecordBatch, next []int, seen []uint64) error {
	occurred, rows, kinds := int64s(b, 1), b.Column(2).(*array.Uint32).Uint32Values(), b.Column(3).(*array.Uint32).Uint32Values()
	for i, person := range int32s(b, 0) {
		row, at := rows[i], next[person]
		if seen[row/64]&(1<<(row%64)) != 0 || at == t.starts[person+1] {
			return everyTouchIsKept.broken("row %d of all touchpoint files was read twice, or its person has more touchpoints than were counted", row)
		}
		seen[row/64] |= 1 << (row % 64)
		t.stamps[at] = stamp{us: occurred[i], row: row, kind: kinds[i]}
		next[person]++
	}
	return nil
}

// sort sorts every run.
func (t *touches) sort(threads int) {
	var working sync.WaitGroup
	for _, s := range stretches(len(t.persons), threads) {
		working.Go(func() {
			for p := s.from; p < s.to; p++ {
				run := t.stamps[t.starts[p]:t.starts[p+1]]
				slices.SortFunc(run, func(a, b stamp) int { return cmp.Or(cmp.Compare(a.us, b.us), cmp.Compare(a.row, b.row)) })
			}
		})
	}
	working.Wait()
}

// A stretch is the indexes from, up to, not including, to.
type stretch struct{ from, to int }

// stretches cuts n indexes into that many parts, about equally long.
func stretches(n, parts int) []stretch {
	var cut []stretch
	for i := range parts {
		cut = append(cut, stretch{n * i / parts, n * (i + 1) / parts})
	}
	return cut
}

func int64s(b arrow.RecordBatch, column int) []int64 {
	return b.Column(column).(*array.Int64).Int64Values()
}
func int32s(b arrow.RecordBatch, column int) []int32 {
	return b.Column(column).(*array.Int32).Int32Values()
}
