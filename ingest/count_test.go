package ingest

import (
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"

	"pgregory.net/rapid"
)

func TestRowsInAreLoadedOrQuarantined(t *testing.T) {
	e, ctx := openEngine(t), t.Context()
	table := tableNamed(t, "touchpoints")
	source := write(t, "touchpoints.csv", "")
	const twoLines = "\"a\nb\""
	rapid.Check(t, func(t *rapid.T) {
		cell := func(values ...string) *rapid.Generator[string] { return rapid.SampledFrom(values) }
		var text strings.Builder
		text.WriteString("touch_id,occurred_at,email\n")
		rows := rapid.IntRange(0, 40).Draw(t, "rows")
		lines := rows
		for range rows {
			id := cell("t", "", twoLines, "\x00", "\xff").Draw(t, "id")
			if id == twoLines {
				lines++ // each line of such a record is a bad row
			}
			text.WriteString(id + "," +
				cell("2025-01-01", "2025-01-01T10:00:00Z", "1970-01-01", "x", "").Draw(t, "at") + "," +
				cell("a@b.c", "", "a,b", "\"a\",\"b\"").Draw(t, "email") + cell("\n", "\r\n").Draw(t, "end"))
		}
		overwrite(t, source.Paths[0], text.String())
		opt := readOptions{Threads: 2, blockSize: rapid.IntRange(1, 64).Draw(t, "block")}
		files, bad, err := readTable(ctx, e, table, config.Sources{source}, opt)
		if err != nil {
			t.Fatal(err)
		}
		var loaded int64
		if err := e.Row(ctx, `SELECT count(*) FROM raw_touchpoints`, nil, &loaded); err != nil {
			t.Fatal(err)
		}
		if f := files[0]; f.RowsIn != int64(lines) || f.Loaded != loaded || f.Quarantined != int64(len(bad)) || f.RowsIn != f.Loaded+f.Quarantined {
			t.Fatalf("%d lines of %q: %+v, %d in the table, %d bad", lines, text.String(), f, loaded, len(bad))
		}
	})
}
