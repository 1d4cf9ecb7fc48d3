// Package findings has the checks of the data of a run and their results. Each stage runs its own
// checks and returns all findings, also those of checks that found nothing. The report data_quality
// has one row for each, so a reader sees which checks were made.
package findings

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/tributary-engine/tributary/internal/words"
)

// A Severity says what became of the rows that a check found.
type Severity string

const (
	Refuse  Severity = "refuse"  // the run may not be published, unless a person accepts it
	Error   Severity = "error"   // rows were lost to the quarantine, or a control total does not match
	Warning Severity = "warning" // a rule resolved it, and it is worth mending
	Info    Severity = "info"    // worth knowing
	OK      Severity = "ok"      // nothing was found
	Off     Severity = "off"     // the configuration asks not to be told
)

// IsWarning reports whether a person is to be told, and the run may be published.
func (s Severity) IsWarning() bool { return s == Error || s == Warning }

// Run stands for a table where a finding is about the run as a whole.
const Run = "(run)"

// MaxExamples is how many keys a finding names at most.
const MaxExamples = 5

// MostNamed is how many of them a message shows.
const MostNamed = 3

// A Finding is the answer to one check. Table, Check, Column and Period are unique among those of a
// published run; where control totals do not match, which no published run has, there is one for
// each.
type Finding struct {
	Table    string // of the input contract, or Run
	Check    string // lower_snake_case
	Column   string // of the table, where it is about one
	Period   string // the months that it is about, where it is about some: "2025-03" or "2025-01 to 2025-03"
	Severity Severity
	Rows     int64             // how many there are
	Examples []string          // keys of some of them, the least first; never an e-mail or a name
	Hints    map[string]string // of some examples: the word of the data that was probably meant
	Amount   string            // the money that depends on them, with its currency: "56.12 EUR"; empty: none
	Meaning  string            // what is counted; it may hold alternatives, see Chosen
	Sentence string            // the message, of one or several lines; empty: one made of Rows, Meaning, Amount and Examples
	Lines    bool              // Examples are files and lines: they depend on the order of rows, so the report leaves them to the quarantine
	Detail   bool              // part of another finding, which says it already

	Query    string // SQL over the relations of the run: the rows, or their keys; empty: Lines say where they are
	Remedy   string // what to do, as an instruction in lower case; empty: nothing, or it is obvious
	IsLogged bool   // the log says it, although it is no warning

	// Of a gate: the number that fired it, the limit that it passed, and the same number of the
	// baseline.
	Value, Limit, Baseline *float64
	BaselineRun            string

	KnownSince string // the first run of the streak in which it was found; set by Recognise
	IsNew      bool   // it was not found in the baseline, or grew by more than a tenth
	Accepted   string // why a person let it pass, although it would have refused the run
}

// Code is the name of the check in kebab-case: findings.json, the configuration and --accept call
// it so.
func (f Finding) Code() string { return Code(f.Check) }

// Code turns the name of a check into the code of its findings.
func Code(check string) string { return strings.ReplaceAll(check, "_", "-") }

// Of makes a finding; one without rows is OK, whatever its severity would be.
func Of(table, check string, severity Severity, rows int64, meaning string) Finding {
	if rows == 0 {
		severity = OK
	}
	return Finding{Table: table, Check: check, Severity: severity, Rows: rows, Meaning: meaning}
}

// String is the finding as a message: "1,586 touches name a campaign that campaigns does not have,
// for example `Spring webinar`". Amount and examples follow the first clause of Meaning, so that
// explanations and advice stay at the end.
func (f Finding) String() string {
	if f.Sentence != "" {
		return f.Sentence
	}
	clause, rest := firstClause(Chosen(f.Meaning, f.Rows))
	sentence := words.Number(f.Rows) + " " + clause
	if f.Amount != "" {
		sentence += " (" + f.Amount + ")"
	}
	if len(f.Examples) > 0 {
		sentence += ", for example " + f.Named()
	}
	return sentence + rest
}

// Named lists the examples that a message shows, with their hints: "`paid-search` (did you mean
// `Paid Search`?)".
func (f Finding) Named() string {
	var named []string
	for _, key := range f.Examples[:min(MostNamed, len(f.Examples))] {
		sentence := Marked(key)
		if hint := f.Hints[key]; hint != "" {
			sentence += " (did you mean " + Marked(hint) + "?)"
		}
		named = append(named, sentence)
	}
	return strings.Join(named, ", ")
}

// firstClause cuts a meaning before its explanation: what follows a semicolon, a colon, a bracket
// or ", and".
func firstClause(meaning string) (clause, rest string) {
	end := len(meaning)
	for _, mark := range []string{"; ", ": ", " (", ", and "} {
		if i := strings.Index(meaning, mark); i >= 0 {
			end = min(end, i)
		}
	}
	return meaning[:end], meaning[end:]
}

// Marked is a key in a message. One that holds a back quote or a control character is quoted as Go
// text, so that a message stays one line.
func Marked(key string) string {
	if strings.ContainsFunc(key, func(r rune) bool { return r == '`' || unicode.IsControl(r) }) {
		return strconv.Quote(key)
	}
	return "`" + key + "`"
}

// Arranged are the findings of all stages in the order of reports: those about the run, then table
// by table, each stage's in its own order.
func Arranged(tables []string, stages ...[]Finding) []Finding {
	all := slices.Concat(stages...)
	slices.SortStableFunc(all, func(a, b Finding) int { return slices.Index(tables, a.Table) - slices.Index(tables, b.Table) })
	return all
}

// Warnings are the sentences about what is worth mending, in the order of the findings.
func Warnings(found []Finding) []string {
	var sentence []string
	for _, f := range found {
		if f.Severity.IsWarning() && !f.Detail {
			sentence = append(sentence, strings.Split(f.String(), "\n")...)
		}
	}
	return sentence
}

// Printable are keys as a list for people: one that could be mistaken for several stands in quotes.
func Printable(keys []string) string {
	sentence := make([]string, len(keys))
	for i, key := range keys {
		if key == "" || strings.ContainsAny(key, ", \"\t\r\n") {
			key = `"` + strings.ReplaceAll(key, `"`, `""`) + `"`
		}
		sentence[i] = key
	}
	return strings.Join(sentence, ", ")
}
