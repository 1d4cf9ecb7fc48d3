//go:build duckdb_arrow

package engine

import (
	"testing"
	"time"
)

func TestATableHasTheRowsThatWereAdded(t *testing.T) {
	eng, err := Open(t.Context(), Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	table := NewTable("text VARCHAR", "is_so BOOLEAN", "small INTEGER", "large BIGINT", "hash UBIGINT", "share DOUBLE", "day DATE")
	table.Add("a", true, int32(-1), int64(1)<<40, uint64(1)<<63, 0.5, time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC))
	table.Add(OrNull(""), nil, 2, OrNull(0), nil, nil, nil)
	if err := eng.StoreTable(t.Context(), "made", table); err != nil {
		t.Fatal(err)
	}
	rows, err := eng.Texts(t.Context(), "SELECT CAST(made AS VARCHAR) FROM made")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"{'text': a, 'is_so': true, 'small': -1, 'large': 1099511627776, 'hash': 9223372036854775808, 'share': 0.5, 'day': 2025-03-01}",
		"{'text': NULL, 'is_so': NULL, 'small': 2, 'large': NULL, 'hash': NULL, 'share': NULL, 'day': NULL}",
	}
	if len(rows) != 2 || rows[0] != want[0] || rows[1] != want[1] {
		t.Errorf("rows %q, want %q", rows, want)
	}
}

func TestAnErrorInARowEndsTheRows(t *testing.T) {
	eng, err := Open(t.Context(), Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	seen := 0
	err = eng.Each(t.Context(), "SELECT n FROM range($1) AS r(n)", func(scan Scan) error {
		seen++
		var day time.Time
		return scan(&day)
	}, 5)
	if err == nil || seen != 1 {
		t.Errorf("%d rows, %v: want an error after the first row", seen, err)
	}
}
