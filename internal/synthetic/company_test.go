package synthetic

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/progress"
)

func one(t *testing.T, eng *engine.Engine, query string) (n int64) {
	t.Helper()
	if err := eng.Row(t.Context(), "SELECT CAST(("+query+") AS BIGINT)", nil, &n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func written(t *testing.T, c Company, format Format) string {
	t.Helper()
	directory := t.TempDir()
	if _, err := writeTables(t.Context(), c, format, directory, nil); err != nil {
		t.Fatal(err)
	}
	return directory
}

// digest is over the names and bytes of a directory's files.
func digest(t *testing.T, directory string) string {
	t.Helper()
	hash := sha256.New()
	if err := fs.WalkDir(os.DirFS(directory), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(directory, name))
		fmt.Fprintf(hash, "%s %d\n%s", name, len(text), text)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// recorded is the digest of the CSV files below. It is the same on every machine; it changes when
// the company does.
const recorded = "481b377e11debd60bba1d12e50a289314f36dea83d6762d312223080e933b27c"

func TestSameFlagsGiveTheSameBytes(t *testing.T) {
	c := Company{Seed: 1, Accounts: 50, Touches: 5000}
	if got := digest(t, written(t, c, CSV)); got != recorded {
		t.Errorf("the company has changed: its digest is %s", got)
	}
	first := digest(t, written(t, c, Parquet))
	before := runtime.GOMAXPROCS(1)
	second := digest(t, written(t, c, Parquet))
	runtime.GOMAXPROCS(before)
	if first != second {
		t.Error("Parquet: the same flags gave other bytes")
	}
	c.Seed = 2
	if digest(t, written(t, c, CSV)) == recorded {
		t.Error("another seed gave the same company")
	}
}

// More touches change no other table.
func TestTouchesLeaveTheRestAlone(t *testing.T) {
	few := written(t, Company{Seed: 3, Accounts: 60, Touches: 100}, CSV)
	many := written(t, Company{Seed: 3, Accounts: 60, Touches: 9000}, CSV)
	for _, table := range tables() {
		if table.Name == "touchpoints" {
			continue
		}
		name := table.Name + ".csv"
		a, err := os.ReadFile(filepath.Join(few, name))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(many, name))
		if err != nil {
			t.Fatal(err)
		}
		if string(a) != string(b) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestTouchesAreAsManyAsAsked(t *testing.T) {
	for _, c := range []Company{{1, 1, 0}, {1, 1, 1}, {1, 1, 777}, {9, 30, 2000}, {5, 500, 20}, {4, 300, 30_011}} {
		eng := filesOf(t, written(t, c, CSV))
		if n := one(t, eng, `SELECT COUNT(DISTINCT touch_id) FROM touchpoints`); n != c.Touches {
			t.Errorf("%+v: %d distinct touches", c, n)
		}
		if n := one(t, eng, `SELECT COUNT(DISTINCT account_id) FROM accounts WHERE account_id <> 'A-TEST'`); n != c.Accounts {
			t.Errorf("%+v: %d accounts", c, n)
		}
	}
}

// Every table has rows, and every column of the contract is filled somewhere: in a company as small
// as init writes, too.
func TestEveryColumnIsFilledSomewhere(t *testing.T) {
	for _, c := range []Company{{1, 2000, 40_000}, {Seed: 1, Accounts: 40, Touches: 3000}} {
		eng := filesOf(t, written(t, c, CSV))
		for _, table := range tables() {
			for _, column := range table.Columns {
				if c.Accounts < 1000 && column.Name == "reverses_opportunity_id" {
					continue // a refund is too rare
				}
				if one(t, eng, "SELECT COUNT("+column.Name+") FROM "+table.Name) == 0 {
					t.Errorf("%+v: %s.%s is empty", c, table.Name, column.Name)
				}
			}
		}
	}
}

// What real exports hold, and no rate states: queries that have to find nothing, and some that have
// to find something.
func TestTheCompanyHangsTogether(t *testing.T) {
	eng := filesOf(t, written(t, Company{Seed: 1, Accounts: 2000, Touches: 200_000}, CSV))
	withOffice(t, eng)
	for _, view := range viewsOfChecks {
		if err := eng.Exec(t.Context(), view); err != nil {
			t.Fatal(err)
		}
	}
	for what, query := range map[string]string{
		"MQL before lead": `SELECT COUNT(*) FROM mql INNER JOIN step AS s ON s.unit = mql.person AND s.entity_type <> 'opportunity' AND s.stage = 'lead' WHERE mql.moment < s.moment`,
		"a deal before SQL of the one who brings it": `SELECT COUNT(*) FROM (SELECT f.person, MIN(CAST(f.created_at AS TIMESTAMP)) AS created FROM first_person AS f GROUP BY 1) AS f
			INNER JOIN step AS s ON s.unit = f.person AND s.stage = 'SQL' AND s.moment > f.created
			WHERE NOT EXISTS (SELECT 1 FROM step AS e WHERE e.unit = f.person AND e.stage = 'SQL' AND e.moment <= f.created) AND s.moment < f.created + INTERVAL 1 HOUR`,
		"a deal won and not closed in its history": `SELECT COUNT(*) FROM deal AS d WHERE d.stage = 'Closed Won' AND NOT EXISTS
			(SELECT 1 FROM step AS s WHERE s.entity_id = d.opportunity_id AND s.stage = 'Closed Won' AND CAST(s.moment AS DATE) = CAST(d.closed_at AS DATE))`,
		"something after the window": `SELECT COUNT(*) FROM (SELECT moment FROM touch UNION ALL SELECT moment FROM step UNION ALL SELECT moment FROM worked
			UNION ALL SELECT CAST(created_at AS TIMESTAMP) FROM deal UNION ALL SELECT CAST(created_at AS TIMESTAMP) FROM lead) WHERE moment < '2023-07-01' OR moment >= '2026-07-01'`,
		"a cost outside the window":    `SELECT COUNT(*) FROM costs WHERE starts_on < '2023-07-01' OR ends_on > '2026-06-30' OR ends_on < starts_on`,
		"a touch on TV or a billboard": `SELECT COUNT(*) FROM touch WHERE channel IN ('TV', 'Billboard')`,
		"a parent that comes later":    `SELECT COUNT(*) FROM account WHERE CAST(SUBSTR(parent_account_id, 3) AS BIGINT) >= CAST(SUBSTR(account_id, 3) AS BIGINT)`,
		"a refund that is no mirror": `SELECT COUNT(*) FROM deal AS r INNER JOIN deal AS d ON d.opportunity_id = r.reverses_opportunity_id
			WHERE CAST(r.amount AS DECIMAL(18, 2)) <> -CAST(d.amount AS DECIMAL(18, 2)) OR r.closed_at < d.closed_at`,
		"a duplicate where none may be": `SELECT COUNT(*) FROM (SELECT 1 FROM exchange_rates GROUP BY currency, effective_on HAVING COUNT(*) > 1)`,
	} {
		if n := one(t, eng, query); n != 0 {
			t.Errorf("%s: %d", what, n)
		}
	}
	for what, query := range map[string]string{
		"costs of channels without touches":    `SELECT COUNT(*) FROM costs WHERE channel IN ('TV', 'Billboard') AND campaign_id IS NULL`,
		"costs of campaigns":                   `SELECT COUNT(*) FROM costs WHERE campaign_id IS NOT NULL AND channel IS NULL`,
		"costs of several days":                `SELECT COUNT(*) FROM costs WHERE ends_on > starts_on`,
		"costs in EUR":                         `SELECT COUNT(*) FROM costs WHERE currency = 'EUR'`,
		"costs in USD":                         `SELECT COUNT(*) FROM costs WHERE currency = 'USD'`,
		"costs of six decimals":                `SELECT COUNT(*) FROM costs WHERE NOT ENDS_WITH(amount, '0000')`,
		"open deals":                           `SELECT COUNT(*) FROM deal WHERE stage NOT LIKE 'Closed%'`,
		"losses to a competitor":               `SELECT COUNT(*) FROM deal WHERE stage = 'Closed Lost' AND competitor IS NOT NULL AND loss_reason IS NOT NULL`,
		"names with a comma":                   `SELECT COUNT(*) FROM account WHERE CONTAINS(name, ',')`,
		"names with an accent":                 `SELECT COUNT(*) FROM account WHERE name <> STRIP_ACCENTS(name)`,
		"campaigns with a budget":              `SELECT COUNT(*) FROM campaigns WHERE budget IS NOT NULL AND parent_campaign_id IS NOT NULL`,
		"years with a budget":                  `SELECT COUNT(*) FROM campaigns WHERE budget IS NOT NULL AND parent_campaign_id IS NULL`,
		"terms of more than a year":            `SELECT COUNT(*) FROM deal WHERE CAST(term_months AS BIGINT) > 12`,
		"entries of contacts":                  `SELECT COUNT(*) FROM stage_history WHERE entity_type = 'contact' AND stage = 'SQL'`,
		"MQLs that came again after recycling": `SELECT COUNT(*) FROM step AS s INNER JOIN mql ON mql.person = s.unit AND s.stage = 'MQL' AND s.moment > mql.moment WHERE s.entity_type <> 'opportunity'`,
		"unowned leads":                        `SELECT COUNT(*) FROM lead WHERE owner IS NULL`,
		"edits that name an owner":             `SELECT COUNT(*) FROM step AS s INNER JOIN mql ON mql.person = s.unit AND s.stage = 'MQL' AND s.moment > mql.moment WHERE s.owner IS NOT NULL`,
		"people with whom sales is working":    `SELECT COUNT(*) FROM step WHERE stage = 'Working' AND owner IS NOT NULL`,
		"campaigns after the window":           `SELECT COUNT(*) FROM campaigns WHERE starts_on > '2026-06-30' AND CAST(expected_leads AS BIGINT) > 0 AND ends_on >= starts_on`,
		"capacity after the window":            `SELECT COUNT(*) FROM capacity WHERE week > '2026-06-30'`,
		"goals for the year":                   `SELECT COUNT(*) FROM targets WHERE period_start = '2026-01-01' AND period_end = '2026-12-31'`,
		"dates of contacts without a time":     `SELECT COUNT(*) FROM contacts WHERE LENGTH(created_at) = 10`,
		"instants with a part of a second":     `SELECT COUNT(*) FROM touch WHERE CONTAINS(occurred_at, '.')`,
	} {
		if one(t, eng, query) == 0 {
			t.Errorf("there are no %s", what)
		}
	}
	// Of the people who were leads and have touches by an id or e-mail, most were met before they
	// became a lead, or then.
	met := `SELECT 100 * AVG(CAST(t.first <= CAST(l.created_at AS TIMESTAMP) + INTERVAL 10 MINUTE AS INT)) FROM lead AS l INNER JOIN
		(SELECT lead_id, MIN(moment) AS first FROM touch WHERE lead_id IS NOT NULL GROUP BY 1) AS t USING (lead_id)`
	if n := one(t, eng, met); n < 90 {
		t.Errorf("only %d %% of leads were met before they became one", n)
	}
}

// Both formats hold the same cells in the same order: what Parquet has typed is the text of CSV,
// read as that type.
func TestParquetIsTyped(t *testing.T) {
	c := Company{Seed: 1, Accounts: 300, Touches: 20_000}
	directory, texts := written(t, c, Parquet), written(t, c, CSV)
	eng, err := engine.Open(t.Context(), engine.Options{Directories: []string{directory, texts}})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	for _, table := range tables() {
		var text, same []string
		for _, column := range table.Columns {
			kind := parquetType(table.Name, column)
			text = append(text, "CAST("+column.Name+" AS "+kind+") AS "+column.Name)
			same = append(same, "p."+column.Name+" IS NOT DISTINCT FROM c."+column.Name)
		}
		parquet := "read_parquet(" + engine.Text(filepath.Join(directory, table.Name+".parquet")) + ")"
		csv := "read_csv(" + engine.Text(filepath.Join(texts, table.Name+".csv")) + ", header = true, all_varchar = true, quote = '\"', escape = '\"', delim = ',')"
		if n := one(t, eng, "SELECT COUNT(*) FROM (SELECT ROW_NUMBER() OVER () AS at, * FROM "+parquet+") AS p FULL JOIN (SELECT ROW_NUMBER() OVER () AS at, "+
			strings.Join(text, ", ")+" FROM "+csv+") AS c ON c.at = p.at WHERE p.at IS NULL OR c.at IS NULL OR NOT ("+strings.Join(same, " AND ")+")"); n != 0 {
			t.Errorf("%s: %d rows differ", table.Name, n)
		}
		if n := one(t, eng, "SELECT COUNT(*) FROM "+parquet); n == 0 {
			t.Errorf("%s has no rows", table.Name)
		}
	}
	var types string
	if err := eng.Row(t.Context(), `SELECT STRING_AGG(DISTINCT TYPEOF(starts_on) || ' ' || TYPEOF(amount) || ' ' || TYPEOF(channel), ',') FROM read_parquet(?)`,
		[]any{filepath.Join(directory, "costs.parquet")}, &types); err != nil {
		t.Fatal(err)
	}
	if types != "DATE DECIMAL(18,6) VARCHAR" {
		t.Errorf("costs are %s", types)
	}
}

// The numbers of one table are those of its name in the contract.
func TestTablesStandInTheOrderOfTheContract(t *testing.T) {
	names := map[int]string{accountsTable: "accounts", contactsTable: "contacts", leadsTable: "leads", identityMapTable: "identity_map",
		campaignsTable: "campaigns", touchpointsTable: "touchpoints", opportunitiesTable: "opportunities", opportunityContactsTable: "opportunity_contacts",
		stageHistoryTable: "stage_history", costsTable: "costs", activitiesTable: "activities", exchangeRatesTable: "exchange_rates",
		targetsTable: "targets", capacityTable: "capacity"}
	all := tables()
	if len(all) != tableCount {
		t.Fatalf("the contract has %d tables, and the company %d", len(all), tableCount)
	}
	for i, table := range all {
		if names[i] != table.Name {
			t.Errorf("table %d is %s", i, table.Name)
		}
	}
	touch := all[touchpointsTable].Columns
	for i, name := range map[int]string{touchOccurredAt: "occurred_at", touchPersonFrom: "contact_id", touchPersonTo: "anonymous_id",
		touchChannel: "channel", touchStatus: "status", touchUpdatedAt: "updated_at"} {
		if touch[i].Name != name {
			t.Errorf("column %d of touchpoints is %s", i, touch[i].Name)
		}
	}
}

// The written configuration names what the company calls its own.
func TestTheConfigurationIsThatOfTheCompany(t *testing.T) {
	for _, want := range []string{"own_domains: [" + ownDomain + "]", "test_accounts: [" + testAccount + "]", "sales: [" + outbound + "]", "as_of: " + AsOf} {
		if !strings.Contains(string(configuration), want) {
			t.Errorf("tributary.yaml does not say %s", want)
		}
	}
	if last := newCalendar().date(lastDay); last != AsOf {
		t.Errorf("the last day is %s, and as-of %s", last, AsOf)
	}
}

// The configuration has the office of the calendar: its hours, its zone and its holidays; and the
// rule of daylight saving is that of the zone.
func TestTheConfigurationHasTheOfficeOfTheCalendar(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Skip("no database of time zones: ", err)
	}
	var settings struct {
		ServiceLevel struct {
			Hours    string   `json:"hours"`
			Zone     string   `json:"zone"`
			Holidays []string `json:"holidays"`
		} `json:"service_level"`
	}
	if err := yaml.Unmarshal(configuration, &settings); err != nil {
		t.Fatal(err)
	}
	level := settings.ServiceLevel
	if level.Hours != "09:00-17:00" || level.Zone != zone.String() || !slices.Equal(level.Holidays, holidays) {
		t.Errorf("the configuration has %+v", level)
	}
	calendar := newCalendar()
	for on := int64(firstDay); on <= lastDay+plannedDays; on++ {
		written := time.Unix(on*86400, 0).UTC()
		want := instant(0)
		if w := written.Weekday(); w != time.Saturday && w != time.Sunday && !slices.Contains(holidays, written.Format(time.DateOnly)) {
			want = instant(time.Date(written.Year(), written.Month(), written.Day(), 9, 0, 0, 0, zone).UnixMilli())
		}
		if got := calendar.opens[on-calendarFrom]; got != want {
			t.Errorf("%s: sales opens at %d, want %d", written.Format(time.DateOnly), got, want)
		}
	}
}

// Office time: what passes at night, on weekends and on holidays does not count.
func TestOfficeTime(t *testing.T) {
	calendar := newCalendar()
	at := func(text string) instant {
		moment, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return instant(moment.UnixMilli())
	}
	for _, c := range []struct{ from, until string }{
		{"2025-06-30T12:00:00Z", "2025-06-30T15:00:00Z"}, // before nine: from nine on, and in summer that is 13:00 UTC
		{"2025-06-30T14:30:00Z", "2025-06-30T16:30:00Z"},
		{"2025-06-30T20:00:00Z", "2025-07-01T14:00:00Z"}, // an hour to five, and another from nine
		{"2025-07-03T20:30:00Z", "2025-07-07T14:30:00Z"}, // a Thursday before a holiday and a weekend
		{"2025-07-03T21:00:00Z", "2025-07-07T15:00:00Z"}, // five is not work any more
		{"2025-03-07T21:00:00Z", "2025-03-10T14:00:00Z"}, // the clocks go forward in between
	} {
		if got := calendar.afterOfficeTime(at(c.from), 2*hour); got != at(c.until) {
			t.Errorf("two hours after %s: %s, want %s", c.from, time.UnixMilli(int64(got)).UTC().Format(time.RFC3339), c.until)
		}
	}
}

// Two weeks overflow, and no other one of the half year that is planned: expected leads, spread over
// the days of their campaigns, and so many of them as become MQLs, a week or two later, against what
// everyone in sales can work.
func TestTwoWeeksOverflow(t *testing.T) {
	for _, c := range []Company{{Seed: 1, Accounts: 40}, {Seed: 7, Accounts: 40}, {Seed: 1, Accounts: 300}, {Seed: 1, Accounts: 2000}, {Seed: 3, Accounts: 30_000}} {
		g := newGenerator(c, nil)
		calendar, monday := g.calendar, mondayOf(lastDay)
		for late := int64(1); late <= 2; late++ {
			expected, capacity := map[int64]int64{}, map[int64]int64{} // in millionths of leads, and in leads
			for _, x := range g.programme.all {
				if x.isProgramme || !x.isPlanned {
					continue
				}
				for on := x.from; on <= x.to; on++ {
					expected[(on-monday)/7+late] += x.leads * 1_000_000 / (x.to - x.from + 1) * int64(leadsToMQL) / int64(whole)
				}
			}
			var over []int64
			for week := int64(0); week < plannedDays/7; week++ {
				for i := range g.staff {
					if !isAway(calendar.date(monday+7*week), i, int((monday+7*week)/7)) {
						capacity[week] += leadsPerWeek(c.Accounts)
					}
				}
				if expected[week] > capacity[week]*1_000_000 {
					over = append(over, week-late)
				}
			}
			if !slices.Equal(over, overflowWeeks[:]) {
				t.Errorf("%+v, leads that qualify after %d weeks: those of weeks %v overflow, want %v", c, late, over, overflowWeeks)
			}
		}
	}
}

// The facts are those of the files.
func TestFactsAreThoseOfTheFiles(t *testing.T) {
	c := Company{Seed: 1, Accounts: 40, Touches: 3000}
	eng := filesOf(t, written(t, c, CSV))
	for property, query := range map[string]string{
		"rep who does not follow up":                             `SELECT COUNT(*) FROM leads WHERE owner = '%s'`,
		"competitor who wins on price":                           `SELECT COUNT(*) FROM opportunities WHERE competitor = '%s'`,
		"persona without content once sales has accepted a lead": `SELECT COUNT(*) FROM contacts WHERE persona = '%s'`,
		"word of the stage history that belongs to nobody":       `SELECT COUNT(*) FROM stage_history WHERE stage = '%s'`,
		"weeks whose fairs bring more leads than sales can work": `SELECT COUNT(DISTINCT week) - 1 FROM capacity WHERE CONTAINS('%s', week)`,
	} {
		at := slices.IndexFunc(Facts(c), func(f Fact) bool { return f.Property == property })
		if at < 0 {
			t.Errorf("%s is not among the facts", property)
		} else if value := Facts(c)[at].Value; one(t, eng, fmt.Sprintf(query, value)) < 1 {
			t.Errorf("%s: the files do not have %s", property, value)
		}
	}
}

// A failure or a signal, at whatever moment, leaves nothing behind, no directory beside nor above.
func TestAFailureLeavesNothing(t *testing.T) {
	for _, format := range []Format{CSV, Parquet, "jsonl"} {
		parent := t.TempDir()
		stopped := errors.New("stopped")
		ctx, stop := context.WithCancelCause(t.Context())
		go func() {
			for ctx.Err() == nil {
				found, err := filepath.Glob(filepath.Join(parent, "not", "there", ".generating-*", "touchpoints."+string(format)))
				if err != nil || len(found) > 0 {
					stop(stopped)
				}
				time.Sleep(time.Millisecond)
			}
		}()
		_, err := Generate(ctx, Company{Seed: 1, Accounts: 100_000, Touches: 10_000_000}, format, filepath.Join(parent, "not", "there", "company"), nil)
		stop(nil)
		if format == "jsonl" {
			if failure.CodeOf(err) != failure.Usage {
				t.Errorf("%s: %v", format, err)
			}
		} else if !errors.Is(err, stopped) {
			t.Errorf("%s: %v", format, err)
		}
		if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
			t.Errorf("%s: left %v, %v", format, left, err)
		}
	}
}

// Touches are counted while an account is written, not after it.
func TestOneAccountIsCountedAsItGrows(t *testing.T) {
	show := progress.New(progress.Options{Now: time.Now, Out: io.Discard})
	defer show.Close()
	g := newGenerator(Company{Seed: 1, Accounts: 1, Touches: 3 * touchesPerLook}, new(discarding))
	looks := int64(0)
	g.sink.(*discarding).touch = func(n int64) {
		if n == 2*touchesPerLook+10_000 {
			looks = g.counted
		}
	}
	if err := g.generate(t.Context(), show); err != nil {
		t.Fatal(err)
	}
	if looks < 2*touchesPerLook-1 || g.counted != 3*touchesPerLook {
		t.Errorf("%d touches were counted after some more than %d, and %d at the end", looks, 2*touchesPerLook, g.counted)
	}
}

// discarding takes rows, and tells how many touches it was given.
type discarding struct {
	touches int64
	touch   func(n int64)
}

func (s *discarding) write(table int, _ *record) error {
	if table == touchpointsTable {
		s.touches++
		s.touch(s.touches)
	}
	return nil
}
func (s *discarding) close(context.Context) error { return nil }
func (s *discarding) abandon()                    {}

func TestWhatIsThereIsNotTouched(t *testing.T) {
	parent := t.TempDir()
	full, empty, file := filepath.Join(parent, "full"), filepath.Join(parent, "empty"), filepath.Join(parent, "file")
	for _, directory := range []string{filepath.Join(full, "in"), empty} {
		if err := os.MkdirAll(directory, 0o750); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := Company{Seed: 1, Accounts: 1, Touches: 10}
	for _, directory := range []string{full, file, "."} {
		_, err := Generate(t.Context(), c, CSV, directory, nil)
		if failure.CodeOf(err) != failure.Usage || !strings.Contains(err.Error(), "does not exist yet") {
			t.Errorf("%s: %v", directory, err)
		}
	}
	if _, err := Generate(t.Context(), c, CSV, empty, nil); err != nil {
		t.Errorf("an empty directory: %v", err)
	}
}

// A new directory takes the umask; one that was there keeps its mode. Names may be as long as the
// file system lets them be.
func TestModesAndNames(t *testing.T) {
	before := syscall.Umask(0o027)
	defer syscall.Umask(before)
	parent, long := t.TempDir(), strings.Repeat("n", 255)
	if err := os.Mkdir(filepath.Join(parent, "private"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		umask int
		want  fs.FileMode
	}{{"new", 0o027, 0o750}, {"masked", 0o077, 0o700}, {"private", 0o022, 0o700}, {long, 0o022, 0o750}} {
		syscall.Umask(c.umask)
		directory := filepath.Join(parent, c.name)
		if _, err := Generate(t.Context(), Company{Seed: 1, Accounts: 1, Touches: 10}, CSV, directory, nil); err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		info, err := os.Stat(directory)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != c.want {
			t.Errorf("%s has mode %o, want %o", c.name, got, c.want)
		}
	}
}

func TestMountPointsAreKnown(t *testing.T) {
	root, err := os.Stat("/")
	if err != nil {
		t.Fatal(err)
	}
	if isMountPoint(root, root) {
		t.Error("one device is taken for two")
	}
	proc, err := os.Stat("/proc")
	if err != nil {
		t.Skip("no /proc")
	}
	if !isMountPoint(proc, root) {
		t.Error("/proc is not taken for a mount point")
	}
}

// Directories made for what then failed are taken away, down to the first that was there or holds
// something.
func TestDirectoriesAboveAreTakenAway(t *testing.T) {
	parent := t.TempDir()
	remove, err := MakeDirectories(filepath.Join(parent, "a", "b", "c"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(parent, "a", "other"), 0o750); err != nil {
		t.Fatal(err)
	}
	remove()
	left, err := os.ReadDir(filepath.Join(parent, "a"))
	if err != nil || len(left) != 1 || left[0].Name() != "other" {
		t.Errorf("left %v, %v", left, err)
	}
	if remove, err = MakeDirectories(parent); err != nil {
		t.Fatal(err)
	}
	remove()
	if _, err := os.Stat(parent); err != nil {
		t.Error(err)
	}
}
