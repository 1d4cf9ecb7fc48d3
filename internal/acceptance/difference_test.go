package acceptance

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/csvtest"
	"github.com/tributary-engine/tributary/internal/difference"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/oracle"
	"github.com/tributary-engine/tributary/internal/replay"
)

// Any two inputs: crediting the tables of the runs again comes to what the later run published, so
// that nothing is left without a cause, and the causes that the change has are found.
func TestDifferencesAreExplained(t *testing.T) {
	Nightly(t, "many runs")
	t.Parallel()
	var lock sync.Mutex
	causes := map[string]int{}
	compared := 0
	t.Cleanup(func() {
		if judged() >= 40 && (compared < varied() || len(causes) < 6) {
			t.Errorf("%d pairs of runs compared, with the causes %v: too few to test anything", compared, causes)
		}
	})
	for i := range varied() {
		s := *seed + uint64(i)
		t.Run(fmt.Sprintf("seed_%d", s), func(t *testing.T) {
			t.Parallel()
			world := func() oracle.World { return oracle.Random(rand.New(rand.NewPCG(s, 17))) }
			first, err := runOf(t, world())
			if err != nil {
				t.Fatal(err)
			}
			second, runs := changedRun(t, rand.New(rand.NewPCG(s, 19)), world, first.Manifest.ReportingCurrency)
			if !runs {
				t.Fatal("none of the changed worlds can be run")
			}
			for _, model := range []string{"w_shaped"} {
				c, err := difference.Compare(t.Context(), first, second, model, nil)
				if err != nil {
					t.Fatal(err)
				}
				var out bytes.Buffer
				if err := c.WriteCSV(t.Context(), &out); err != nil {
					t.Fatal(err)
				}
				if _, err := c.Summary(t.Context(), 10); err != nil {
					t.Fatal(err)
				}
				if err := c.Close(); err != nil {
					t.Fatal(err)
				}
				records := csvtest.Parse(t, out.String())
				lock.Lock()
				for _, record := range records[1:] {
					causes[record[0]]++
					if record[0] == difference.Unexplained.String() || record[0] == difference.Version.String() {
						t.Errorf("%s: without a cause: %v", model, record)
					}
				}
				compared++
				lock.Unlock()
			}
		})
	}
}

// changedRun runs the world with random changes. Some changes make a world that cannot be run, or
// one that reports in another currency: it tries others, a few times.
func changedRun(t *testing.T, r *rand.Rand, world func() oracle.World, currency string) (run replay.Run, runs bool) {
	t.Helper()
	for range 10 {
		changed := world()
		mutate(r, &changed)
		run, err := runOf(t, changed)
		if err == nil && run.Manifest.ReportingCurrency == currency {
			return run, true
		}
		t.Logf("not compared: %v", err)
	}
	return replay.Run{}, false
}

// runOf runs a world, whatever it lacks.
func runOf(t *testing.T, w oracle.World) (replay.Run, error) {
	t.Helper()
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	if err := w.Write(in, nil); err != nil {
		t.Fatal(err)
	}
	settings := jobFor(t, w, in, out)
	settings.Models = nil
	settings.CustomModels = []config.CustomModel{}
	settings.PrimaryModel = "w_shaped"
	if _, err := job.Run(t.Context(), settings, job.Options{Now: time.Now}); err != nil {
		return replay.Run{}, err
	}
	return replay.Open(filepath.Join(out, "runs", "000001"))
}

// mutate takes rows out of every table of a world, and gives others a value of another row.
func mutate(r *rand.Rand, w *oracle.World) {
	world := reflect.ValueOf(w).Elem()
	for i := range world.NumField() {
		rows := world.Field(i)
		if rows.Kind() != reflect.Slice || rows.Type().Elem().Kind() != reflect.Struct {
			continue
		}
		kept := reflect.MakeSlice(rows.Type(), 0, rows.Len())
		for n := range rows.Len() {
			row := reflect.New(rows.Type().Elem()).Elem()
			row.Set(rows.Index(n))
			if r.IntN(20) == 0 {
				continue
			}
			if r.IntN(6) == 0 && row.NumField() > 1 {
				field := 1 + r.IntN(row.NumField()-1)
				row.Field(field).Set(rows.Index(r.IntN(rows.Len())).Field(field))
			}
			kept = reflect.Append(kept, row)
		}
		rows.Set(kept)
	}
	if r.IntN(2) == 0 {
		w.Options.LookbackDays = 1 + r.IntN(400)
	}
}
