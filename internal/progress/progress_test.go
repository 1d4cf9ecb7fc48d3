package progress

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Inside synctest the clock stands still until every goroutine waits for it: it is a fake one, for
// the ticker too.

// A record of what was written to it; the display writes from a goroutine of its own.
type paper struct {
	lock sync.Mutex
	text bytes.Buffer
}

func (p *paper) Write(text []byte) (int, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	return p.text.Write(text)
}

func (p *paper) String() string {
	p.lock.Lock()
	defer p.lock.Unlock()
	return p.text.String()
}

func wantText(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n%q\nwant:\n%q", what, got, want)
	}
}

func TestLinesOfLongStages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out paper
		d := New(Options{Now: time.Now, Out: &out})
		want := ""
		see := func(what, further string) {
			t.Helper()
			synctest.Wait()
			want += further
			wantText(t, what, out.String(), want)
		}
		d.Stage("checking")
		time.Sleep(900 * time.Millisecond)
		read := d.Count("reading touchpoints.csv", Bytes, 100_000_000)
		see("a short stage", "")
		for range 16 {
			read.Add(4_000_000)
			time.Sleep(time.Second)
		}
		see("ten seconds after the work began", "reading touchpoints.csv: 40.0 MB of 100.0 MB (40 %), 4.4 MB/s, 14s left\n")
		read.Add(36_000_000)
		time.Sleep(time.Second)
		d.Stage("stitching people")
		see("at its end", "reading touchpoints.csv: 100.0 MB in 17s, 5.9 MB/s\n")
		time.Sleep(21 * time.Second)
		see("every ten seconds", "stitching people: 10s so far\nstitching people: 20s so far\n")
		if _, err := d.Write([]byte("a line of the log\n")); err != nil {
			t.Fatal(err)
		}
		d.End()
		time.Sleep(time.Minute)
		d.Close()
		see("after the end", "a line of the log\nstitching people: 21s\n")
	})
}

// Many short stages are not silent for longer than one long stage.
func TestShortStagesAreSaidTogetherNowAndThen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out paper
		d := New(Options{Now: time.Now, Out: &out})
		for range 97 {
			d.Count("reading a.csv", Rows, 10).Add(5)
			time.Sleep(700 * time.Millisecond)
		}
		d.Close()
		if n := strings.Count(out.String(), "\n"); n != 6 {
			t.Errorf("%d lines in 68 seconds:\n%s", n, &out)
		}
	})
}

func TestAStageThatFailsLeavesNoLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out paper
		d := New(Options{Now: time.Now, Out: &out})
		d.Stage("stitching people")
		time.Sleep(5 * time.Second)
		d.Close()
		d.Close()
		wantText(t, "closed", out.String(), "")
	})
}

func TestStates(t *testing.T) {
	second := time.Second
	for _, c := range []struct {
		what string
		s    state
		want string
	}{
		{"rate and time left", state{"reading a", Rows, 25, 100, 10 * second, false}, "reading a: 25 of 100 rows (25 %), 2 rows/s, 30s left"},
		{"time left is rounded up", state{"reading a", Rows, 99, 100, 10 * second, false}, "reading a: 99 of 100 rows (99 %), 10 rows/s, 1s left"},
		{"all done, not ended", state{"reading a", Rows, 100, 100, 10 * second, false}, "reading a: 100 of 100 rows (100 %), 10 rows/s, 0s left"},
		{"nothing done", state{"reading a", Rows, 0, 100, 10 * second, false}, "reading a: 0 of 100 rows (0 %), 10s so far"},
		{"no time gone", state{"reading a", Rows, 5, 100, 0, false}, "reading a: 5 of 100 rows (5 %), 0s so far"},
		{"total unknown", state{"publishing", Bytes, 1_500, Unknown, 3 * second, false}, "publishing: 1.5 kB, 500 B/s, 3s so far"},
		{"one", state{"crediting", Touchpoints, 1, 1, 3 * second, true}, "crediting: 1 touchpoint in 3s, 0 touchpoints/s"},
		{"one row", state{"reading x.parquet", Rows, 0, 1, 3 * second, false}, "reading x.parquet: 0 of 1 row (0 %), 3s so far"},
		{"total zero", state{"crediting", Touchpoints, 0, 0, 3 * second, false}, "crediting: 0 touchpoints, 3s so far"},
		{"more than the total", state{"reading a", Bytes, 2_000_000, 1_000_000, 2 * second, false}, "reading a: 2.0 MB, 1.0 MB/s, 2s so far"},
		{"less than nothing", state{"reading a", Rows, -5, 10, 2 * second, false}, "reading a: -5 rows, 2s so far"},
		{"uneven units foretell nothing", state{"making reports", Reports, 3, 5, 20 * second, false}, "making reports: 3 of 5 reports, 20s so far"},
		{"a slow start", state{"reading a", Rows, 1, 1 << 62, 1000 * time.Hour, false}, "reading a: 1 of 4,611,686,018,427,387,904 rows (0 %), 0 rows/s, 1000h0m0s so far"},
		{"ended", state{"crediting", Touchpoints, 0, 0, 3 * second, true}, "crediting: 0 touchpoints in 3s"},
		{"ended before its total", state{"reading a", Bytes, 5e12, 6e12, 3700 * second, true}, "reading a: 5.0 TB in 1h1m40s, 1.4 GB/s"},
		{"nothing counted", state{"stitching", "", 0, Unknown, 75 * second, true}, "stitching: 1m15s"},
	} {
		wantText(t, c.what, c.s.line(), c.want)
		for width := range 120 {
			if bar := c.s.bar(width); len(bar) > width {
				t.Errorf("%s: %d columns in %d: %q", c.what, len(bar), width, bar)
			}
		}
	}
}

func TestRecords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out paper
		d := New(Options{Now: time.Now, Out: io.Discard, Width: func() int { return 80 }, JSON: slog.New(slog.NewJSONHandler(&out, nil))})
		rows := d.Count("reading a.parquet", Rows, 300)
		rows.Add(100)
		time.Sleep(10 * time.Second)
		synctest.Wait()
		d.Stage("stitching people")
		time.Sleep(2 * time.Second)
		d.End()
		d.Close()
		var found []string
		for line := range strings.Lines(out.String()) {
			var record map[string]any
			if err := json.Unmarshal([]byte(line), &record); err != nil {
				t.Fatalf("%v: %s", err, line)
			}
			delete(record, "time")
			text, err := json.Marshal(record)
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, string(text))
		}
		wantText(t, "records", strings.Join(found, "\n"), strings.Join([]string{
			`{"done":100,"ended":false,"level":"INFO","msg":"reading a.parquet: 100 of 300 rows (33 %), 10 rows/s, 20s left","rate":10,"seconds":10,"seconds_left":20,"stage":"reading a.parquet","total":300,"unit":"rows"}`,
			`{"done":100,"ended":true,"level":"INFO","msg":"reading a.parquet: 100 rows in 10s, 10 rows/s","rate":10,"seconds":10,"seconds_left":null,"stage":"reading a.parquet","total":300,"unit":"rows"}`,
			`{"done":null,"ended":true,"level":"INFO","msg":"stitching people: 2s","rate":null,"seconds":2,"seconds_left":null,"stage":"stitching people","total":null,"unit":null}`,
		}, "\n"))
	})
}

// Quiet: everything may be said to no display, and nothing comes of it.
func TestNoDisplay(t *testing.T) {
	var d *Display
	d.Stage("stitching people")
	d.Count("reading a.csv", Bytes, 10).Add(5)
	d.End()
	d.Close()
}

func TestNamesAreOnlyText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out paper
		d := New(Options{Now: time.Now, Out: &out})
		d.Stage("reading \x1b[31mred\n.csv")
		time.Sleep(2 * time.Second)
		d.End()
		d.Close()
		wantText(t, "line", out.String(), "reading \uFFFD[31mred\uFFFD.csv: 2s\n")
	})
}
