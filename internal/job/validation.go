package job

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/gates"
	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

// A Validation is all that `validate` says. Its JSON form is stable (docs/reference/outputs.md):
// fields are added, never changed.
type Validation struct {
	OK          bool        `json:"ok"` // a run would not be refused
	Problems    []problem   `json:"problems"`
	Uses        Uses        `json:"uses"`
	Tables      []TableRead `json:"tables"`       // those of the contract, in its order
	UnusedFiles []string    `json:"unused_files"` // files of the input directory that no table uses
	Coverage    []Reach     `json:"coverage"`     // null: not known before the problems are mended
	Findings    []Finding   `json:"findings"`     // as in the report data_quality
	Baseline    string      `json:"baseline"`     // the run that the input was held against; empty: none
	Refusals    []refusal   `json:"refusals"`     // what looks wrong: a run would be refused, unless it is accepted

	Samples []ingest.Sample `json:"samples,omitempty"` // the first rows of each table, if they were asked for

	SampleRows int `json:"-"` // how many of each table are asked for

	IsRefused   bool `json:"-"` // gates refuse, and nothing else is wrong
	IsUnmatched bool `json:"-"` // control totals do not match the input, and nothing else is wrong
}

// A problem is one line about what breaks the input contract. Table is empty where it is a matter
// of several.
type problem struct {
	Table   string `json:"table"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"` // what to do, one thing a line
}

// Uses are what a run would take. What is null could not be settled.
type Uses struct {
	AsOf             *string `json:"as_of"`
	AsOfDeclared     bool    `json:"as_of_declared"` // by --as-of or as_of, and not found in the data
	Currency         *string `json:"currency"`
	CurrencyDeclared bool    `json:"currency_declared"`
	TimeZone         string  `json:"time_zone"`
}

type TableRead struct {
	Table    string     `json:"table"`
	Required bool       `json:"required"`
	Key      []string   `json:"key"`
	Given    []string   `json:"given"` // the names of its files and SELECTs
	Files    []FileRead `json:"files"` // those that could be read
	Dates    []Dates    `json:"dates"`
}

type FileRead struct {
	File         string          `json:"file"`
	RowsIn       int64           `json:"rows_in"`
	Loaded       int64           `json:"loaded"`
	Quarantined  int64           `json:"quarantined"`
	Deduplicated int64           `json:"deduplicated"`
	Columns      []ColumnRead    `json:"columns"`         // those that the file or the configuration gives
	Missing      []string        `json:"missing_columns"` // optional ones
	Unknown      []UnknownHeader `json:"unknown_columns"`
}

type ColumnRead struct {
	Column string `json:"column"`
	Header string `json:"header,omitempty"`
	Value  string `json:"value,omitempty"` // the same in every row, by the configuration
}

type UnknownHeader struct {
	Header  string `json:"header"`
	Nearest string `json:"nearest,omitempty"` // the missing column of the contract that it may be
}

type Dates struct {
	Column string `json:"column"`
	Oldest string `json:"oldest,omitempty"`
	Newest string `json:"newest,omitempty"`
	Empty  int64  `json:"empty"`
	Rows   int64  `json:"rows"`
}

type Reach struct {
	Of    string       `json:"of"`
	Reach string       `json:"reach"`
	Count int64        `json:"count"`
	Total int64        `json:"total"`
	Share *json.Number `json:"share"` // count / total, six decimals; null of nothing
}

// A refusal is a finding for which a run would not be published.
type refusal struct {
	Code    string `json:"code"`
	Table   string `json:"table"`
	Message string `json:"message"`
	Remedy  string `json:"remedy"`
}

// A Finding is a check that found something, or nothing (severity ok): one row of data_quality.
type Finding struct {
	Table    string   `json:"table"`
	Check    string   `json:"check"`
	Severity string   `json:"severity"`
	Rows     int64    `json:"rows"`
	Examples []string `json:"examples"`
	Meaning  string   `json:"meaning"`
	Remedy   string   `json:"remedy,omitempty"` // what to do

	Money        *json.Number      `json:"money"`           // what depends on the rows, a decimal in the reporting currency
	Hints        map[string]string `json:"hints,omitempty"` // of examples: the word of the data that was probably meant
	ExamplesText string            `json:"-"`               // the examples with their hints, for a person
}

// NewValidation begins with what was found before anything was read.
func NewValidation(unused []string, found error) *Validation {
	v := &Validation{OK: true, Problems: []problem{}, UnusedFiles: append([]string{}, unused...), Refusals: []refusal{}}
	v.add("", found)
	return v
}

// add takes an error of the input contract: each line is a problem, or a hint on the problem before.
func (v *Validation) add(table string, err error) {
	if err == nil {
		return
	}
	v.OK = false
	for line := range strings.SplitSeq(err.Error(), "\n") {
		if _, hint := failure.Split(line); hint != "" && len(v.Problems) > 0 {
			last := &v.Problems[len(v.Problems)-1]
			last.Hint = strings.TrimPrefix(last.Hint+"\n"+hint, "\n")
			continue
		}
		v.Problems = append(v.Problems, problem{Table: table, Message: line})
	}
}

// read takes what reading found.
func (v *Validation) read(job config.Job, in ingest.Inputs, problems []ingest.Problem, ranges []ingest.Range) {
	for _, p := range problems {
		if _, given := job.Tables[p.Table]; given || p.Table == "" || in.Gives(p.Table) { // what was not given is said already
			v.add(p.Table, p.Err)
		}
	}
	v.Uses = Uses{AsOfDeclared: job.AsOf != nil, CurrencyDeclared: job.Reporting.Currency != "", TimeZone: job.Reporting.TimeZone}
	if !in.AsOf.IsZero() {
		asOf := in.AsOf.Format(time.RFC3339Nano)
		v.Uses.AsOf = &asOf
	}
	if in.Currency != "" {
		v.Uses.Currency = &in.Currency
	}
	for _, t := range contract.Tables() {
		read := TableRead{Table: t.Name, Required: t.IsMain, Key: append([]string{}, t.Key...),
			Given: givenNames(t.Name, job.Tables[t.Name]), Files: []FileRead{}, Dates: []Dates{}}
		for _, f := range in.Files {
			if f.Table == t.Name {
				read.Files = append(read.Files, fileOf(f))
			}
		}
		for _, r := range ranges {
			if r.Table == t.Name {
				read.Dates = append(read.Dates, Dates{Column: r.Column, Oldest: r.Oldest, Newest: r.Newest, Empty: r.Empty, Rows: r.Rows})
			}
		}
		v.Tables = append(v.Tables, read)
	}
	v.say(findings.Arranged(contract.Names(), in.Findings))
}

// givenFiles are the names of the files of a table and of its SELECTs.
func givenNames(table string, sources config.Sources) []string {
	names := []string{}
	for i := range sources {
		names = append(names, sources.Names(table, i)...)
	}
	return names
}

func fileOf(f ingest.File) FileRead {
	read := FileRead{File: f.Name, RowsIn: f.RowsIn, Loaded: f.Loaded, Quarantined: f.Quarantined, Deduplicated: f.Deduplicated,
		Columns: []ColumnRead{}, Missing: append([]string{}, f.MissingColumns()...), Unknown: []UnknownHeader{}}
	for _, c := range f.Columns {
		if c.Header != "" || c.Value != "" {
			read.Columns = append(read.Columns, ColumnRead{c.Column, c.Header, c.Value})
		}
	}
	for _, header := range f.UnknownColumns {
		read.Unknown = append(read.Unknown, UnknownHeader{header, words.Nearest(header, read.Missing)})
	}
	return read
}

// surveyed takes what the journeys are like, or why there are none.
func (v *Validation) surveyed(in ingest.Inputs, s attribution.Surveyed, onFiles, onJourneys []findings.Finding, rules findings.Rules, err error) {
	if err != nil {
		v.add("", err)
		return
	}
	for _, r := range s.Coverage {
		v.Coverage = append(v.Coverage, Reach{Of: r.Of, Reach: r.Reach, Count: r.Count, Total: r.Total, Share: share(r.Count, r.Total)})
	}
	found := findings.Arranged(contract.Names(), in.Findings, onFiles, s.Findings, onJourneys)
	rules.Apply(found)
	v.say(found)
	v.IsRefused = v.OK && len(findings.Refusals(found)) > 0 && s.Unmatched == nil
	for _, f := range gates.Order(findings.Refusals(found)) {
		v.OK = false
		v.Refusals = append(v.Refusals, refusal{f.Code(), f.Table, f.String(), f.Remedy})
	}
	v.IsUnmatched = len(v.Problems) == 0 && s.Unmatched != nil
	v.add("control_totals", s.Unmatched)
}

// say takes the findings, of all stages that were reached.
func (v *Validation) say(found []findings.Finding) {
	v.Findings = []Finding{}
	for _, f := range found {
		record, examples := findings.RecordOf(f), findings.Printable(f.Examples)
		if len(f.Hints) > 0 {
			examples = f.Named()
		}
		v.Findings = append(v.Findings, Finding{Table: f.Table, Check: f.Check, Severity: string(f.Severity), Rows: f.Rows,
			Examples: append([]string{}, f.Examples...), Meaning: f.Plural(), Remedy: record.Remedy, Money: record.Money, Hints: f.Hints, ExamplesText: examples})
	}
}

// share is count / total, rounded half away from zero to six decimals; nil where there is nothing
// to share.
func share(count, total int64) *json.Number {
	if total == 0 {
		return nil
	}
	const unit = 1_000_000
	// Taken apart, so that no product leaves 64 bits: the whole part, then the rest of it.
	rest := count % total
	millionths := (2*rest*unit + total) / (2 * total)
	millionths += count / total * unit
	number := json.Number(fmt.Sprintf("%d.%06d", millionths/unit, millionths%unit))
	return &number
}
