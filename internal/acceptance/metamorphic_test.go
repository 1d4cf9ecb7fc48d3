package acceptance

import (
	"encoding/csv"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/csvtest"
	"github.com/tributary-engine/tributary/internal/oracle"
	"github.com/tributary-engine/tributary/internal/runs"
)

// What must follow from changing the input in a way whose effect is known beforehand, without
// knowing any right answer.
func TestMetamorphic(t *testing.T) {
	Nightly(t, "many runs")
	t.Parallel()
	var ran, untouched, oneTouch atomic.Int64
	t.Cleanup(func() { // after all of them
		if all := ran.Load() == int64(varied()); all && (untouched.Load() == 0 || oneTouch.Load() == 0) {
			t.Errorf("%d credit rows of opportunities of others, and %d journeys of one touch: nothing was tested", untouched.Load(), oneTouch.Load())
		}
	})
	for i := range varied() {
		s := *seed + uint64(i)
		t.Run(fmt.Sprintf("seed_%d", s), func(t *testing.T) {
			t.Parallel()
			// Every relation gets a world of its own: some of them change it in place.
			world := func() oracle.World { return oracle.Random(rand.New(rand.NewPCG(s, 7))) }
			base := runWorld(t, world(), nil, nil)
			t.Run("split", func(t *testing.T) { splitTouchpoints(t, base, world()) })
			t.Run("shift", func(t *testing.T) { shiftDays(t, base, world()) })
			t.Run("rename", func(t *testing.T) { renameIDs(t, base, world()) })
			t.Run("negate", func(t *testing.T) { negateAmounts(t, base, world()) })
			t.Run("another_account", func(t *testing.T) { untouched.Add(addTouch(t, base, world(), rand.New(rand.NewPCG(s, 13)))) })
			t.Run("one_touch", func(t *testing.T) { oneTouch.Add(oneTouchJourneys(t, base, world())) })
			ran.Add(1)
		})
	}
}

// These reports hold only figures that follow the data when it moves by whole days; calendar months
// do not.
var movable = []string{"reconciliation", "channel_performance", "campaign_performance", "sourced_influenced", "coverage"}

// wantRows wants two tables to be the same up to the order of their rows.
func wantRows(t testing.TB, what string, got, want []Row) {
	t.Helper()
	text := func(rows []Row) []string {
		var lines []string
		for _, r := range rows {
			line := ""
			for _, column := range slices.Sorted(maps.Keys(r)) {
				line += fmt.Sprintf("%s=%q ", column, r[column])
			}
			lines = append(lines, line)
		}
		slices.Sort(lines)
		return lines
	}
	g, w := text(got), text(want)
	if slices.Equal(g, w) {
		return
	}
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Errorf("%s: got\n%s\nwant\n%s", what, g[i], w[i])
			return
		}
	}
	t.Errorf("%s: %d rows, want %d", what, len(g), len(w))
}

// results are the rows of the movable reports and of the credits, by file.
func results(t testing.TB, directory string) map[string][]Row {
	t.Helper()
	all := map[string][]Row{"credits.parquet": ReadParquet(t, directory, "credits.parquet")}
	for _, name := range movable {
		all[name] = ReadParquet(t, directory, filepath.Join("reports", name+".parquet"))
	}
	return all
}

// wantResults wants every result to be what a change makes of the row of the base.
func wantResults(t testing.TB, got, base string, change func(file string, r Row)) {
	t.Helper()
	g := results(t, got)
	for file, rows := range results(t, base) {
		for _, r := range rows {
			change(file, r)
		}
		wantRows(t, file, g[file], rows)
	}
}

// Touchpoints in three files are the touchpoints in one.
func splitTouchpoints(t *testing.T, base string, w oracle.World) {
	split := runWorld(t, w, nil, func(settings *config.Job) {
		source := settings.Tables["touchpoints"][0]
		records := csvtest.Records(t, source.Paths[0])
		parts := make([][][]string, 3)
		for i := range parts {
			parts[i] = [][]string{records[0]}
		}
		for i, record := range records[1:] {
			parts[i%3] = append(parts[i%3], record)
		}
		directory := t.TempDir()
		source.Files, source.Paths = nil, nil
		for i, part := range parts {
			name := fmt.Sprintf("part %d.csv", i)
			writeRecords(t, filepath.Join(directory, name), part)
			source.Files, source.Paths = append(source.Files, name), append(source.Paths, filepath.Join(directory, name))
		}
		settings.Tables["touchpoints"] = config.Sources{source}
	})
	under := []string{"reports/", "tables/", "credits.parquet"}
	WantSameFiles(t, "split in three", FilesOf(t, split, under...), FilesOf(t, base, under...))
}

func writeRecords(t testing.TB, path string, records [][]string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := csv.NewWriter(f).WriteAll(records); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// eachCell hands every cell of every table of a world to change, by table and column.
func eachCell(w *oracle.World, change func(table, column string, record map[string]string) string) {
	tables := reflect.ValueOf(w).Elem()
	for i := range tables.NumField() {
		table := tables.Field(i)
		if table.Kind() != reflect.Slice {
			continue
		}
		for j := range table.Len() {
			record := map[string]string{}
			for k := range table.Index(j).NumField() {
				record[table.Type().Elem().Field(k).Tag.Get("csv")] = table.Index(j).Field(k).String()
			}
			for k := range table.Index(j).NumField() {
				column := table.Type().Elem().Field(k).Tag.Get("csv")
				table.Index(j).Field(k).SetString(change(tables.Type().Field(i).Name, column, record))
			}
		}
	}
}

const shiftedDays = 37

// shifted moves a day or an instant by whole days.
func shifted(t testing.TB, text string) string {
	t.Helper()
	if text == "" {
		return ""
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04:05Z", "2006-01-02T15:04:05.000000Z", "2006-01-02T15:04:05.999999"} {
		if at, err := time.Parse(layout, text); err == nil && at.Format(layout) == text {
			return at.AddDate(0, 0, shiftedDays).Format(layout)
		}
	}
	t.Fatalf("%q is no time", text)
	return ""
}

// The whole history, shifted by whole days together with as-of and the reporting period, gives the
// same figures.
func shiftDays(t *testing.T, base string, w oracle.World) {
	eachCell(&w, func(_, column string, record map[string]string) string {
		if strings.HasSuffix(column, "_at") || strings.HasSuffix(column, "_on") {
			return shifted(t, record[column])
		}
		return record[column]
	})
	w.Options.AsOf, w.Options.From, w.Options.To = shifted(t, w.Options.AsOf), shifted(t, w.Options.From), shifted(t, w.Options.To)
	wantResults(t, runWorld(t, w, nil, nil), base, func(_ string, r Row) {
		for _, column := range []string{"period_start", "period_end", "converted_at", "occurred_at"} {
			if text, there := r[column]; there {
				r[column] = shifted(t, text)
			}
		}
	})
}

// renamed puts a prefix of its kind before an id: the order of ids of a kind stays. None of the
// prefixes has the length of another.
func renamed(kind, id string) string {
	if id == "" {
		return ""
	}
	prefix := map[string]string{
		"account": "ACC/", "contact": "contact number ", "lead": "L", "anonymous": "Ω-visitor-", "campaign": "~", "touch": "touch_", "opportunity": "deal of the year: ",
		"activity": "an activity ",
	}[kind]
	if prefix == "" {
		panic("no kind " + kind)
	}
	return prefix + id
}

// kindOf says of which kind the id in a column is; "" when it is none.
func kindOf(table, column string, record map[string]string) string {
	switch {
	case table == "IdentityMap" && column == "from_id":
		if record["kind"] == "" {
			return "contact"
		}
		return record["kind"]
	case table == "IdentityMap" && column == "to_id":
		if record["to_kind"] == "" {
			return "contact"
		}
		return record["to_kind"]
	case column == "entity_id":
		return record["entity_type"]
	}
	return map[string]string{
		"account_id": "account", "parent_account_id": "account", "contact_id": "contact", "converted_contact_id": "contact", "lead_id": "lead",
		"campaign_id": "campaign", "parent_campaign_id": "campaign", "primary_campaign_id": "campaign", "touch_id": "touch", "activity_id": "activity",
		"anonymous_id": "anonymous", "opportunity_id": "opportunity", "reverses_opportunity_id": "opportunity",
	}[column]
}

// Ids mean nothing but themselves and their order.
func renameIDs(t *testing.T, base string, w oracle.World) {
	eachCell(&w, func(table, column string, record map[string]string) string {
		kind := kindOf(table, column, record)
		if kind == "" && strings.HasSuffix(column, "_id") {
			t.Fatalf("%s.%s: an id of no kind", table, column)
		}
		if kind == "" {
			return record[column]
		}
		return renamed(kind, record[column])
	})
	w.Options.Custom = slices.Clone(w.Options.Custom)
	for i, c := range w.Options.Custom {
		w.Options.Custom[i].Only.Campaigns = nil
		for _, id := range c.Only.Campaigns {
			if id != oracle.None {
				id = renamed("campaign", id)
			}
			w.Options.Custom[i].Only.Campaigns = append(w.Options.Custom[i].Only.Campaigns, id)
		}
	}
	for i, id := range w.Options.TestAccounts {
		w.Options.TestAccounts[i] = renamed("account", id)
	}
	wantResults(t, runWorld(t, w, nil, nil), base, func(_ string, r Row) {
		if kind, id, there := strings.Cut(r["person_id"], ":"); there {
			r["person_id"] = kind + ":" + renamed(kind, id)
		}
		for _, column := range []string{"opportunity_id", "touch_id", "campaign_id"} {
			if id, there := r[column]; there && id != oracle.None && id != oracle.Unattributed {
				r[column] = renamed(strings.TrimSuffix(column, "_id"), id)
			}
		}
	})
}

// negated turns the sign of a decimal as the program writes it.
func negated(decimal string) string {
	switch {
	case strings.Trim(decimal, "0.-") == "":
		return strings.TrimPrefix(decimal, "-")
	case strings.HasPrefix(decimal, "-"):
		return decimal[1:]
	}
	return "-" + decimal
}

// isMoneyOfOpportunities names the columns that hold opportunity amounts or credit of them.
func isMoneyOfOpportunities(file, column string) bool {
	switch file {
	case "credits.parquet":
		return strings.HasSuffix(column, "_minor")
	case "reconciliation":
		column = strings.TrimPrefix(column, "period_")
		return slices.Contains(append([]string{"total", "attributed", "unattributed", "difference", "after_as_of"}, attribution.Reasons...), column)
	}
	return slices.Contains([]string{"pipeline", "open_pipeline", "revenue", "roas", "amount", "period_amount"}, column)
}

// Negated amounts give negated money, to the minor unit, and the same counts and costs.
func negateAmounts(t *testing.T, base string, w oracle.World) {
	for i, o := range w.Opportunities {
		w.Opportunities[i].Amount = negated(o.Amount)
	}
	directory := runWorld(t, w, nil, nil)
	got, negatives := results(t, directory), results(t, base)
	for file, rows := range negatives {
		for _, r := range append(slices.Clone(got[file]), rows...) {
			// ROI is ROAS less one, and ranks and their reasons turn round: what they are made of
			// is looked at.
			for _, column := range []string{"roi", "best_rank", "worst_rank"} {
				delete(r, column)
			}
		}
		for _, r := range rows {
			for column := range r {
				if isMoneyOfOpportunities(file, column) {
					r[column] = negated(r[column])
				}
			}
		}
		wantRows(t, file, got[file], rows)
	}
}

// A further touch of somebody leaves other people alone, and the opportunities in whose buying
// group that person is not. It returns how many credit rows that are.
func addTouch(t *testing.T, base string, w oracle.World, r *rand.Rand) int64 {
	if len(w.Touchpoints) == 0 {
		return 0 // there is no touch whose time could be taken
	}
	// At the time of another touch, so that as-of stays where it is.
	added := oracle.Touchpoint{
		TouchID: "added", OccurredAt: w.Touchpoints[r.IntN(len(w.Touchpoints))].OccurredAt,
		ContactID: w.Contacts[r.IntN(len(w.Contacts))].ContactID, Channel: "Email",
	}
	w.Touchpoints = append(w.Touchpoints, added)
	directory := runWorld(t, w, nil, nil)
	person := ""
	for _, f := range ReadParquet(t, directory, "tables/touch_facts.parquet") {
		if f["touch_id"] == added.TouchID {
			person = f["person_id"]
		}
	}
	if person == "" {
		t.Fatal("the added touch is nobody's")
	}
	touched := map[string]bool{}
	for _, g := range ReadParquet(t, directory, "tables/buying_groups.parquet") {
		if g["person_id"] == person {
			touched[g["opportunity_id"]] = true
		}
	}
	for _, c := range ReadParquet(t, directory, "tables/conversions.parquet") {
		if touched[c["journey_opportunity_id"]] {
			touched[c["opportunity_id"]] = true // a reversal uses the journey of what it reverses
		}
	}
	others := func(rows []Row) []Row {
		return slices.DeleteFunc(rows, func(c Row) bool { return touched[c["opportunity_id"]] || c["person_id"] == person })
	}
	got, want := others(ReadParquet(t, directory, "credits.parquet")), others(ReadParquet(t, base, "credits.parquet"))
	wantRows(t, "credits of other opportunities and people", got, want)
	return int64(len(want))
}

// A journey of one touch is credited to it whole, or not at all; only models that ask for the
// creation of a lead, and custom ones, may do the latter. Of the touches of the base only the one
// is left that serves most conversions. It returns how many such journeys there were.
func oneTouchJourneys(t *testing.T, base string, w oracle.World) int64 {
	serves := map[string]int{}
	for _, c := range ReadParquet(t, base, "credits.parquet") {
		if c["touch_id"] != "" {
			serves[c["touch_id"]]++
		}
	}
	if len(serves) == 0 {
		return 0
	}
	kept := slices.MaxFunc(slices.Sorted(maps.Keys(serves)), func(a, b string) int { return serves[a] - serves[b] })
	w.Touchpoints = slices.DeleteFunc(w.Touchpoints, func(p oracle.Touchpoint) bool { return p.TouchID != kept })
	manifest, err := runs.ReadManifest(base)
	if err != nil {
		t.Fatal(err)
	}
	w.Options.AsOf = manifest.AsOf
	type conversion struct{ kind, opportunity, person string }
	rows := ReadParquet(t, runWorld(t, w, nil, nil), "credits.parquet")
	touches, whole := map[conversion]int{}, map[conversion]figures{}
	for _, r := range rows {
		c := conversion{r["conversion_type"], r["opportunity_id"], r["person_id"]}
		if r["touch_id"] != "" {
			touches[c]++
		}
		if whole[c] == nil {
			whole[c] = figures{}
		}
		for column, text := range r {
			if isCredit(column) && text != "" {
				whole[c].add(scaled(t, text, 0), column)
			}
		}
	}
	var seen int64
	for _, r := range rows {
		c := conversion{r["conversion_type"], r["opportunity_id"], r["person_id"]}
		if r["touch_id"] == "" || touches[c] != 1 {
			continue
		}
		seen++
		got := figures{}
		for column, text := range r {
			if !isCredit(column) || text == "" {
				continue
			}
			mayBeNone := strings.HasPrefix(column, "lead_creation_") || strings.HasPrefix(column, "custom_") || strings.HasPrefix(column, "scoped_")
			if credit := scaled(t, text, 0); credit.Sign() != 0 || !mayBeNone {
				got.add(credit, column)
			} else {
				delete(whole[c], fmt.Sprintln(column))
			}
		}
		if d := got.diff(whole[c]); d != "" {
			t.Errorf("%v:\n%s", c, d)
		}
	}
	return seen
}

// isCredit reports whether a column of credits.parquet is a model's.
func isCredit(column string) bool {
	return (strings.HasSuffix(column, "_minor") || strings.HasSuffix(column, "_millionths")) && column != "value_minor"
}
