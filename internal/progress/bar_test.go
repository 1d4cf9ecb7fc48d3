package progress

import (
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// screen is what a terminal shows after it has got some text.
func screen(text string) string {
	var lines []string
	line := ""
	for len(text) > 0 {
		switch {
		case strings.HasPrefix(text, eraseLine):
			line, text = "", text[len(eraseLine):]
			continue
		case text[0] == '\n':
			lines, line = append(lines, line), ""
		default:
			line += text[:1]
		}
		text = text[1:]
	}
	return strings.Join(append(lines, line), "\n")
}

func TestBar(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out paper
		var columns atomic.Int64
		columns.Store(80)
		d := New(Options{Now: time.Now, Out: &out, Width: func() int { return int(columns.Load()) }})
		see := func(what, want string) {
			t.Helper()
			synctest.Wait()
			wantText(t, what, screen(out.String()), want)
		}
		read := d.Count("reading a.csv", Bytes, 10_000_000)
		see("at first", "")
		read.Add(1_000_000)
		time.Sleep(500 * time.Millisecond)
		see("a bar", "reading a.csv [==>                       ] 1.0 MB of 10.0 MB, 2.5 MB/s, 4s left")
		if _, err := d.Write([]byte("a line of the log\n")); err != nil {
			t.Fatal(err)
		}
		see("a line goes above the bar", "a line of the log\nreading a.csv [==>                       ] 1.0 MB of 10.0 MB, 2.0 MB/s, 5s left")
		columns.Store(40)
		time.Sleep(500 * time.Millisecond)
		see("a narrow terminal", "a line of the log\nreading a.csv [>        ] 10 %, 9s left")
		columns.Store(0)
		time.Sleep(200 * time.Millisecond)
		d.Stage("stitching people")
		see("the next stage takes its place", "a line of the log\nreading a.csv: 1.0 MB in 1s, 833.3 kB/s\nstitching people [<=>                           ] 0s so far")
		time.Sleep(30 * time.Second)
		synctest.Wait()
		before := screen(out.String())
		see("no lines beside a bar", before)
		if !strings.HasSuffix(before, "] 30s so far") || strings.Count(before, "\n") != 2 {
			t.Errorf("after 30 s: %q", before)
		}
		d.Close()
		see("closed", "a line of the log\nreading a.csv: 1.0 MB in 1s, 833.3 kB/s\n")
		time.Sleep(time.Second)
		see("nothing is drawn any more", "a line of the log\nreading a.csv: 1.0 MB in 1s, 833.3 kB/s\n")
	})
}

func TestTheEndTakesTheBarAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out paper
		d := New(Options{Now: time.Now, Out: &out, Width: func() int { return 80 }})
		d.Stage("checking")
		time.Sleep(900 * time.Millisecond)
		d.End()
		time.Sleep(time.Second)
		wantText(t, "ended", screen(out.String()), "")
		if out.String() == "" {
			t.Error("nothing was drawn at all")
		}
		d.Close()
	})
}

func TestDrawings(t *testing.T) {
	for _, c := range []struct {
		s    state
		want string
	}{
		{state{unit: Rows, done: 0, total: 10}, ">         "},
		{state{unit: Rows, done: 5, total: 10}, "=====>    "},
		{state{unit: Rows, done: 10, total: 10}, "=========="},
		{state{unit: Rows, done: 11, total: 10}, "<=>       "},
		{state{elapsed: 7 * frame}, "       <=>"},
		{state{elapsed: 8 * frame}, "      <=> "},
		{state{elapsed: 14 * frame}, "<=>       "},
	} {
		wantText(t, "drawing", c.s.drawing(10), c.want)
	}
}

// What has no room goes as a whole, the rate first; no word is cut.
func TestNarrowBars(t *testing.T) {
	generating := state{"writing a company", Touchpoints, 12_345_678, 20_000_000, 6 * time.Second, false}
	for _, c := range []struct {
		s     state
		width int
		want  string
	}{
		{generating, 100, "writing a company [==================>           ] 12.3 M of 20.0 M touchpoints, 2.1 M/s, 4s left"},
		{generating, 84, "writing a company [==========>      ] 12.3 M of 20.0 M touchpoints, 2.1 M/s, 4s left"},
		{generating, 65, "writing a company [====>  ] 12.3 M of 20.0 M touchpoints, 4s left"},
		{generating, 63, "writing a company: 12.3 M of 20.0 M touchpoints (61 %), 4s left"},
		{generating, 58, "writing a company [==============>         ] 61 %, 4s left"},
		{generating, 36, "writing a company: 61 %, 4s left"},
		{generating, 31, "61 %, 4s left"},
		{generating, 12, "61 %"},
		{generating, 3, ""},
		{state{"making reports", Reports, 3, 5, 20 * time.Second, false}, 30, "making reports: 20s so far"},
		{state{stage: "stitching people", elapsed: 20 * time.Second}, 20, "20s so far"},
		{state{"reading a", Rows, 9_999, 1_234_567, time.Second, false}, 100, "reading a [>                             ] 9999 of 1.2 M rows, 9999/s, 2m3s left"},
	} {
		wantText(t, "bar", c.s.bar(c.width), c.want)
	}
}
