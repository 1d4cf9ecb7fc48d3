// Package acceptance tests the whole job against the oracle, on changed inputs, and under other numbers
// of threads and orders of rows. What it exports are readers of published files, for other tests.
package acceptance

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/csvtest"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/reports"
)

// Nightly leaves a test to make nightly: with -short, as make test has it, there is time for few runs
// of the program.
func Nightly(t *testing.T, why string) {
	t.Helper()
	if testing.Short() {
		t.Skip("left to make nightly: " + why)
	}
}

// A Row of a report, by column.
type Row map[string]string

func ReadReport(t testing.TB, path string) []Row {
	t.Helper()
	var rows []Row
	for _, row := range csvtest.Rows(t, path) {
		rows = append(rows, row)
	}
	return rows
}

// ReadParquet reads a Parquet file of a run whole: text as it is, NULL as "".
func ReadParquet(t testing.TB, directory, name string) []Row {
	t.Helper()
	eng, err := engine.Open(t.Context(), engine.Options{TempDir: t.TempDir(), Directories: []string{directory}})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	var rows []Row
	var header []string
	err = reports.Rows(t.Context(), eng, "SELECT * FROM read_parquet("+engine.Text(filepath.Join(directory, name))+")",
		func(names []string) error {
			header = names
			return nil
		},
		func(cells []reports.Cell) error {
			r := Row{}
			for i, c := range cells {
				r[header[i]] = c.Text
			}
			rows = append(rows, r)
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// FilesOf reads the files of a run, by name: all of those, or those under the given names.
func FilesOf(t testing.TB, directory string, under ...string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := fs.WalkDir(os.DirFS(directory), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if len(under) > 0 && !slices.ContainsFunc(under, func(prefix string) bool { return strings.HasPrefix(name, prefix) }) {
			return nil
		}
		text, err := os.ReadFile(filepath.Join(directory, name))
		found[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatalf("%s holds nothing under %q", directory, under)
	}
	return found
}

// WantSameFiles holds the files of two runs against each other, byte by byte.
func WantSameFiles(t testing.TB, what string, got, want map[string]string) {
	t.Helper()
	for name, text := range want {
		if other, found := got[name]; !found {
			t.Errorf("%s: %s is missing", what, name)
		} else if other != text {
			t.Errorf("%s: %s differs: %s", what, name, firstDifference(other, text))
		}
	}
	for name := range got {
		if _, found := want[name]; !found {
			t.Errorf("%s: %s is too many", what, name)
		}
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d: got %.300q, want %.300q", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}

// WriteCompany writes two years of a company with as many touches, ten to a person, five people to
// an opportunity's account.
func WriteCompany(directory string, touches int) error {
	r := rand.New(rand.NewPCG(1, 1))
	begin := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)
	instant := func(from, days int) string {
		return begin.AddDate(0, 0, from).Add(time.Duration(r.IntN(days*86400)) * time.Second).Format(time.RFC3339)
	}
	people := touches / 10
	accounts := people / 10
	channels := []string{"search", "social", "email", "events", "direct"}
	for name, rows := range map[string]func(w io.Writer){
		"touchpoints.csv": func(w io.Writer) {
			fmt.Fprintln(w, "touch_id,occurred_at,contact_id,email,channel,campaign_id,status")
			for i := range touches {
				person, campaign := r.IntN(people), r.IntN(100)
				contact, email := fmt.Sprintf("c%d", person), ""
				if i%5 == 0 {
					contact, email = "", fmt.Sprintf("p%d@acme%d.example", person, person%accounts)
				}
				fmt.Fprintf(w, "t%d,%s,%s,%s,%s,k%d,\n", i, instant(0, 730), contact, email, channels[campaign%len(channels)], campaign)
			}
		},
		"contacts.csv": func(w io.Writer) {
			fmt.Fprintln(w, "contact_id,account_id,email,created_at")
			for i := range people {
				fmt.Fprintf(w, "c%d,a%d,p%d@acme%d.example,%s\n", i, i%accounts, i, i%accounts, instant(0, 730))
			}
		},
		"opportunities.csv": func(w io.Writer) {
			fmt.Fprintln(w, "opportunity_id,account_id,created_at,closed_at,stage,amount,currency")
			for i := range accounts * 2 {
				fmt.Fprintf(w, "o%d,a%d,%s,%s,%s,%d.%02d,USD\n", i, i%accounts, instant(200, 400), instant(600, 130)[:10], []string{"Closed Won", "Closed Lost"}[r.IntN(2)], r.IntN(100_000), r.IntN(100))
			}
		},
		"costs.csv": func(w io.Writer) {
			fmt.Fprintln(w, "starts_on,ends_on,campaign_id,amount,currency")
			for i := range 100 {
				fmt.Fprintf(w, "2024-01-01,2024-12-31,k%d,%d.123456,USD\n", i, r.IntN(100_000))
			}
		},
	} {
		f, err := os.Create(filepath.Join(directory, name))
		if err != nil {
			return err
		}
		w := bufio.NewWriter(f)
		rows(w)
		if err := w.Flush(); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}
