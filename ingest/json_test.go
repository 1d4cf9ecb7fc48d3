package ingest

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"
)

func TestJSONLines(t *testing.T) {
	text := `{"touch_id":"t-1","occurred_at":"2025-03-01T09:00:00Z","contact_id":"c","channel":"a\u00fc\n\"b\"","quantity":3}
	{"contact_id":12345678901234567890,"occurred_at":"2025-03-01","touch_id":"t-2","asset":{"b": [1, 2.50]},"channel":null}

[]
{"touch_id":"t-3","touch_id":"t-4","occurred_at":"2025-03-01","contact_id":"c"}
{"touch_id":"t-5","occurred_at":"2025-03-01"
{"touch_id":"t-6","occurred_at":"2025-03-01","contact_id":"c"}{"touch_id":"t-7"}
{"touch_id":"t-8","occurred_at":true,"contact_id":"c"}
{"touch_id":"t-9","occurred_at":"2025-03-01","contact_id":"c","quantity":1e3}
`
	e := openEngine(t)
	files, bad, err := readTable(t.Context(), e, tableNamed(t, "touchpoints"), config.Sources{write(t, "a.jsonl", text)}, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	want := `a.jsonl:4: is not a JSON object
a.jsonl:5: has the key "touch_id" twice
a.jsonl:6: is not JSON: it is cut short
a.jsonl:7: has something after its JSON object
a.jsonl:8: occurred_at: "true" is not an ISO 8601 time; declare its format under columns
a.jsonl:9: quantity: "1e3" is not a plain decimal such as -1234.50; export it without an exponent, which no setting reads`
	if got := describe(bad); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	got := strings.Join(textsOf(t, e, "SELECT CONCAT_WS('|', touch_id, contact_id, channel, asset, quantity) FROM raw_touchpoints ORDER BY touch_id"), "\n")
	if want := "t-1|c|aü\n\"b\"|3\n" + `t-2|12345678901234567890|{"b":[1,2.50]}`; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if f := files[0]; f.RowsIn != 8 || f.Loaded != 2 || len(f.UnknownColumns) != 0 {
		t.Errorf("%+v", f)
	}
}

// Whatever stands in a file of JSON Lines, each of its lines that is not blank is loaded or set
// aside, or the file is refused as a whole.
func FuzzJSONLines(f *testing.F) {
	for _, text := range []string{"{}", `{"touch_id":"t","occurred_at":"2025-03-01","contact_id":"c"}`, "{\"a\":1}\n{\"b\":{\"c\":[]}}\r\n", "{\"a\":\"\\ud800\"}", "{\"a\":1,\"a\":2}", "\n\n[", "{\"a\":1}x\n"} {
		f.Add([]byte(text))
	}
	path := filepath.Join(f.TempDir(), "a.jsonl")
	e := openEngine(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		lines := int64(0)
		for line := range bytes.SplitSeq(bytes.TrimPrefix(text, utf8Mark), []byte{'\n'}) {
			if len(bytes.TrimSpace(line)) > 0 {
				lines++
			}
		}
		files, bad, err := readTable(t.Context(), e, tableNamed(t, "touchpoints"), config.Sources{{Files: []string{"a.jsonl"}, Paths: []string{path}}}, testOptions())
		if err == nil && (files[0].RowsIn != lines || files[0].RowsIn != files[0].Loaded+int64(len(bad))) {
			t.Errorf("%d lines: %+v, %d bad", lines, files[0], len(bad))
		}
	})
}
