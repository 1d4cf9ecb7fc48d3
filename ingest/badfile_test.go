package ingest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
)

const goodFile = "touch_id,occurred_at,contact_id\nt1,2025-03-01,c1\nt2,2025-03-02,c2\n"

func gzipped(t testing.TB, text string) string {
	t.Helper()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.String()
}

func zstded(t testing.TB, text string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(w.EncodeAll([]byte(text), nil))
}

// readOne reads one file of touchpoints.
func readOne(t testing.TB, source config.Source, opt readOptions) (File, []Quarantined, error) {
	t.Helper()
	e := openEngine(t)
	files, bad, err := readTable(t.Context(), e, tableNamed(t, "touchpoints"), config.Sources{source}, opt)
	if err != nil {
		return File{}, nil, err
	}
	var rows int64
	if err := e.Row(t.Context(), `SELECT count(*) FROM raw_touchpoints`, nil, &rows); err != nil {
		t.Fatal(err)
	}
	if f := files[0]; f.RowsIn != f.Loaded+f.Quarantined || f.Loaded != rows || int(f.Quarantined) != len(bad) {
		t.Errorf("the figures do not add up: %+v, %d rows, %d bad", f, rows, len(bad))
	}
	return files[0], bad, nil
}

func TestGoodFiles(t *testing.T) {
	twice := "t3,2025-03-01,c1\n"
	for _, test := range []struct {
		what, name, content string
		loaded              int64
	}{
		{"plain", "a.csv", goodFile, 2},
		{"gzip", "a.csv.gz", gzipped(t, goodFile), 2},
		{"gzip of two members", "a.csv.gz", gzipped(t, goodFile) + gzipped(t, twice), 3},
		{"gzip of many empty members", "a.csv.gz", gzipped(t, goodFile) + strings.Repeat(gzipped(t, ""), 300) + gzipped(t, twice), 3},
		{"zstd", "A.CSV.zst", zstded(t, goodFile), 2},
		{"zstd of two frames", "a.csv.zst", zstded(t, goodFile) + zstded(t, twice), 3},
		{"byte order mark", "a.csv", "\ufeff" + goodFile, 2},
		{"byte order mark and quotes", "a.csv", "\ufeff\"touch_id\",occurred_at,contact_id\nt,2025-03-01,c", 1},
		{"header only", "a.csv", "touch_id,occurred_at,contact_id\n", 0},
		{"header without newline", "a.csv", "touch_id,occurred_at,contact_id", 0},
		{"no last newline", "a.csv", strings.TrimSuffix(goodFile, "\n"), 2},
		{"lines mixed", "a.csv", "touch_id,occurred_at,contact_id\r\nt1,2025-03-01,c1\nt2,2025-03-02,c2\r\n\r\n\n", 2},
		{"reordered", "a.csv", "contact_id,touch_id,occurred_at\nc,t,2025-03-01\n", 1},
		{"columns without header and values", "a.csv", "x,touch_id,occurred_at,contact_id,, \n1,t,2025-03-01,c,, \t\n", 1},
		{"a header of two lines", "a.csv", "touch_id,occurred_at,contact_id,\"What is\nyour budget, roughly?\"\nt,2025-03-01,c,9\n", 1},
		{"strange file name", "-rf a[1]*\n.csv", goodFile, 2},
	} {
		t.Run(test.what, func(t *testing.T) {
			f, bad, err := readOne(t, write(t, test.name, test.content), testOptions())
			if err != nil || f.Loaded != test.loaded || len(bad) > 0 {
				t.Errorf("loaded %d, want %d; bad %s; %v", f.Loaded, test.loaded, describe(bad), err)
			}
		})
	}
}

func TestBadFiles(t *testing.T) {
	packed, zpacked := gzipped(t, goodFile), zstded(t, goodFile)
	damaged := []byte(packed)
	damaged[len(damaged)-6] ^= 1
	zdamaged := []byte(zpacked)
	zdamaged[len(zdamaged)-1] ^= 1
	const trailing = "has data after the end of its compressed data\nhint: unpack and pack the file again"
	for _, test := range []struct{ what, name, content, message string }{
		{"empty", "a.csv", "", "a.csv: is empty and has no header"},
		{"empty gzip", "a.csv.gz", gzipped(t, ""), "a.csv.gz: is empty and has no header"},
		{"only a mark", "a.csv", "\ufeff", "a.csv: is empty and has no header"},
		{"only blank lines", "a.csv", "\n\r\n", "a.csv:3: has no header"},
		{"gzip without trailer", "a.csv.gz", packed[:len(packed)-8], "a.csv.gz: is cut short: its compressed data ends too early\nhint: copy the file again"},
		{"gzip cut", "a.csv.gz", packed[:len(packed)/2], "a.csv.gz: is cut short: its compressed data ends too early\nhint: copy the file again"},
		{"gzip checksum", "a.csv.gz", string(damaged), "a.csv.gz: is damaged: gzip: invalid checksum\nhint: copy the file again"},
		{"gzip and garbage", "a.csv.gz", packed + "garbage after it", "a.csv.gz: " + trailing},
		{"gzip and a line end", "a.csv.gz", packed + "\n", "a.csv.gz: " + trailing},
		{"gzip and zeros", "a.csv.gz", packed + packed + strings.Repeat("\x00", 512), "a.csv.gz: " + trailing},
		{"gzip and a member cut", "a.csv.gz", packed + packed[:5], "a.csv.gz: is cut short: its compressed data ends too early\nhint: copy the file again"},
		{"zstd cut", "a.csv.zst", zpacked[:len(zpacked)-9], "a.csv.zst: is cut short: its compressed data ends too early\nhint: copy the file again"},
		{"zstd checksum", "a.csv.zst", string(zdamaged), "a.csv.zst: is damaged: CRC check failed\nhint: copy the file again"},
		{"zstd and garbage", "a.csv.zst", zpacked + "garbage after it", "a.csv.zst: " + trailing},
		{"zstd and zeros", "a.csv.zst", zpacked + strings.Repeat("\x00", 512), "a.csv.zst: " + trailing},
		{"gzip named csv", "a.csv", packed, "a.csv: its content is gzip, but its name says CSV\nhint: name it .csv.gz"},
		{"csv named gzip", "a.csv.gz", goodFile, "a.csv.gz: its name says gzip, but its content is not gzip"},
		{"csv named zstd", "a.csv.zst", goodFile, "a.csv.zst: its name says zstd, but its content is not zstd"},
		{"parquet named csv", "a.csv", "PAR1xxxxPAR1", "a.csv: its content is Parquet, but its name says CSV\nhint: name it .parquet"},
		{"workbook named csv", "a.csv", "PK\x03\x04....", "a.csv: its content is a zip file or an Excel workbook, but its name says CSV\nhint: save it as CSV"},
		{"UTF-16", "a.csv", "\xff\xfet\x00", "a.csv: is UTF-16\nhint: set encoding: utf-16"},
		{"UTF-16 without mark", "a.csv", "t\x00o\x00\n\x00", "a.csv:1: holds NUL bytes\nhint: if it is UTF-16, save it with a byte order mark and set encoding: utf-16"},
		{"Windows-1252 header", "a.csv", "touch_id,occurred_at,contact_id,Stra\xdfe\n", "a.csv:1: is not UTF-8\nhint: set the encoding that it has, such as encoding: windows-1252"},
		{"delimiter ;", "a.csv", "touch_id;occurred_at;contact_id\n", `a.csv:1: its header is a single column split by ";"
hint: set delimiter: ";" for this table`},
		{"delimiter tab", "a.csv", "touch_id\toccurred_at\tcontact_id\n", `a.csv:1: its header is a single column split by "\t"
hint: set delimiter: "\t" for this table`},
		{"delimiter |", "a.csv", "touch_id|occurred_at\n", `a.csv:1: its header is a single column split by "|"
hint: set delimiter: "|" for this table`},
		{"sep line", "a.csv", "sep=;\ntouch_id;occurred_at\n", `a.csv:1: the line sep=; is not data: Excel uses it to name the delimiter
hint: set delimiter: ";" for touchpoints`},
		{"names missing", "a.csv", "Touch ID,Occured at,mail\n", "a.csv:1: has no column touch_id (did you mean \"Touch ID\"?), occurred_at (did you mean \"Occured at\"?), which touchpoints needs; map them with from under columns\n" +
			"a.csv:1: has none of the columns contact_id, lead_id, email, anonymous_id, account_id, and every row of touchpoints needs one of them"},
		{"header twice", "a.csv", "touch_id,email,occurred_at,email\n", `a.csv:1: header "email" appears 2 times: columns 2, 4
hint: give each column a name of its own`},
		{"header padded", "a.csv", "touch_id,email, occurred_at\n", `a.csv:1: header " occurred_at" has blanks around it
hint: write occurred_at, or map it with from under columns`},
		{"header empty", "a.csv", "touch_id,email,\n", "a.csv:1: has no column occurred_at, which touchpoints needs; map it with from under columns\na.csv:1: 1 header is empty: column 3"},
		{"header quote", "a.csv", "touch_id,em\"ail\n", "a.csv:1: its header has a stray quote; put the field in quotes, and double the quotes inside it"},
		{"JSON Lines without a key", "a.jsonl", "{}\n", "a.jsonl: no line of it is a JSON object with a key"},
		{"other name", "a.xlsx", "x", "a.xlsx: the name must end in .csv, .jsonl (both also with .gz or .zst) or .parquet"},
		{"control characters in the name", "a\x1b[31m.csv", "", `"a\x1b[31m.csv": is empty and has no header`},
	} {
		t.Run(test.what, func(t *testing.T) {
			_, _, err := readOne(t, write(t, test.name, test.content), testOptions())
			if fmt.Sprint(err) != test.message || failure.CodeOf(err) != failure.Contract {
				t.Errorf("code %d\n%v\nwant\n%s", failure.CodeOf(err), err, test.message)
			}
		})
	}
}

func TestPackedFilesCutAnywhereAreRefused(t *testing.T) {
	for name, packed := range map[string]string{"a.csv.gz": gzipped(t, goodFile), "a.csv.zst": zstded(t, goodFile)} {
		for n := range len(packed) {
			f := &csvFile{table: tableNamed(t, "touchpoints"), name: name, path: write(t, name, packed[:n]).Paths[0], delimiter: ',',
				opt: testOptions(), emit: func(r result) error { return nil }}
			f.format, _ = formatOf(name)
			f.declared, _ = declare(f.table, config.Source{}, f.opt)
			if _, err := f.read(t.Context()); failure.CodeOf(err) != failure.Contract {
				t.Errorf("%s cut after %d bytes: %v", name, n, err)
			}
		}
	}
}

func TestWhatIsNoFileIsRefused(t *testing.T) {
	directory := t.TempDir()
	path := func(name string) string { return filepath.Join(directory, name) }
	if err := os.Mkdir(path("dir.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", path("link.csv")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(path("pipe.csv"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/dev/null", path("null.csv")); err != nil {
		t.Fatal(err)
	}
	for name, message := range map[string]string{
		"dir.csv":     "dir.csv: is a directory, not a file",
		"link.csv":    "link.csv: is a link to a file that does not exist",
		"pipe.csv":    "pipe.csv: is a named pipe, not a file",
		"null.csv":    "null.csv: is a device, not a file",
		"missing.csv": "missing.csv: cannot be read: no such file or directory",
	} {
		_, _, err := readOne(t, config.Source{Files: []string{name}, Paths: []string{path(name)}}, testOptions())
		if fmt.Sprint(err) != message || failure.CodeOf(err) != failure.IO {
			t.Errorf("%s: code %d, %v", name, failure.CodeOf(err), err)
		}
	}
}

func TestChangedInputsAreNoticed(t *testing.T) {
	source := write(t, "a.csv", goodFile)
	f, _, err := readOne(t, source, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	if err := recheckInputs([]File{f}); err != nil {
		t.Errorf("nothing changed: %v", err)
	}
	if err := os.Chtimes(source.Paths[0], time.Time{}, time.Unix(1e9, 0)); err != nil {
		t.Fatal(err)
	}
	err = recheckInputs([]File{f})
	if failure.CodeOf(err) != failure.IO || !strings.Contains(fmt.Sprint(err), "a.csv: changed while it was being read") {
		t.Errorf("changed: %v", err)
	}
}

func TestConfigurationOfColumnsIsChecked(t *testing.T) {
	for _, test := range []struct {
		column  string
		given   config.Column
		message string
	}{
		{"ocurred_at", config.Column{}, `tables.touchpoints.columns: touchpoints has no column "ocurred_at" (did you mean "occurred_at"?)`},
		{"channel", config.Column{From: "a", Value: "b"}, "tables.touchpoints.columns.channel: from and value cannot both be given"},
		{"channel", config.Column{Format: config.Texts{"%Y"}}, "tables.touchpoints.columns.channel: has a format, which only times and dates have"},
		{"occurred_at", config.Column{Format: config.Texts{"%d/%m/%Q"}}, `tables.touchpoints.columns.occurred_at: format "%d/%m/%Q": %Q is not known (known are %Y %y %m %d %e %H %I %M %S %f %z %b %B %p)`},
		{"occurred_at", config.Column{Format: config.Texts{"%d/%m"}}, `tables.touchpoints.columns.occurred_at: format "%d/%m" needs the year once (%Y or %y)`},
		{"occurred_at", config.Column{TimeZone: "Mars/Olympus"}, `tables.touchpoints.columns.occurred_at.time_zone: "Mars/Olympus" is not an IANA time zone
hint: write one such as UTC or Europe/Berlin`},
		{"occurred_at", config.Column{TimeZone: "Local"}, `tables.touchpoints.columns.occurred_at.time_zone: "Local" is not an IANA time zone
hint: write one such as UTC or Europe/Berlin`},
		{"occurred_at", config.Column{LocalTime: "latest"}, `tables.touchpoints.columns.occurred_at: local_time is "latest", and can be earlier or later`},
		{"occurred_at", config.Column{Value: "1.1.2025"}, `tables.touchpoints.columns.occurred_at: value "1.1.2025" is not an ISO 8601 time; declare its format under columns`},
	} {
		source := write(t, "a.csv", goodFile)
		source.Columns = map[string]config.Column{test.column: test.given}
		_, _, err := readOne(t, source, testOptions())
		if fmt.Sprint(err) != test.message || failure.CodeOf(err) != failure.Usage {
			t.Errorf("code %d\n%v\nwant\n%s", failure.CodeOf(err), err, test.message)
		}
	}
	source := write(t, "a.csv", goodFile)
	source.Columns = map[string]config.Column{"channel": {From: "Chanel"}}
	if _, _, err := readOne(t, source, testOptions()); fmt.Sprint(err) != `a.csv:1: tables.touchpoints.columns maps channel from "Chanel", but the file has no such header` {
		t.Error(err)
	}
}
