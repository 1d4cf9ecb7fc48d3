package ingest

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestHashesListsWhatIsRepeated(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		s, times := newHashes(0), map[uint64]int{}
		for range random.IntN(5000) {
			h := random.Uint64N(4000)
			if random.IntN(2) == 0 {
				h <<= 40
			}
			s.add(h)
			times[h]++
		}
		var want []uint64
		for h, n := range times {
			if n > 1 {
				want = append(want, h)
			}
		}
		slices.Sort(want)
		slices.Sort(s.repeated)
		if !slices.Equal(s.repeated, want) {
			t.Fatalf("%d repeated, want %d", len(s.repeated), len(want))
		}
	}
}

// In several passes the same keys are found as in one.
func TestRepeatedKeysAreFoundInSeveralPasses(t *testing.T) {
	table := tableNamed(t, "exchange_rates")
	l := &loading{engine: openEngine(t)}
	if err := l.engine.Exec(t.Context(), `CREATE TABLE raw_exchange_rates AS
		SELECT CAST(i % 900 AS VARCHAR) AS currency, DATE '2025-01-01' + CAST(i % 900 AS INTEGER) AS effective_on FROM range(1000) t(i)`); err != nil {
		t.Fatal(err)
	}
	for _, most := range []int64{1000, 10, 333} {
		found, err := l.repeatedHashes(t.Context(), table, 1000, most)
		if err != nil || len(found) != 100 {
			t.Errorf("%d a pass: %d repeated, %v", most, len(found), err)
		}
	}
}
