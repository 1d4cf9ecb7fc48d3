package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/acceptance"
	"github.com/tributary-engine/tributary/internal/csvtest"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/synthetic"
)

// A company's exports, as nights change them.
type exports struct {
	t         *testing.T
	directory string
}

func (e exports) read(table string) [][]string {
	e.t.Helper()
	return csvtest.Records(e.t, filepath.Join(e.directory, table+".csv"))
}

func (e exports) write(table string, rows [][]string) {
	e.t.Helper()
	var text bytes.Buffer
	if err := csv.NewWriter(&text).WriteAll(rows); err != nil {
		e.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(e.directory, table+".csv"), text.Bytes(), 0o600); err != nil {
		e.t.Fatal(err)
	}
}

// change rewrites every row of a table in one column.
func (e exports) change(table, column string, to func(row int, value string) string) {
	rows := e.read(table)
	at := slices.Index(rows[0], column)
	for i, row := range rows[1:] {
		row[at] = to(i, row[at])
	}
	e.write(table, rows)
}

// keep keeps the rows of a table that have some value in a column.
func (e exports) keep(table, column string, wanted func(value string) bool) {
	rows := e.read(table)
	at := slices.Index(rows[0], column)
	e.write(table, append(rows[:1], slices.DeleteFunc(rows[1:], func(row []string) bool { return !wanted(row[at]) })...))
}

// configure changes the configuration.
func (e exports) configure(from, to string) {
	path := filepath.Join(e.directory, "tributary.yaml")
	text, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(text), from) {
		e.t.Fatal(from, err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), from, to, 1)), 0o600); err != nil {
		e.t.Fatal(err)
	}
}

// cut keeps the first rows of a table, as a file cut at a line end does.
func (e exports) cut(table string, share float64) {
	rows := e.read(table)
	e.write(table, rows[:1+int(float64(len(rows)-1)*share)])
}

// company is a copy of the one that nights begin with: its exports, and an output directory with one
// published run.
func company(t *testing.T) (in, out string) {
	t.Helper()
	directory, err := companyOnce()
	if err != nil {
		t.Fatal(err)
	}
	return copyTree(t, filepath.Join(directory, "in")), copyTree(t, filepath.Join(directory, "out"))
}

var companyOnce = sync.OnceValues(func() (string, error) {
	directory, err := shared()
	if err != nil {
		return "", err
	}
	directory = filepath.Join(directory, "nights")
	in, out := filepath.Join(directory, "in"), filepath.Join(directory, "out")
	if _, err := synthetic.Generate(context.Background(), synthetic.Company{Seed: 1, Accounts: 400, Touches: 8000}, synthetic.CSV, in, nil); err != nil {
		return "", err
	}
	if code, output := tonight(in, out); code != 0 {
		return "", fmt.Errorf("the first night ended with %d: %s", code, output)
	}
	return directory, nil
})

// tonight runs the job once, and returns its exit code and what it said.
func tonight(in, out string, flags ...string) (int, string) {
	var output bytes.Buffer
	code := mainBy(time.Now, nil, append([]string{"run", "--config", filepath.Join(in, "tributary.yaml"), "--out", out, "--threads", "1", "--credits", "none", "--tables", "none"}, flags...), &bytes.Buffer{}, &output)
	return code, output.String()
}

// Nights as operators have them. want is the code that heads the refusal or, of a night that is
// published, a part of what it says.
func TestNights(t *testing.T) {
	t.Parallel()
	acceptance.Nightly(t, "many runs")
	in, out := company(t)
	type aNight struct {
		name   string
		change func(e exports)
		exit   failure.Code
		want   string
	}
	nights := []aNight{
		{"the same files as yesterday", func(exports) {}, 0, "nothing new was delivered"},
		{"a normal night", func(e exports) {
			rows := e.read("touchpoints")
			for i, row := range rows[len(rows)-40:] {
				copied := slices.Clone(row)
				copied[slices.Index(rows[0], "touch_id")] = fmt.Sprintf("TONIGHT-%d", i)
				rows = append(rows, copied)
			}
			e.write("touchpoints", rows)
		}, 0, "since run 000001: touchpoints +40 rows"},
		{"an amount changed", func(e exports) {
			e.change("opportunities", "amount", func(row int, amount string) string {
				if row == 3 {
					return "123456.78"
				}
				return amount
			})
		}, 0, "1 opportunity is worth another amount"},
		{"late touches", func(e exports) {
			rows := e.read("touchpoints")
			for i, row := range rows[100:115] {
				copied := slices.Clone(row)
				copied[slices.Index(rows[0], "touch_id")] = fmt.Sprintf("LATE-%d", i)
				rows = append(rows, copied)
			}
			e.write("touchpoints", rows)
		}, 0, "settled changed since run 000001"},
		{"costs twice", func(e exports) { rows := e.read("costs"); e.write("costs", append(rows, rows[1:]...)) }, failure.Refused, "rows-twice"},
		{"history twice", func(e exports) {
			rows := e.read("stage_history")
			e.write("stage_history", append(rows, rows[1:]...))
		}, failure.Refused, "rows-twice"},
		{"a won stage renamed", func(e exports) {
			e.change("opportunities", "stage", func(_ int, stage string) string { return strings.ReplaceAll(stage, "Closed Won", "Signed") })
		}, failure.Refused, "words-changed"},
		{"contact ids with .0", func(e exports) {
			e.change("touchpoints", "contact_id", func(_ int, id string) string {
				if id == "" {
					return id
				}
				return id + ".0"
			})
		}, failure.Refused, "share-fell"},
		{"account ids with .0", func(e exports) {
			e.change("accounts", "account_id", func(_ int, id string) string { return id + ".0" })
		}, failure.Refused, "share-fell"},
		{"an old month cut while the table grew", func(e exports) {
			rows := e.read("touchpoints")
			at, id := slices.Index(rows[0], "occurred_at"), slices.Index(rows[0], "touch_id")
			month := rows[len(rows)/2][at][:7]
			kept := rows[:1]
			for _, row := range rows[1:] {
				if row[at][:7] != month {
					kept = append(kept, row)
				}
			}
			for i := range len(rows) - len(kept) + 50 {
				copied := slices.Clone(rows[len(rows)-1-i%200])
				copied[id] = fmt.Sprintf("NEW-%d", i)
				kept = append(kept, copied)
			}
			e.write("touchpoints", kept)
		}, failure.Refused, "month-fell"},
		{"a column of amounts emptied", func(e exports) { e.change("opportunities", "amount", func(int, string) string { return "" }) }, failure.Refused, "column-emptied"},
		{"a tenth of the close dates gone", func(e exports) {
			e.change("opportunities", "closed_at", func(row int, day string) string {
				if row%10 == 0 {
					return ""
				}
				return day
			})
		}, failure.Refused, "column-emptied"},
		{"statuses emptied", func(e exports) { e.change("touchpoints", "status", func(int, string) string { return "" }) }, failure.Refused, "column-emptied"},
		{"a column gone", func(e exports) {
			rows := e.read("leads")
			at := slices.Index(rows[0], "converted_contact_id")
			for i, row := range rows {
				rows[i] = slices.Delete(row, at, at+1)
			}
			e.write("leads", rows)
		}, failure.Refused, "column-emptied"},
		{"touches twice under new ids", func(e exports) {
			rows := e.read("touchpoints")
			for _, row := range rows[1:] {
				copied := slices.Clone(row)
				copied[slices.Index(rows[0], "touch_id")] += "-again"
				rows = append(rows, copied)
			}
			e.write("touchpoints", rows)
		}, failure.Refused, "rows-rose"},
		{"an older as-of", func(e exports) { e.configure("as_of: 2026-06-30", "as_of: 2026-05-31") }, failure.Refused, "as-of-fell"},
		{"a look-back of a day", func(e exports) {
			e.configure("\npeople:", "\njourney: {lookback_days: 1, person_lookback_days: 1}\npeople:")
		}, failure.Refused, "attributed-fell"},
		{"costs that stand still", func(e exports) { e.keep("costs", "starts_on", func(day string) bool { return day < "2026-05-10" }) }, failure.Refused, "lag"},
		{"cost given back", func(e exports) {
			e.change("costs", "amount", func(row int, amount string) string {
				if row == 5 {
					return "0.01"
				}
				return amount
			})
		}, 0, "older than 30 days before as-of fell by"},
		{"an export that rolls", func(e exports) {
			rows := e.read("touchpoints")
			at := slices.Index(rows[0], "occurred_at")
			months := map[string]int{}
			for _, row := range rows[1:] {
				months[row[at][:7]]++
			}
			oldest := "9999-12"
			for month, rows := range months {
				if rows >= 20 { // mistyped dates stand alone
					oldest = min(oldest, month)
				}
			}
			e.keep("touchpoints", "occurred_at", func(at string) bool { return at[:7] > oldest })
		}, 0, "touchpoints begins later than in run 000001"},
		{"a few bad rows", func(e exports) {
			e.change("touchpoints", "occurred_at", func(row int, at string) string {
				if row < 3 {
					return "yesterday"
				}
				return at
			})
		}, 0, "in the quarantine, 3 more than in run 000001"},
		{"touchpoints without a row", func(e exports) { e.cut("touchpoints", 0) }, failure.Refused, "rows-fell"},
	}
	tables, err := filepath.Glob(filepath.Join(in, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range tables {
		table := strings.TrimSuffix(filepath.Base(path), ".csv")
		for _, share := range []float64{0.85, 0.4} {
			nights = append(nights, aNight{fmt.Sprintf("%s cut to %g", table, share), func(e exports) { e.cut(table, share) }, failure.Refused, "rows-fell"})
		}
		if table == "touchpoints" || table == "opportunities" {
			continue // without them a run says so with exit code 3
		}
		nights = append(nights, aNight{table + " gone", func(e exports) {
			if err := os.Remove(filepath.Join(e.directory, table+".csv")); err != nil {
				t.Fatal(err)
			}
		}, failure.Refused, "table-gone"}, aNight{table + " with a header only", func(e exports) { e.cut(table, 0) }, failure.Refused, "rows-fell"})
	}
	for _, n := range nights {
		t.Run(n.name, func(t *testing.T) {
			t.Parallel()
			in, out := copyTree(t, in), copyTree(t, out)
			n.change(exports{t, in})
			code, output := tonight(in, out)
			if code != int(n.exit) {
				t.Fatalf("ended with %d, want %d: %s", code, n.exit, output)
			}
			if n.exit == 0 {
				if !strings.Contains(output, n.want) || current(t, out) != "runs/000002" {
					t.Errorf("current is %s; it says %s, want something of %q", current(t, out), output, n.want)
				}
				return
			}
			if !strings.Contains(output, "error: "+n.want+": ") || current(t, out) != "runs/000001" {
				t.Errorf("current is %s; it says %s, want %s first", current(t, out), output, n.want)
			}
			if _, err := os.Stat(filepath.Join(out, "refused", "000002", "findings.json")); err != nil {
				t.Error(err)
			}
			if strings.HasPrefix(n.name, "exchange_rates") {
				return // without rates amounts cannot be converted, whoever accepts it
			}
			if strings.HasSuffix(n.name, " cut to 0.85") {
				return // accepted as the same table cut to 0.4 is
			}
			var flags []string
			for _, accept := range regexp.MustCompile(`--accept (\S+)="WHY"`).FindAllStringSubmatch(output, -1) {
				flags = append(flags, "--accept", accept[1]+"=it is right")
			}
			if code, output := tonight(in, out, flags...); code != 0 || current(t, out) != "runs/000003" {
				t.Errorf("once accepted it ended with %d: %s", code, output)
			}
		})
	}
}

// A first run on a raw export, whose members are all Sent, says which key lets them count.
func TestAFirstRunThatAttributesNothing(t *testing.T) {
	acceptance.Nightly(t, "many runs")
	t.Parallel()
	in, _ := company(t)
	exports{t, in}.change("touchpoints", "status", func(int, string) string { return "Sent" })
	out := filepath.Join(t.TempDir(), "out")
	code, output := tonight(in, out)
	for _, want := range []string{"error: nothing-attributed: ", "with the status `Sent`", "journey.responses lists statuses that count"} {
		if code != int(failure.Refused) || !strings.Contains(output, want) {
			t.Errorf("ended with %d and %s, want %q", code, output, want)
		}
	}
	exports{t, in}.configure("\npeople:", "\njourney: {responses: [Sent]}\npeople:")
	if code, output := tonight(in, out); code != 0 {
		t.Errorf("with the key it ended with %d: %s", code, output)
	}
}

// A leak of five percent a night passes every comparison with the night before, and is stopped by
// the fourth. Touches have months, which fall sooner; the links of identity_map have none, and are
// held against the greatest of the last ten nights.
func TestALeakIsStopped(t *testing.T) {
	t.Parallel()
	acceptance.Nightly(t, "many runs")
	in, out := company(t)
	for table, want := range map[string]string{"touchpoints": "-fell: touchpoints", "identity_map": "rows-fell: identity_map has "} {
		t.Run(table, func(t *testing.T) {
			t.Parallel()
			in, out := copyTree(t, in), copyTree(t, out)
			for night := 1; night <= 4; night++ {
				exports{t, in}.cut(table, 0.95)
				code, output := tonight(in, out)
				if code == int(failure.Refused) {
					if !strings.Contains(output, want) {
						t.Errorf("stopped for another reason: %s", output)
					}
					return
				}
				if code != 0 {
					t.Fatalf("night %d ended with %d: %s", night, code, output)
				}
			}
			t.Error("it was not stopped by the fourth night of the leak")
		})
	}
}

func copyTree(t *testing.T, from string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), filepath.Base(from))
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return to
}

func current(t *testing.T, out string) string {
	t.Helper()
	link, err := os.Readlink(filepath.Join(out, "current"))
	if err != nil {
		t.Fatal(err)
	}
	return link
}
