package ingest

import (
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
)

// Of more assets than are told apart, those with the most touchpoints are; of equal ones the first
// by bytes.
func TestFewAssetsAreToldApart(t *testing.T) {
	for _, c := range []struct {
		distinct    int // the last of which is named twice
		apart, rest int64
	}{
		{mostWords - 1, mostWords - 1, 0},
		{mostWords, mostWords, 0},
		{mostWords + 2, mostWords, 2},
	} {
		eng, err := engine.Open(t.Context(), engine.Options{Threads: 2})
		if err != nil {
			t.Fatal(err)
		}
		defer eng.Close()
		if err := eng.Exec(t.Context(), `CREATE TABLE raw_touchpoints AS
			SELECT asset, CAST(NULL AS VARCHAR) AS source, asset AS medium
			FROM (SELECT PRINTF('asset-%06d', i) AS asset FROM RANGE(?) AS r(i) UNION ALL SELECT PRINTF('asset-%06d', ? - 1) UNION ALL SELECT NULL) AS t`,
			c.distinct, c.distinct); err != nil {
			t.Fatal(err)
		}
		l := &loading{engine: eng}
		if err := l.keepWords(t.Context()); err != nil {
			t.Fatal(err)
		}
		asset, err := l.keptColumn(t.Context(), "asset")
		if err != nil {
			t.Fatal(err)
		}
		if source, err := l.keptColumn(t.Context(), "source"); err != nil || source.sql() != "CAST(NULL AS VARCHAR)" {
			t.Errorf("a column without values is %s, %v", source.sql(), err)
		}
		var apart, rest, last, none int64
		if err := eng.Row(t.Context(), `WITH named AS (SELECT r.asset AS written, `+asset.sql()+` AS asset FROM raw_touchpoints AS r)
			SELECT COUNT(DISTINCT asset) FILTER (WHERE asset <> '(other)'), COUNT(*) FILTER (WHERE asset = '(other)'),
				COUNT(*) FILTER (WHERE asset = PRINTF('asset-%06d', ? - 1)), COUNT(*) FILTER (WHERE asset IS NULL) FROM named`,
			[]any{c.distinct}, &apart, &rest, &last, &none); err != nil {
			t.Fatal(err)
		}
		if apart != c.apart || rest != c.rest || last != 2 || none != 1 {
			t.Errorf("of %d assets: %d apart, %d other, the most frequent %d times, %d without; want %d, %d, 2, 1", c.distinct, apart, rest, last, none, c.apart, c.rest)
		}
	}
}
