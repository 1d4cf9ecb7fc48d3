package ingest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/findings"
)

// load writes the files, named by table, and loads them.
func load(t *testing.T, files map[string]string, change func(*config.Job)) (Inputs, *loadedTables, error) {
	t.Helper()
	directory, links := t.TempDir(), t.TempDir()
	job := config.Job{Reporting: config.Reporting{TimeZone: "UTC"}, Tables: map[string]config.Sources{},
		Opportunities: config.Opportunities{WonStages: []string{"Won"}, LostStages: []string{"Lost"}}}
	for name, text := range files {
		path := filepath.Join(directory, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		table, _, _ := strings.Cut(name, ".")
		if job.Tables[table] == nil {
			job.Tables[table] = config.Sources{{}}
		}
		source := &job.Tables[table][0]
		source.Files, source.Paths = append(source.Files, name), append(source.Paths, path)
	}
	if change != nil {
		change(&job)
	}
	eng := openEngine(t, links)
	in, err := Load(t.Context(), eng, job, links, nil)
	return in, &loadedTables{t: t, query: func(query string, dest ...any) error { return eng.Row(t.Context(), query, nil, dest...) }}, err
}

type loadedTables struct {
	t     *testing.T
	query func(string, ...any) error
}

func (l *loadedTables) text(query string) string {
	l.t.Helper()
	var text string
	if err := l.query(query, &text); err != nil {
		l.t.Fatal(err)
	}
	return text
}

const oneOpportunity = "opportunity_id,created_at,stage,amount,currency\no1,2025-01-01,Won,1.00,USD\n"

func TestDuplicatesCollapseOrConflict(t *testing.T) {
	touches := "touch_id,occurred_at,contact_id,channel,updated_at\n" +
		"same,2025-01-01,c1,Ads,\nsame,2025-01-01,c1,Ads,\n" + // equal: one of them
		"newer,2025-01-01,c1,Old,2025-02-01\nnewer,2025-01-01,c1,New,2025-02-02\nnewer,2025-01-01,c1,Old,\n" + // the newest wins
		"tied,2025-01-01,c1,A,2025-02-02\ntied,2025-01-01,c1,B,2025-02-02\n" + // undecided: all of them go
		"equal_newest,2025-01-01,c1,A,2025-02-01\nequal_newest,2025-01-01,c1,B,2025-02-02\nequal_newest,2025-01-01,c1,B,2025-02-02\n" +
		"null_is_a_value,2025-01-01,c1,,\nnull_is_a_value,2025-01-01,c1,NULL,\n"
	in, tables, err := load(t, map[string]string{"touchpoints.csv": touches, "opportunities.csv": oneOpportunity}, func(j *config.Job) {
		j.Quarantine = map[string]float64{"touchpoints": 0.5}
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := tables.text(`SELECT STRING_AGG(touch_id || ':' || channel, ',' ORDER BY touch_id) FROM touchpoints`), "equal_newest:B,newer:New,same:Ads"; got != want {
		t.Errorf("loaded %s, want %s", got, want)
	}
	var lines []int64
	for _, q := range in.Quarantined {
		lines = append(lines, q.Line)
		if q.Column != "touch_id" || q.Reason != reasonOf(t, "touchpoints", "channel") || q.Value != "tied" && q.Value != "null_is_a_value" || !strings.Contains(q.Raw, `"channel"`) {
			t.Errorf("quarantined %+v", q)
		}
	}
	if len(lines) != 4 || lines[0] != 7 || lines[3] != 13 {
		t.Errorf("quarantined lines %v", lines)
	}
	f := in.Files[0]
	if f.RowsIn != 12 || f.Loaded != 3 || f.Quarantined != 4 || f.Deduplicated != 5 {
		t.Errorf("%+v", f)
	}
}

// reasonOf is the reason of copies that differ in these columns.
func reasonOf(t *testing.T, table, columns string) string {
	t.Helper()
	reason, remedy := conflict(tableNamed(t, table))
	return reason + columns + remedy
}

// A reason names the columns in which the newest copies differ, an empty cell among them, and few
// of many; a table without updated_at is not told to give it.
func TestAConflictNamesWhatDiffers(t *testing.T) {
	const touches = "touch_id,occurred_at,contact_id\nt,2025-01-01,c\n"
	for _, test := range []struct{ what, table, rows, columns string }{
		{"an amount and an empty cell", "opportunities", "opportunity_id,created_at,stage,amount,name\no,2025-01-01,Won,1.00,\no,2025-01-01,Won,1.50,x\n", "name, amount"},
		{"a day and an instant", "opportunities", "opportunity_id,created_at,stage\no,2025-01-01,Won\no,2025-01-01T23:59:59.999999Z,Won\n", "created_at"},
		{"an older copy", "opportunities", "opportunity_id,created_at,stage,name,amount,updated_at\no,2025-01-01,Won,a,1,2025-01-01\n" +
			"o,2025-01-01,Won,b,1,2025-01-02\no,2025-01-01,Won,b,2,2025-01-02\n", "amount"},
		{"many columns", "opportunities", "opportunity_id,created_at,stage,name,account_id,owner,competitor,loss_reason,amount\n" +
			"o,2025-01-01,Won,a,a,a,a,a,1\no,2025-01-02,Lost,b,b,b,b,b,2\n", "account_id, name, created_at, stage, amount and 3 more"},
		{"rates", "exchange_rates", "currency,effective_on,rate\nEUR,2025-01-01,1.5\nEUR,2025-01-01,1.6\n", "rate"},
	} {
		files := map[string]string{"opportunities.csv": oneOpportunity, "touchpoints.csv": touches}
		files[test.table+".csv"] = test.rows
		_, _, err := load(t, files, nil)
		if want := reasonOf(t, test.table, test.columns); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v\nwant %s", test.what, err, want)
		}
	}
	if reason := reasonOf(t, "exchange_rates", "rate"); strings.Contains(reason, "updated_at") {
		t.Errorf("rates have no updated_at: %s", reason)
	}
}

func TestLoadRefuses(t *testing.T) {
	touch := "touch_id,occurred_at,contact_id\nt1,2025-01-01T00:00:00Z,c1\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"conflicting opportunities": {map[string]string{"touchpoints.csv": touch, "opportunities.csv": oneOpportunity + "o1,2025-01-01,Lost,1.00,USD\n"},
			"opportunities.csv:2: opportunity_id: \"o1\" " + reasonOf(t, "opportunities", "stage") + "\nopportunities.csv:3: "},
		"an amount too fine, where the currency comes from another table": {map[string]string{"touchpoints.csv": touch,
			"opportunities.csv": "opportunity_id,created_at,stage,amount\no1,2025-01-01,Won,1.5\n",
			"costs.csv":         "starts_on,ends_on,channel,amount,currency\n2025-01-01,2025-01-01,Ads,1,JPY\n"},
			`opportunities.csv:2: amount: "1.5" has more decimals than JPY allows; write at most 0 decimals`},
		"an amount too large": {map[string]string{"touchpoints.csv": touch,
			"opportunities.csv": "opportunity_id,created_at,stage,amount,currency\no1,2025-01-01,Won,92233720368547758.08,USD\n"}, `amount: "92233720368547758.08" is too large`},
		"several currencies": {map[string]string{"touchpoints.csv": touch, "opportunities.csv": oneOpportunity + "o2,2025-01-01,Won,1.00,EUR\n"},
			"amounts are in several currencies (EUR, USD): declare reporting.currency"},
		"a mistyped date": {map[string]string{"touchpoints.csv": touch, "opportunities.csv": oneOpportunity + "o2,2052-01-01,Won,1.00,USD\n"},
			"opportunities.csv:3: created_at: 2052-01-01T23:59:59Z is more than 366 days after 99 % of the touchpoints (2025-01-01)"},
		"two tables at once": {map[string]string{"touchpoints.csv": "touch_id\n", "opportunities.csv": "x\n"}, "opportunities.csv:1"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := load(t, c.files, nil)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestAsOf(t *testing.T) {
	files := map[string]string{
		"touchpoints.csv": "touch_id,occurred_at,contact_id\nt1,2025-01-01T00:00:00Z,c1\nt2,2025-03-02T00:00:00Z,c1\nt3,2025-03-02T00:00:01Z,c1\n",
		// An expected close moves nothing, a close does, a date without a time to the end of its
		// day.
		"opportunities.csv": "opportunity_id,created_at,closed_at,stage,currency\no1,2025-01-01,2025-12-31,Open,USD\no2,2025-01-01,2025-04-01,Lost,USD\n",
	}
	in, _, err := load(t, files, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2025, 4, 1, 23, 59, 59, 999999000, time.UTC); !in.AsOf.Equal(want) {
		t.Errorf("as-of %s, want %s", in.AsOf, want)
	}
	// A touch is late from 24 h after as-of on, and late touches do not count against the share.
	asOf := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	in, tables, err := load(t, files, func(j *config.Job) { j.AsOf = &asOf })
	if err != nil {
		t.Fatal(err)
	}
	if got := tables.text(`SELECT STRING_AGG(touch_id, ',' ORDER BY touch_id) FROM touchpoints`); got != "t1,t2" {
		t.Errorf("loaded %s", got)
	}
	if f := in.Files[0]; f.RowsIn != 3 || f.Loaded != 2 || f.Quarantined != 1 || len(findings.Warnings(in.Findings)) != 1 {
		t.Errorf("%+v, warnings %q", f, findings.Warnings(in.Findings))
	}
	if got := tables.text(`SELECT STRING_AGG(line || ' ' || value, ',') FROM late_touches`); got != "4 2025-03-02 00:00:01" {
		t.Errorf("late %s", got)
	}
}

func TestDigitsBelowMicrosecondsAreCutAndCounted(t *testing.T) {
	in, tables, err := load(t, map[string]string{"opportunities.csv": oneOpportunity, "touchpoints.csv": "touch_id,occurred_at,contact_id,updated_at\n" +
		"t1,2025-01-05T09:00:00.1234567Z,c1,2025-01-06T09:00:00.9999999Z\n" + // two cells
		"t2,2025-01-05T09:00:00.1234560Z,c1,\n" + // nothing is lost
		"t3,2025-01-05T09:00:00.1234567Z,,\n" + // a bad row
		"t4,2025-01-05T09:00:00.000000001Z,c1,\n"}, func(j *config.Job) { j.Quarantine = map[string]float64{"touchpoints": 0.5} })
	if err != nil {
		t.Fatal(err)
	}
	if got, want := tables.text(`SELECT STRING_AGG(CAST(occurred_at AS VARCHAR), ' ' ORDER BY touch_id) FROM touchpoints`), "2025-01-05 09:00:00.123456 2025-01-05 09:00:00.123456 2025-01-05 09:00:00"; got != want {
		t.Errorf("loaded %s, want %s", got, want)
	}
	for _, f := range in.Findings {
		if f.Check == "digits_cut" && f.Table == "touchpoints" {
			if want := "3 times have digits of a second beyond microseconds, which were cut"; f.String() != want || f.Severity != findings.Info {
				t.Errorf("%s %s, want %s", f.Severity, f, want)
			}
			return
		}
	}
	t.Error("no finding")
}
