package attribution

import (
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/internal/failure"
)

// What the pass promises of journeys is asked of every one, and fails the run where it is broken.
func TestBrokenJourneysAreNoticed(t *testing.T) {
	all := &touches{persons: []person{{}, {exclusion: 1}}, kinds: []kind{{}, {exclusion: 4}}}
	c := conversion{windowFromUS: 10, anchorUntilUS: 20}
	for _, b := range []struct {
		what, check string
		steps       []step
	}{
		{"both ends of the window", "", []step{{us: 10, row: 1}, {us: 20, row: 2}}},
		{"before the look-back window", "touches_are_eligible", []step{{us: 9, row: 1}}},
		{"after the anchor", "touches_are_eligible", []step{{us: 21, row: 1}}},
		{"excluded by its kind", "touches_are_eligible", []step{{us: 15, row: 1, kind: 1}}},
		{"excluded by its person", "touches_are_eligible", []step{{us: 15, row: 1, person: 1}}},
		{"twice", "touches_are_unique", []step{{us: 15, row: 1}, {us: 15, row: 1}}},
		{"out of order", "touches_are_unique", []step{{us: 16, row: 1}, {us: 15, row: 2}}},
	} {
		err := (&journeyBuilder{touches: all, steps: b.steps}).check(&c)
		if (err == nil) != (b.check == "") || err != nil && (failure.CodeOf(err) != failure.Check || !strings.Contains(err.Error(), b.check)) {
			t.Errorf("%s: %v, want %q", b.what, err, b.check)
		}
	}
}

// A touch that comes twice, and one more than its person has, fail the run.
func TestTouchesThatStandTwiceAreNoticed(t *testing.T) {
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "person", Type: arrow.PrimitiveTypes.Int32}, {Name: "us", Type: arrow.PrimitiveTypes.Int64},
		{Name: "row", Type: arrow.PrimitiveTypes.Uint32}, {Name: "kind", Type: arrow.PrimitiveTypes.Uint32},
	}, nil)
	for _, c := range []struct {
		what     string
		rows     []uint32
		isBroken bool
	}{{"two touches", []uint32{3, 4}, false}, {"one twice", []uint32{3, 3}, true}, {"one too many", []uint32{3, 4, 5}, true}} {
		b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
		for _, row := range c.rows {
			b.Field(0).(*array.Int32Builder).Append(0)
			b.Field(1).(*array.Int64Builder).Append(7)
			b.Field(2).(*array.Uint32Builder).Append(row)
			b.Field(3).(*array.Uint32Builder).Append(0)
		}
		all := &touches{persons: make([]person, 1), starts: []int{0, 2}, stamps: make([]stamp, 2)}
		if err := all.place(b.NewRecordBatch(), []int{0}, make([]uint64, 1)); (err != nil) != c.isBroken {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}
