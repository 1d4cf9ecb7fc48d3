package ingest

import (
	"testing"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"database/sql"

	"github.com/tributary-engine/tributary/internal/config"
)

// What reading costs beside the engine's own reader, which looks at no value: the file as a table of
// text, and a SELECT over it. The metric is the ratio of the two, run in turn.
func BenchmarkReadingBesideTheEngine(b *testing.B) {
	const rows = 500_000
	source := write(b, "touchpoints.csv", touchpointsCSV(rows))
	const statement = "SELECT touch_id, occurred_at, contact_id, UPPER(channel) AS channel, status FROM t WHERE asset <> 'Guide, part 7'"
	selecting := config.Source{Select: statement, From: map[string]config.Source{"t": {Files: source.Files, Paths: source.Paths}}}
	connector, err := duckdb.NewConnector("", nil)
	if err != nil {
		b.Fatal(err)
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	plain := "(FROM read_csv('" + source.Paths[0] + "', header = true, all_varchar = true, delim = ',', quote = '\"'))"
	for name, c := range map[string]struct {
		source config.Source
		engine string
	}{
		"columns": {source, "CREATE OR REPLACE TABLE x AS FROM " + plain},
		"select":  {selecting, "CREATE OR REPLACE TABLE x AS WITH t AS " + plain + statement},
	} {
		b.Run(name, func(b *testing.B) {
			e := openEngine(b)
			table := tableNamed(b, "touchpoints")
			var own, others time.Duration
			for b.Loop() {
				begin := time.Now()
				if _, bad, err := readTable(b.Context(), e, table, config.Sources{c.source}, testOptions()); err != nil || len(bad) > 0 {
					b.Fatal(len(bad), err)
				}
				own += time.Since(begin)
				begin = time.Now()
				if _, err := db.ExecContext(b.Context(), c.engine); err != nil {
					b.Fatal(err)
				}
				others += time.Since(begin)
			}
			b.ReportMetric(own.Seconds()/others.Seconds(), "times_the_engine")
		})
	}
}
