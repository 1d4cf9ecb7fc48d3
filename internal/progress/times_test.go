package progress

import (
	"io"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestTimesOfStages(t *testing.T) {
	for what, o := range map[string]Options{
		"shown":   {Out: io.Discard},
		"records": {JSON: slog.New(slog.DiscardHandler)},
		"quiet":   {},
	} {
		synctest.Test(t, func(t *testing.T) {
			var used time.Duration
			o.Now, o.CPU = time.Now, func() time.Duration { return used }
			d := New(o)
			want := func(at string, want ...StageTime) {
				t.Helper()
				if got := d.Times(); !slices.Equal(got, want) {
					t.Errorf("%s, %s: %v, want %v", what, at, got, want)
				}
			}
			work := func(wall, cpu time.Duration) { time.Sleep(wall); used += cpu }
			want("at first")
			d.Count("reading a.csv", Bytes, 10)
			work(2*time.Second, 3*time.Second)
			want("under way", StageTime{"reading a.csv", 2 * time.Second, 3 * time.Second})
			d.Stage("checking")
			work(time.Second, time.Second)
			d.End()
			work(time.Hour, time.Hour) // between stages
			d.Count("reading a.csv", Bytes, 10)
			work(time.Second, time.Second)
			d.Stage("publishing")
			work(5*time.Second, time.Second)
			d.Close() // the stage has failed
			work(time.Hour, time.Hour)
			d.Close()
			want("at the end", StageTime{"reading a.csv", 3 * time.Second, 4 * time.Second}, StageTime{"checking", time.Second, time.Second}, StageTime{"publishing", 5 * time.Second, time.Second})
		})
	}
	if times := (*Display)(nil).Times(); times != nil {
		t.Errorf("of no display: %v", times)
	}
}

func TestProcessorTimeGrows(t *testing.T) {
	before := ProcessCPU()
	if before == 0 {
		t.Skip("this system does not tell it")
	}
	for begin := time.Now(); ProcessCPU() == before; {
		if time.Since(begin) > 10*time.Second {
			t.Fatal("ten seconds of work took no processor time")
		}
	}
}
