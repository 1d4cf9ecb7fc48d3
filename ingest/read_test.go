package ingest

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

func tableNamed(t testing.TB, name string) contract.Table {
	t.Helper()
	for _, table := range contract.Tables() {
		if table.Name == name {
			return table
		}
	}
	t.Fatalf("no table %s", name)
	return contract.Table{}
}

func openEngine(t testing.TB, directories ...string) *engine.Engine {
	t.Helper()
	e, err := engine.Open(t.Context(), engine.Options{Threads: 2, TempDir: t.TempDir(), Directories: directories})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

// write puts content into a file of that name and returns a source of it.
func write(t testing.TB, name, content string) config.Source {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return config.Source{Files: []string{name}, Paths: []string{path}}
}

func testOptions() readOptions {
	return readOptions{ReportingZone: time.UTC, Threads: 2}
}

func TestTouchpointsAreReadAndTyped(t *testing.T) {
	source := write(t, "touchpoints.csv", "touch_id,email,occurred_at,Campaign,extra\n"+
		"t1, Ann@Example.COM ,2025-03-01T09:30:00.5+01:00,c1,x\r\n"+
		"\n"+
		"t2,,2025-03-01,c1,x\n"+
		"t3,b@x.org,2025-03-02,\"a \"\"b\"\"\",\"x\ny\"\n"+
		"t4,b@x.org,2024-13-01,c1,x\n"+
		"t5,b@x.org,2025-03-03,,x")
	source.Columns = map[string]config.Column{"campaign_id": {From: "Campaign"}, "channel": {Value: "web"}}
	e := openEngine(t)
	files, bad, err := readTable(t.Context(), e, tableNamed(t, "touchpoints"), config.Sources{source}, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	if f := files[0]; f.RowsIn != 5 || f.Loaded != 3 || f.Quarantined != 2 || len(f.UnknownColumns) != 1 || f.UnknownColumns[0] != "extra" || len(f.SHA256) != 64 {
		t.Errorf("file %+v", f)
	}
	want := "touchpoints.csv:4: has none of contact_id, lead_id, email, anonymous_id, account_id; every row of touchpoints needs one of them\n" +
		`touchpoints.csv:7: occurred_at: "2024-13-01" is not an ISO 8601 time; declare its format under columns`
	if got := describe(bad); got != want {
		t.Errorf("bad rows:\n%s\nwant:\n%s", got, want)
	}
	var got string
	err = e.Row(t.Context(), `SELECT string_agg(concat_ws('|', touch_id, email, CAST(occurred_at AS VARCHAR), campaign_id, channel, file_number, line), ';' ORDER BY line) FROM raw_touchpoints`, nil, &got)
	if err != nil {
		t.Fatal(err)
	}
	if want := "t1|ann@example.com|2025-03-01 08:30:00.5|c1|web|0|2;" + "t3|b@x.org|2025-03-02 00:00:00|a \"b\"|web|0|5;" + "t5|b@x.org|2025-03-03 00:00:00|web|0|8"; got != want {
		t.Errorf("rows:\n%s\nwant:\n%s", got, want)
	}
}
