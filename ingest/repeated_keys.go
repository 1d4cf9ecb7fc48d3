package ingest

import (
	"context"
	"fmt"
	"math/bits"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// maxHashes is how many rows of a table are looked at in one pass for repeated keys: at most 1 GiB
// of hashes, and half of that while the engine answers.
const maxHashes = 1 << 26

// findCandidates makes the engine's table "candidates", with the rows whose key has a hash that
// occurs more than once. It reports whether there are any; if not, no key is repeated. Hashing text
// is many times faster than grouping by it, and nearly all keys occur once.
func (l *loading) findCandidates(ctx context.Context, t contract.Table) (found bool, err error) {
	rows := int64(0)
	for _, f := range l.files[t.Name] {
		rows += f.Loaded
	}
	if rows < 2 {
		return false, nil
	}
	repeated, err := l.repeatedHashes(ctx, t, rows, maxHashes)
	if err != nil || len(repeated) == 0 {
		return false, err
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema([]arrow.Field{{Name: "hash", Type: arrow.PrimitiveTypes.Uint64}}, nil))
	defer b.Release()
	b.Field(0).(*array.Uint64Builder).AppendValues(repeated, nil)
	if err := l.engine.Store(ctx, "repeated_hashes", b); err != nil {
		return false, err
	}
	for _, statement := range []string{
		"CREATE OR REPLACE TEMPORARY TABLE candidates AS SELECT r.* FROM " + engine.Name("raw_"+t.Name) + " AS r" +
			" SEMI JOIN repeated_hashes AS h ON h.hash = HASH(" + quoted(t.Key, "r.") + ")",
		"DROP TABLE repeated_hashes",
	} {
		if err := l.engine.Exec(ctx, statement); err != nil {
			return false, err
		}
	}
	return true, nil
}

// repeatedHashes are the hashes of keys that several rows have, in as many passes as keep each to
// so many rows.
func (l *loading) repeatedHashes(ctx context.Context, t contract.Table, rows, most int64) (repeated []uint64, err error) {
	passes := (rows + most - 1) / most
	hash := "HASH(" + quoted(t.Key, "") + ")"
	for pass := range passes {
		query := "SELECT " + hash + " FROM " + engine.Name("raw_"+t.Name)
		if passes > 1 {
			query += fmt.Sprintf(" WHERE %s %% %d = %d", hash, passes, pass)
		}
		met := newHashes(rows / passes)
		err := l.engine.Stream(ctx, query, func(answer array.RecordReader) error {
			for answer.Next() {
				for _, h := range answer.RecordBatch().Column(0).(*array.Uint64).Uint64Values() {
					met.add(h)
				}
			}
			return answer.Err()
		})
		if err != nil {
			return nil, err
		}
		repeated = append(repeated, met.repeated...)
	}
	return repeated, nil
}

// hashes is a set of hashes, by open addressing, that lists those which were added more than once.
type hashes struct {
	slots    []uint64 // 0: empty
	isListed []uint64 // a bit per slot
	count    int
	repeated []uint64
	hasZero  bool
}

// newHashes makes a set for about so many.
func newHashes(expected int64) *hashes {
	h := &hashes{}
	h.grow(1 << bits.Len64(uint64(max(expected, 1<<10)*4/3)))
	return h
}

func (s *hashes) grow(size int) {
	old, listed := s.slots, s.isListed
	s.slots, s.isListed = make([]uint64, size), make([]uint64, (size+63)/64)
	for i, h := range old {
		if h == 0 {
			continue
		}
		at := s.place(h)
		s.slots[at] = h
		if listed[i/64]>>(i%64)&1 == 1 {
			s.isListed[at/64] |= 1 << (at % 64)
		}
	}
}

// place is the slot of h, or the empty slot for it. It mixes the bits of h, because all hashes of
// one pass have the same remainder.
func (s *hashes) place(h uint64) int {
	mask := len(s.slots) - 1
	at := int(h*0x9e3779b97f4a7c15>>32) & mask
	for s.slots[at] != 0 && s.slots[at] != h {
		at = (at + 1) & mask
	}
	return at
}

func (s *hashes) add(h uint64) {
	if h == 0 { // what an empty slot holds
		if s.hasZero && !s.listsZero() {
			s.repeated = append([]uint64{0}, s.repeated...)
		}
		s.hasZero = true
		return
	}
	at := s.place(h)
	switch {
	case s.slots[at] == 0:
		s.slots[at] = h
		if s.count++; s.count > len(s.slots)/4*3 {
			s.grow(2 * len(s.slots))
		}
	case s.isListed[at/64]>>(at%64)&1 == 0:
		s.isListed[at/64] |= 1 << (at % 64)
		s.repeated = append(s.repeated, h)
	}
}

func (s *hashes) listsZero() bool { return len(s.repeated) > 0 && s.repeated[0] == 0 }
