package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

// A Quarantined is a bad row of the input with the reason. Each bad row has one, about its first bad
// column.
type Quarantined struct {
	Table, File string
	Line        int64  // on which the record begins; of Parquet the number of the row; both from 1
	Column      string // of the contract; empty when the record as a whole is bad
	Reason      string // what is wrong with the value, without the value
	Value       string // the value, cut to what a message can show
	Raw         string // the record as it stands in the file, cut to 64 KiB
}

const (
	maxRaw     = 64 << 10
	maxValue   = 200
	maxBadRows = 1_000_000 // of a table: more are a file that is not what it should be
)

// describe lists bad rows for a person: the first ten in full, then how many there are of each
// kind.
func describe(q []Quarantined) string {
	const inFull = 10
	var lines []string
	for _, bad := range q[:min(inFull, len(q))] {
		lines = append(lines, bad.line())
	}
	if len(q) > inFull {
		lines = append(lines, words.Count(len(q), "bad row")+" in all:")
		lines = append(lines, kinds(q)...)
	}
	return strings.Join(lines, "\n")
}

// line is one bad row in the style of every error: touchpoints.csv:214: occurred_at: "x" is not ...
func (b Quarantined) line() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s:%d: ", printable(b.File), b.Line)
	if b.Column != "" {
		text.WriteString(printable(b.Column) + ": ")
	}
	if b.Value != "" {
		text.WriteString(strconv.Quote(b.Value) + " ")
	}
	text.WriteString(b.Reason)
	return text.String()
}

// kinds counts bad rows by column and reason, the most frequent first.
func kinds(q []Quarantined) []string {
	const shown = 20
	type kind struct{ column, reason string }
	counts := make(map[kind]int)
	for _, bad := range q {
		counts[kind{bad.Column, bad.Reason}]++
	}
	var order []kind
	for k := range counts {
		order = append(order, k)
	}
	slices.SortFunc(order, func(a, b kind) int {
		return cmp.Or(counts[b]-counts[a], strings.Compare(a.column, b.column), strings.Compare(a.reason, b.reason))
	})
	var lines []string
	for _, k := range order[:min(shown, len(order))] {
		name := "the row"
		if k.column != "" {
			name = printable(k.column)
		}
		lines = append(lines, fmt.Sprintf("  %s x %s %s", words.Number(counts[k]), name, k.reason))
	}
	if len(order) > shown {
		lines = append(lines, "  and "+words.Count(len(order)-shown, "further kind"))
	}
	return lines
}

// printable quotes a name that a terminal would not show as it is.
func printable(name string) string {
	if name == "" || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) || r == '"' }) {
		return strconv.Quote(name)
	}
	return name
}

// A quarantine collects the bad rows of a table. It ends the reading if there are too many.
type quarantine struct {
	table  string
	limits limits
	files  [][]Quarantined // by file number
	rows   int
	bytes  int64
}

// limits restrict the memory of a quarantine.
type limits struct {
	rows  int
	bytes int64
}

// add takes bad rows of one file.
func (q *quarantine) add(file int, rows []Quarantined) error {
	q.files[file] = append(q.files[file], rows...)
	q.rows += len(rows)
	for i := range rows {
		q.bytes += int64(len(rows[i].Raw) + len(rows[i].Value))
	}
	if q.isFull() {
		return failure.Errorf(failure.Contract, "%s: reading stopped at %s, which is more than can be kept:\n%s", q.table, words.Count(q.rows, "bad row"), describe(q.all()))
	}
	return nil
}

func (q *quarantine) isFull() bool { return q.rows > q.limits.rows || q.bytes > q.limits.bytes }

// all is every bad row, by file and line.
func (q *quarantine) all() []Quarantined {
	for _, rows := range q.files {
		slices.SortStableFunc(rows, func(a, b Quarantined) int { return cmp.Compare(a.Line, b.Line) })
	}
	return slices.Concat(q.files...)
}

// cut returns a copy of at most n bytes.
func cut(text []byte, n int) string { return string(text[:min(n, len(text))]) }
