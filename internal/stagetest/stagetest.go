// Package stagetest runs text cases of stages, for tests only. A case gives the rows of some
// relations, runs one stage, and compares the rows of a query with the expected ones.
//
// A file of cases is a list of blocks. "=== NAME" begins a case, and lines that begin with # are
// comments:
//
//	=== a lead is its contact
//	given leads: lead_id, converted_contact_id
//	L-1 | C-1
//	given person_nodes: node_key, kind:INTEGER, id
//	run person_links
//	expect SELECT from_node, to_node FROM person_links
//	1 | 0
//
// "given TABLE: COLUMNS" makes a table. The type of a column follows from its name, or is given
// after a colon. "run NAME" runs a stage, and "check NAME" runs a check, which returns the rows
// that break its rule. Cells are separated by bars, NULL is NULL, and comments are allowed between
// the rows of "given". A BIGINT cell can be an instant such as 2026-03-05 09:00, for its
// microseconds, and a TIMESTAMP cell a whole number of them. The rows below "expect" are those of
// the query, or of the check. With UPDATE_STAGES=1 they are rewritten, unless the stage fails.
package stagetest

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
)

// Stages runs what the cases name. Run makes the relation of a stage; Check is the query of a data
// check.
type Stages struct {
	Run   func(t *testing.T, eng *engine.Engine, name string)
	Check func(t *testing.T, eng *engine.Engine, name string) string
}

// Dir runs the cases of every file of a directory, and returns the names of the stages and checks
// that they ran.
func Dir(t *testing.T, directory string, stages Stages) (ran []string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(directory, "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases in %s: %v", directory, err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var rewritten strings.Builder
		head, cases := split(string(text))
		rewritten.WriteString(head)
		for _, c := range cases {
			got := strings.Join(c.lines, "") // of a case that -run leaves out
			t.Run(strings.TrimSuffix(filepath.Base(path), ".txt")+"/"+c.name, func(t *testing.T) {
				var names []string
				names, got = c.run(t, stages)
				ran = append(ran, names...)
			})
			rewritten.WriteString(got)
		}
		if os.Getenv("UPDATE_STAGES") != "" && !t.Failed() && rewritten.String() != string(text) {
			if err := os.WriteFile(path, []byte(rewritten.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	return ran
}

// A testCase is the lines of one case.
type testCase struct {
	name  string
	lines []string
}

func split(text string) (head string, cases []testCase) {
	for line := range strings.Lines(text) {
		name, begins := strings.CutPrefix(line, "=== ")
		switch {
		case begins:
			cases = append(cases, testCase{name: strings.TrimSpace(name), lines: []string{line}})
		case len(cases) == 0:
			head += line
		default:
			last := &cases[len(cases)-1]
			last.lines = append(last.lines, line)
		}
	}
	return head, cases
}

// run runs a case, and returns the stages that it ran, and its text with the rows that it got.
func (c testCase) run(t *testing.T, stages Stages) (ran []string, text string) {
	eng, err := engine.Open(t.Context(), engine.Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	var out strings.Builder
	check := "" // the query of the check that was asked last
	for i := 0; i < len(c.lines); i++ {
		line := c.lines[i]
		out.WriteString(line)
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case "given":
			var rows []string
			for i+1 < len(c.lines) && (isRow(c.lines[i+1]) || strings.HasPrefix(c.lines[i+1], "#")) {
				i++
				out.WriteString(c.lines[i])
				if isRow(c.lines[i]) {
					rows = append(rows, c.lines[i])
				}
			}
			given(t, eng, rest, rows)
		case "run":
			stages.Run(t, eng, rest)
			ran = append(ran, rest)
		case "check":
			check = stages.Check(t, eng, rest)
			ran = append(ran, rest)
		case "expect":
			query := rest
			if query == "" {
				query = check
			}
			var want []string
			for i+1 < len(c.lines) && isRow(c.lines[i+1]) {
				i++
				want = append(want, strings.TrimSpace(c.lines[i]))
			}
			got := rowsOf(t, eng, query)
			if !slices.Equal(got, want) && os.Getenv("UPDATE_STAGES") == "" {
				t.Errorf("%s\ngot\n%s\nwant\n%s", line, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			for _, row := range got {
				out.WriteString(row + "\n")
			}
		}
	}
	return ran, out.String()
}

// isRow reports whether a line is a row, and neither a word of the language, a comment nor empty.
func isRow(line string) bool {
	line = strings.TrimSpace(line)
	word, _, _ := strings.Cut(line, " ")
	return line != "" && !strings.HasPrefix(line, "#") && !slices.Contains([]string{"given", "run", "check", "expect", "==="}, word)
}

var kinds = []struct {
	name *regexp.Regexp
	kind string
}{
	{regexp.MustCompile(`^(is|has|uses|names|contacts|enters|exclude|direct)_|^joins$|^domain_matches$|^own_domain$|_missing$|_in_period$|^in_period$|^value_too_large$`), "BOOLEAN"},
	{regexp.MustCompile(`_(key|us|minor|micros|digits|node|rank|millionths|row|account_key)$|^(position|touches|minor_per_unit|within_days|cost|millionths|minor|by_\w+|touch_row|group_account)$`), "BIGINT"},
	{regexp.MustCompile(`^(conversion_type|step|exponent)$`), "INTEGER"},
	{regexp.MustCompile(`_scale$`), "TINYINT"},
	{regexp.MustCompile(`_(on|day)$|^(day|month)$`), "DATE"},
	{regexp.MustCompile(`_at$`), "TIMESTAMP"},
}

// kindOf is the type of a column, by its name.
func kindOf(column string) (name, kind string) {
	name, kind, isGiven := strings.Cut(strings.TrimSpace(column), ":")
	if isGiven {
		return name, kind
	}
	for _, k := range kinds {
		if k.name.MatchString(name) {
			return name, k.kind
		}
	}
	return name, "VARCHAR"
}

func given(t *testing.T, eng *engine.Engine, header string, rows []string) {
	t.Helper()
	table, columns, _ := strings.Cut(header, ":")
	var types, names []string
	for column := range strings.SplitSeq(columns, ",") {
		name, kind := kindOf(column)
		names, types = append(names, engine.Name(name)), append(types, kind)
	}
	var declared []string
	for i := range names {
		declared = append(declared, names[i]+" "+types[i])
	}
	statements := []string{"CREATE TABLE " + engine.Name(strings.TrimSpace(table)) + " (" + strings.Join(declared, ", ") + ")"}
	for _, row := range rows {
		cells := strings.Split(row, "|")
		if len(cells) != len(names) {
			t.Fatalf("given %s: %q has %d cells, want %d", table, row, len(cells), len(names))
		}
		for i, cell := range cells {
			if cell = strings.TrimSpace(cell); cell == "NULL" {
				cells[i] = "NULL"
			} else {
				cells[i] = "CAST(" + asInstant(engine.Text(cell), cell, types[i]) + " AS " + types[i] + ")"
			}
		}
		statements = append(statements, "INSERT INTO "+engine.Name(strings.TrimSpace(table))+" VALUES ("+strings.Join(cells, ", ")+")")
	}
	for _, s := range statements {
		if err := eng.Exec(t.Context(), s); err != nil {
			t.Fatalf("given %s: %v", table, err)
		}
	}
}

var (
	instant = regexp.MustCompile(`^\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d(\.\d+)?)?)?$`)
	whole   = regexp.MustCompile(`^\d+$`)
)

// asInstant turns an instant into microseconds, and microseconds into an instant, where the other is
// wanted.
func asInstant(text, cell, kind string) string {
	switch {
	case kind == "BIGINT" && instant.MatchString(cell):
		return "EPOCH_US(CAST(" + text + " AS TIMESTAMP))"
	case kind == "TIMESTAMP" && whole.MatchString(cell):
		return "MAKE_TIMESTAMP(CAST(" + text + " AS BIGINT))"
	}
	return text
}

// rowsOf reads the rows of a query as lines, in their order by all columns.
func rowsOf(t *testing.T, eng *engine.Engine, query string) []string {
	t.Helper()
	rows, err := eng.Rows(t.Context(), "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ("+query+") ORDER BY ALL")
	if err != nil {
		t.Fatalf("expect %s: %v", query, err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for rows.Next() {
		cells, into := make([]sql.NullString, len(names)), make([]any, len(names))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		var line []string
		for _, cell := range cells {
			if !cell.Valid {
				cell.String = "NULL"
			}
			line = append(line, cell.String)
		}
		lines = append(lines, strings.Join(line, " | "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(fmt.Errorf("expect %s: %w", query, err))
	}
	return lines
}
