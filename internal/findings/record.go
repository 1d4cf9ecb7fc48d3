package findings

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/tributary-engine/tributary/internal/failure"
)

// File is where a run keeps its findings.
const File = "findings.json"

// A Record is a finding as findings.json holds it. Numbers are null where there is none.
type Record struct {
	Code        string       `json:"code"`
	Severity    string       `json:"severity"` // info, warn or refuse
	Table       string       `json:"table"`
	Column      string       `json:"column,omitempty"`
	Period      string       `json:"period,omitempty"`
	Examples    []string     `json:"examples"` // keys of some rows
	Rows        int64        `json:"rows"`
	Value       *float64     `json:"value"`
	Limit       *float64     `json:"limit"`
	Baseline    *float64     `json:"baseline"`
	BaselineRun string       `json:"baseline_run,omitempty"`
	Money       *json.Number `json:"money"` // a decimal in the currency of the file
	Query       string       `json:"query,omitempty"`
	Message     string       `json:"message"`
	Remedy      string       `json:"remedy,omitempty"`
	KnownSince  string       `json:"known_since,omitempty"` // of warnings: the first run of the streak
	Accepted    string       `json:"accepted,omitempty"`
}

// Records are the content of findings.json.
type Records struct {
	Run         string   `json:"run"`
	BaselineRun string   `json:"baseline_run,omitempty"`
	Currency    string   `json:"currency"` // reporting currency
	Findings    []Record `json:"findings"`
}

// RecordOf is a finding in its published form.
func RecordOf(f Finding) Record {
	severity := string(f.Severity)
	if f.Severity.IsWarning() {
		severity = "warn"
	}
	r := Record{
		Code: f.Code(), Severity: severity, Table: f.Table, Column: f.Column, Period: f.Period, Examples: append([]string{}, f.Examples...), Rows: f.Rows,
		Value: f.Value, Limit: f.Limit, Baseline: f.Baseline, BaselineRun: f.BaselineRun, Query: f.Query, Message: f.String(), Remedy: f.Remedy,
		KnownSince: f.KnownSince, Accepted: f.Accepted,
	}
	if f.Severity == OK {
		r.Remedy = "" // there is nothing to do
	}
	if r.Value == nil {
		rows := float64(f.Rows)
		r.Value = &rows
	}
	if f.Amount != "" {
		money := json.Number(strings.ReplaceAll(strings.Fields(f.Amount)[0], ",", ""))
		r.Money = &money
	}
	return r
}

// Write writes findings.json into the directory of a run: every finding that found something and is
// not a part of another one.
func Write(directory string, records Records, found []Finding) error {
	records.Findings = []Record{}
	for _, f := range found {
		if f.IsReported() {
			records.Findings = append(records.Findings, RecordOf(f))
		}
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(records); err != nil {
		return fmt.Errorf("writing %s: %w", File, err)
	}
	if err := os.WriteFile(filepath.Join(directory, File), text.Bytes(), 0o600); err != nil {
		return failure.Writing("writing %s: %w", File, err)
	}
	return nil
}

// IsReported reports whether a finding stands in findings.json: it found something, and no other
// finding says it already.
func (f Finding) IsReported() bool { return f.Severity != OK && f.Severity != Off && !f.Detail }

// Read reads the findings of a run. A run of a version that kept none has none.
func Read(directory string) (Records, error) {
	var records Records
	text, err := os.ReadFile(filepath.Join(directory, File))
	if errors.Is(err, fs.ErrNotExist) {
		return records, nil
	}
	if err != nil {
		return records, failure.Errorf(failure.IO, "reading the findings of a run: %w", err)
	}
	if err := json.Unmarshal(text, &records); err != nil {
		return records, failure.Errorf(failure.IO, "reading the findings of a run: %s: %w", filepath.Join(directory, File), err)
	}
	return records, nil
}

// Recognise tells which warnings are new: those that the baseline did not have, and those that grew
// by more than a tenth since. run is the id of this run, which begins the streak of a new one.
func Recognise(found []Finding, run string, before Records) {
	type place struct{ code, table, column string }
	known := map[place]Record{}
	for _, r := range before.Findings {
		if r.Severity == "warn" {
			known[place{r.Code, r.Table, r.Column}] = r
		}
	}
	const growth = 1.1
	for i := range found {
		f := &found[i]
		if !f.Severity.IsWarning() {
			continue
		}
		r, isKnown := known[place{f.Code(), f.Table, f.Column}]
		now := RecordOf(*f)
		f.IsNew = !isKnown || r.Value == nil || *now.Value > growth**r.Value
		f.KnownSince = run
		if !f.IsNew && r.KnownSince != "" {
			f.KnownSince = r.KnownSince
		}
	}
}

// Count says how many warnings are new, and how many are known.
func Count(found []Finding) (fresh, known int) {
	for _, f := range found {
		switch {
		case !f.Severity.IsWarning() || f.Detail:
		case f.IsNew:
			fresh++
		default:
			known++
		}
	}
	return fresh, known
}
