package ingest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
)

// writeParquet makes a Parquet file of a query, under an awkward name.
func writeParquet(t testing.TB, query string) config.Source {
	t.Helper()
	directory := t.TempDir()
	e := openEngine(t, directory)
	path := filepath.Join(directory, "x.parquet")
	if err := e.Exec(t.Context(), "COPY ("+query+") TO "+engine.Text(path)+" (FORMAT parquet)"); err != nil {
		t.Fatal(err)
	}
	name := "-rf [1]*'.parquet"
	if err := os.Rename(path, filepath.Join(directory, name)); err != nil {
		t.Fatal(err)
	}
	return config.Source{Files: []string{name}, Paths: []string{filepath.Join(directory, name)}}
}

// openFor opens an engine that may read the files of source, and options with a directory for its
// links.
func openFor(t testing.TB, source config.Source) (*engine.Engine, readOptions) {
	t.Helper()
	links := t.TempDir()
	e, err := engine.Open(t.Context(), engine.Options{Threads: 2, TempDir: links, Files: source.Paths})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	opt := testOptions()
	opt.LinkDir = links
	return e, opt
}

const parquetTouches = `SELECT 't' || i AS touch_id, CASE WHEN i = 70000 THEN NULL ELSE TIMESTAMPTZ '2025-03-01 09:30:00+02' END AS occurred_at,
	'c"' || i AS contact_id, CAST('x' AS BLOB) AS channel, i AS "odd.name" FROM range(100000) t(i)`

func TestParquetIsTypedByTheRulesOfCSV(t *testing.T) {
	source := writeParquet(t, parquetTouches)
	e, opt := openFor(t, source)
	source.Columns = map[string]config.Column{"campaign_id": {From: "odd.name"}}
	opt.chunkRows = 30_000
	files, bad, err := readTable(t.Context(), e, tableNamed(t, "touchpoints"), config.Sources{source}, opt)
	if err != nil {
		t.Fatal(err)
	}
	if f := files[0]; f.RowsIn != 100000 || f.Loaded != 99999 || f.Quarantined != 1 || len(f.SHA256) != 64 {
		t.Errorf("%+v", f)
	}
	if len(bad) != 1 || bad[0].Line != 70001 || bad[0].Column != "occurred_at" || bad[0].Reason != "is empty; every row of touchpoints needs it" || bad[0].Raw != `t70000,,"c""70000",x,70000` {
		t.Errorf("bad %+v", bad)
	}
	var got string
	if err := e.Row(t.Context(), `SELECT concat_ws('|', touch_id, CAST(occurred_at AS VARCHAR), contact_id, channel, campaign_id, file_number, line) FROM raw_touchpoints WHERE line = 99000`, nil, &got); err != nil {
		t.Fatal(err)
	}
	if want := `t98999|2025-03-01 07:30:00|c"98999|x|98999|0|99000`; got != want {
		t.Errorf("row %s, want %s", got, want)
	}
	if links, _ := filepath.Glob(filepath.Join(opt.LinkDir, "*.parquet")); len(links) != 1 {
		t.Errorf("links %v: touches are read through theirs until the run ends", links)
	}
}

func TestCSVAndParquetFillOneTable(t *testing.T) {
	source := writeParquet(t, `SELECT 'p' AS touch_id, DATE '2025-03-01' AS occurred_at, 'c' AS contact_id`)
	csv := write(t, "b.csv", "contact_id,occurred_at,touch_id\nc,2025-03-02,v\n,2025-03-02,v\n")
	source.Files, source.Paths = append(source.Files, csv.Files...), append(source.Paths, csv.Paths...)
	e, opt := openFor(t, source)
	opt.InputZone = "America/Chicago" // of times alone
	_, bad, err := readTable(t.Context(), e, tableNamed(t, "touchpoints"), config.Sources{source}, opt)
	if err != nil || len(bad) != 1 || bad[0].File != "b.csv" {
		t.Fatal(bad, err)
	}
	var got string
	if err := e.Row(t.Context(), `SELECT string_agg(concat_ws('|', touch_id, occurred_at, file_number, line), ';' ORDER BY file_number) FROM raw_touchpoints`, nil, &got); err != nil {
		t.Fatal(err)
	}
	if want := "p|2025-03-01 00:00:00|0|1;v|2025-03-02 00:00:00|1|2"; got != want {
		t.Errorf("rows %s, want %s", got, want)
	}
}

func TestDamagedParquetIsRefused(t *testing.T) {
	source := writeParquet(t, parquetTouches)
	content, err := os.ReadFile(source.Paths[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		what, message string
		content       []byte
	}{
		{"cut", "is cut short", content[:len(content)/2]},
		{"footer flipped", "is damaged", flipped(content, len(content)-600, 300)},
		{"footer length flipped", "is damaged", flipped(content, len(content)-8, 4)},
		{"pages flipped", "is damaged", flipped(content, 100, 3000)},
		{"no Parquet", "its content is not Parquet", []byte("touch_id,occurred_at\n")},
		{"tiny", "its content is not Parquet", []byte("PAR1")},
	} {
		t.Run(test.what, func(t *testing.T) {
			damaged := source
			damaged.Paths = []string{filepath.Join(t.TempDir(), "d.parquet")}
			if err := os.WriteFile(damaged.Paths[0], test.content, 0o600); err != nil {
				t.Fatal(err)
			}
			e, opt := openFor(t, damaged)
			_, _, err := readTable(t.Context(), e, tableNamed(t, "touchpoints"), config.Sources{damaged}, opt)
			if failure.CodeOf(err) != failure.Contract || !strings.Contains(fmt.Sprint(err), test.message) || !strings.HasPrefix(err.Error(), "-rf [1]*'.parquet: ") {
				t.Errorf("%v", err)
			}
			if err != nil && strings.Contains(err.Error(), opt.LinkDir) {
				t.Errorf("names a path of the machine: %v", err)
			}
		})
	}
}

func flipped(content []byte, at, n int) []byte {
	damaged := append([]byte(nil), content...)
	for i := range n {
		damaged[at+i] ^= 0x55
	}
	return damaged
}
