package ingest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
)

// selecting is a source of files with a SELECT; the relation of a file is its name up to the point.
func selecting(t testing.TB, text string, files map[string]string) config.Source {
	t.Helper()
	directory := t.TempDir()
	s := config.Source{Select: text, SelectFile: "touches.sql", From: map[string]config.Source{}}
	for name, content := range files {
		path := filepath.Join(directory, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		relation, _, _ := strings.Cut(name, ".")
		s.From[relation] = config.Source{Files: []string{name}, Paths: []string{path}}
	}
	return s
}

// readSelect reads one SELECT into touchpoints, and returns the ids that were loaded.
func readSelect(t testing.TB, source config.Source) (ids []string, file File, bad []Quarantined, err error) {
	t.Helper()
	eng := openEngine(t)
	files, bad, err := readTable(t.Context(), eng, tableNamed(t, "touchpoints"), config.Sources{source}, testOptions())
	if err != nil {
		return nil, File{}, nil, err
	}
	ids, err = eng.Texts(t.Context(), "SELECT touch_id FROM raw_touchpoints ORDER BY 1")
	if err != nil {
		t.Fatal(err)
	}
	if f := files[0]; f.RowsIn != f.Loaded+f.Quarantined+f.Deduplicated || int(f.Quarantined) != len(bad) || int(f.Loaded) != len(ids) {
		t.Errorf("the figures do not add up: %+v, %d loaded, %d bad", f, len(ids), len(bad))
	}
	return ids, files[0], bad, nil
}

const membersAndCampaigns = `SELECT m.Id AS touch_id, m."Created On" AS occurred_at, m.Contact AS contact_id, c.Type AS channel, m._file, m._line
FROM members AS m LEFT JOIN campaigns AS c ON c.Id = m.Campaign`

func TestASelectJoinsFiles(t *testing.T) {
	source := selecting(t, membersAndCampaigns, map[string]string{
		"members.csv":   "Id,Contact,Campaign,Created On,IsDeleted,Unused\nM-1,K-1,C-1,2025-01-05T09:00:00Z,,x\nM-2,K-1,C-9,2025-01-06,0,x\nM-3,K-1,C-1,2025-01-07,true,x\n",
		"campaigns.csv": "Id,Type\nC-1,\"web\nsite\"\n",
	})
	ids, file, bad, err := readSelect(t, source)
	if err != nil || len(bad) > 0 || !slices.Equal(ids, []string{"M-1", "M-2"}) {
		t.Fatalf("%v, %v, %v", ids, bad, err)
	}
	// The deleted member is counted, and the files are named with their own digests.
	if file.RowsIn != 3 || file.Deleted != 1 || file.Name != "touches.sql" || len(file.From) != 2 || len(file.SHA256) != 64 ||
		file.From[0].Name != "campaigns.csv" || file.From[1].RowsIn != 3 || file.From[1].Deleted != 1 || file.Bytes != file.From[0].Bytes+file.From[1].Bytes {
		t.Errorf("%+v", file)
	}
}

// Bad rows are named by the file and line from which they come: rows that the files hold, rows of
// the answer, and rows of which only the number is known.
func TestBadRowsOfASelectAreNamedByTheirFile(t *testing.T) {
	files := map[string]string{
		"members.csv":   "Id,Contact,Campaign,Created On\nM-1,K-1,C-1,2025-01-05T09:00:00Z\nM-2,K-1,C-9\nM-3,K-1,C-1,2025-13-07\n\nM-4,,,2025-01-07\n",
		"campaigns.csv": "Id,Type\nC-1,web\n",
	}
	ids, _, bad, err := readSelect(t, selecting(t, membersAndCampaigns, files))
	want := "members.csv:3: has 3 fields and the header has 4; add the missing fields, or put quotes around a value with a line end in it\n" +
		`members.csv:4: occurred_at: "2025-13-07" is not an ISO 8601 time; declare its format under columns` + "\n" +
		"members.csv:6: has none of contact_id, lead_id, email, anonymous_id, account_id; every row of touchpoints needs one of them"
	if got := describe(bad); err != nil || got != want || len(ids) != 1 {
		t.Errorf("%v, %v\n%s\nwant\n%s", ids, err, got, want)
	}
	numbered := "SELECT Id AS touch_id, \"Created On\" AS occurred_at, Contact AS contact_id FROM members WHERE Id = 'M-3'"
	_, _, bad, err = readSelect(t, selecting(t, numbered, map[string]string{"members.csv": files["members.csv"]}))
	want = "members.csv:3: has 3 fields and the header has 4; add the missing fields, or put quotes around a value with a line end in it\n" +
		`touches.sql:1: occurred_at: "2025-13-07" is not an ISO 8601 time; declare its format under columns`
	slices.SortFunc(bad, func(a, b Quarantined) int { return strings.Compare(a.File, b.File) })
	if got := describe(bad); err != nil || got != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

func TestSelectsAreRefused(t *testing.T) {
	const header = "Id,Contact,Day\n"
	for name, c := range map[string]struct{ text, members, want string }{
		"syntax":               {"SELECT Id\nFRM members x y", header, `touches.sql:2:5: syntax error at or near "members"`},
		"another relation":     {"SELECT * FROM raw_contacts", header, `touches.sql:1:15: reads "raw_contacts", which is not one of its relations (it may read members)`},
		"the clock":            {"SELECT Id AS touch_id, NOW() AS occurred_at, Contact AS contact_id FROM members", header, "touches.sql:1:24: calls now, whose answer changes from run to run"},
		"a column that lacks":  {"SELECT Idd FROM members", header, "touches.sql:1:8: Binder Error: Referenced column \"Idd\" not found in FROM clause (did you mean Id?)\nhint: a column that the files may lack is named under optional of its relation"},
		"a value":              {"SELECT CAST(Day AS DATE) AS occurred_at, Id AS touch_id, Contact AS contact_id FROM members", header + "1,K,x\n", `touches.sql:1:8: Conversion Error: invalid date field format: "x", expected format is (YYYY-MM-DD) when casting from source column Day`},
		"too few columns":      {"SELECT Id AS touch_id FROM members", header, "touches.sql: has no column occurred_at, which touchpoints needs; map it with from under columns\ntouches.sql: has none of the columns contact_id, lead_id, email, anonymous_id, account_id, and every row of touchpoints needs one of them"},
		"headers alike in SQL": {"SELECT * FROM members", "Id,ID,Contact\n", "members.csv:1: has columns \"Id\" and \"ID\", which SQL cannot tell apart\nhint: rename one of them"},
		"a name of its own":    {"SELECT * FROM members", "Id,_line\n", "members.csv:1: has a column _line, which is the name of the file or line of a row in a SELECT\nhint: rename the column"},
		"a header twice":       {"SELECT * FROM members", "Id,Id\n", "members.csv:1: header \"Id\" appears 2 times: columns 1, 2\nhint: give each column a name of its own"},
		"no header for values": {"SELECT Id AS touch_id FROM members", "Id,\n1,2\n", "members.csv:2: column 2 has a value here, but its header is empty\nhint: give the column a header, or delete it"},
		"an empty file":        {"SELECT Id AS touch_id FROM members", "", "members.csv: is empty and has no header"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, _, err := readSelect(t, selecting(t, c.text, map[string]string{"members.csv": c.members}))
			if err == nil || err.Error() != c.want {
				t.Errorf("got\n%v\nwant\n%s", err, c.want)
			}
		})
	}
}

// A relation shows times in ISO 8601 and numbers as plain decimals, however its files write them; a
// value that is written otherwise is named by its file and line.
func TestColumnsOfARelation(t *testing.T) {
	source := selecting(t, `SELECT Id AS touch_id, Created AS occurred_at, Contact AS contact_id, Created || ' ' || COALESCE(Amount, '') || ' ' || Started AS channel, _file, _line FROM members`,
		map[string]string{"members.csv": "Id;Contact;Created;Amount;Started\nM-1;K;31.01.2025 09:05;1.234,50;1736067600000\nM-2;K;01.02.2025 00:00;-;1736067600000\nM-3;K;2025-02-01;1;1736067600000\nM-4;K;01.02.2025 00:00;1.5;1736067600000\n"})
	members := source.From["members"]
	members.Delimiter = ";"
	members.Columns = map[string]config.Column{
		"Created": {Format: config.Texts{"%d.%m.%Y %H:%M"}, Midnight: "date"},
		"Amount":  {Decimal: ",", Thousands: ".", Nulls: []string{"-"}}, "Started": {Epoch: "ms"},
	}
	source.From["members"], source.TimeZone = members, "UTC"
	eng := openEngine(t)
	_, bad, err := readTable(t.Context(), eng, tableNamed(t, "touchpoints"), config.Sources{source}, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	want := "2025-01-31T09:05:00 1234.5 2025-01-05T09:00:00Z\n2025-02-01  2025-01-05T09:00:00Z"
	if got := strings.Join(textsOf(t, eng, "SELECT channel FROM raw_touchpoints ORDER BY touch_id"), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	want = `members.csv:4: Created: "2025-02-01" does not match the declared format %d.%m.%Y %H:%M` + "\n" +
		`members.csv:5: Amount: "1.5" is not a plain decimal such as -1234.50; it does not fit the declared decimal: ",", thousands: ".", but would fit decimal: "."; write the whole column in one way`
	if got := describe(bad); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Columns under optional are empty where no file has them, and a relation without a file has them
// and no row.
func TestOptionalColumns(t *testing.T) {
	source := selecting(t, "SELECT members.Id AS touch_id, COALESCE(Responded, Created) AS occurred_at, Contact AS contact_id, c.Type AS channel FROM members LEFT JOIN campaigns AS c ON c.Id = Campaign",
		map[string]string{"members.csv": "Id,Created,Contact\nM-1,2025-01-05,K-1\n"})
	members := source.From["members"]
	members.Optional = []string{"Responded", "Campaign"}
	source.From["members"], source.From["campaigns"] = members, config.Source{Optional: []string{"Id", "Type"}}
	ids, _, bad, err := readSelect(t, source)
	if err != nil || len(bad) > 0 || !slices.Equal(ids, []string{"M-1"}) {
		t.Errorf("%v, %v, %v", ids, bad, err)
	}
}

// A SELECT of everything reads what the files and columns read, of CSV and of Parquet.
func TestASelectOfEverythingIsTheFile(t *testing.T) {
	const columns = "touch_id, occurred_at, contact_id, lead_id, email, channel, status, updated_at"
	var rows strings.Builder
	rows.WriteString("touch_id,occurred_at,contact_id,email,channel,updated_at\n")
	for i := range 3000 {
		channel := []string{"", "web", "\"a, b\"", "ünïcode", "\"two\nlines\"", "NULL"}[i%6]
		moment := []string{"2025-01-05T09:00:00Z", "2025-01-05", "2025-01-05T09:00:00.1234567Z", "05.01.2025", "2025-01-05 09:00:00+01:00"}[i%5]
		fmt.Fprintf(&rows, "T-%d,%s,K-%d,Mail%d@Example.com,%s,\n", i, moment, i%7, i, channel)
	}
	csv := write(t, "t.csv", rows.String())
	parquet := writeParquet(t, "SELECT 'T-' || i AS touch_id, TIMESTAMPTZ '2025-01-05 09:00:00+00' + TO_MICROSECONDS(i) AS occurred_at, i % 7 AS contact_id, CASE WHEN i % 3 = 0 THEN 'web' ELSE '' END AS channel, DATE '2025-03-01' AS updated_at FROM range(3000) AS r(i)")
	for _, direct := range []config.Source{csv, parquet} {
		direct.TimeZone = "UTC"
		selected := config.Source{Select: "SELECT * FROM t", From: map[string]config.Source{"t": {Files: direct.Files, Paths: direct.Paths}}, TimeZone: "UTC"}
		read := func(source config.Source) (rows []string, bad []Quarantined) {
			eng, opt := openFor(t, direct)
			_, bad, err := readTable(t.Context(), eng, tableNamed(t, "touchpoints"), config.Sources{source}, opt)
			if err != nil {
				t.Fatal(err)
			}
			return textsOf(t, eng, "SELECT CAST(ROW("+columns+") AS VARCHAR) FROM raw_touchpoints ORDER BY 1"), bad
		}
		want, wantBad := read(direct)
		got, gotBad := read(selected)
		if len(got) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s: %d rows, want %d", direct.Files[0], len(got), len(want))
		}
		if a, b := describe(gotBad), describe(wantBad); a != b {
			t.Errorf("%s:\n%s\nwant\n%s", direct.Files[0], a, b)
		}
	}
}

func textsOf(t testing.TB, eng *engine.Engine, query string) []string {
	t.Helper()
	found, err := eng.Texts(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	return found
}
