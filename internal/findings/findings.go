// Package findings says what is odd in the data of a run. Each stage asks its own checks and hands on what it found, those that
// found nothing too, so that a reader sees what was looked at: the report data_quality has one row for each.
package findings

import (
	"fmt"
	"slices"
	"strings"
)

// A Severity says what became of the rows that a check found.
type Severity string

const (
	Error   Severity = "error"   // rows were lost to the quarantine
	Warning Severity = "warning" // a rule resolved it, and it is worth mending
	Info    Severity = "info"    // worth knowing
	OK      Severity = "ok"      // nothing was found
)

// Run stands for a table where a finding is about the run as a whole.
const Run = "(run)"

// MaxExamples is how many keys a finding names at most.
const MaxExamples = 5

// A Finding is the answer to one check. Table and Check are unique among those of a run.
type Finding struct {
	Table    string // of the input contract, or Run
	Check    string // lower_snake_case
	Severity Severity
	Rows     int64    // how many there are
	Examples []string // keys of some of them, the least first; never an e-mail or a name
	Meaning  string   // what is counted
	Sentence string   // what is said about it, or several lines of that; empty: Rows and Meaning
	Lines    bool     // Examples are files and lines: they depend on the order of rows, so the report leaves them to the quarantine
	Detail   bool     // part of another finding, which says it already
}

// Of makes a finding; one without rows is OK, whatever its severity would be.
func Of(table, check string, severity Severity, rows int64, meaning string) Finding {
	if rows == 0 {
		severity = OK
	}
	return Finding{Table: table, Check: check, Severity: severity, Rows: rows, Meaning: meaning}
}

// String is the finding as a sentence.
func (f Finding) String() string {
	if f.Sentence != "" {
		return f.Sentence
	}
	return fmt.Sprintf("%d %s", f.Rows, f.Meaning)
}

// Arranged are the findings of all stages in the order of reports: those about the run, then table by table, each stage's in its
// own order.
func Arranged(tables []string, stages ...[]Finding) []Finding {
	all := slices.Concat(stages...)
	slices.SortStableFunc(all, func(a, b Finding) int { return slices.Index(tables, a.Table) - slices.Index(tables, b.Table) })
	return all
}

// Warnings are the sentences about what is worth mending, in the order of the findings.
func Warnings(found []Finding) []string {
	var said []string
	for _, f := range found {
		if (f.Severity == Error || f.Severity == Warning) && !f.Detail {
			said = append(said, strings.Split(f.String(), "\n")...)
		}
	}
	return said
}

// Printable are keys as a list for people: one that could be mistaken for several stands in quotes.
func Printable(keys []string) string {
	said := make([]string, len(keys))
	for i, key := range keys {
		if key == "" || strings.ContainsAny(key, ", \"\t\r\n") {
			key = `"` + strings.ReplaceAll(key, `"`, `""`) + `"`
		}
		said[i] = key
	}
	return strings.Join(said, ", ")
}
