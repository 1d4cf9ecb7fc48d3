// Package gates tests a run before it is published: by itself, and against the last published runs
// of its output directory. Each gate is one file, which has its limits and its message, and a query
// in sql/; all() is the list. Runs are compared by their measures: counts and sums that every run
// writes for the next one (measures.go).
package gates

import (
	"context"
	"embed"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
)

// A stage is the point of a run at which a gate is evaluated.
type stage int

const (
	files    stage = iota // the tables are loaded
	journeys              // people are stitched, and journeys are built
	credit                // everything is credited
)

//go:embed sql/*.sql
var statements embed.FS

// sql is the statement of sql/NAME.sql, with each {NAME} of these pairs replaced by what follows it.
func sql(name string, replaced ...string) string {
	return engine.Statement(statements, "sql/"+name+".sql", replaced...)
}

// A gate is one test of a run. Its query returns one candidate per row; a candidate that reaches a
// limit becomes a finding.
type gate struct {
	check   string // lower_snake_case; the code is the same in kebab-case
	meaning string // its text in the report data_quality
	stage   stage
	limits  findings.Rule // unless the configuration has its own
	query   string
	message func(e *Evaluator, c candidate) string
	remedy  string
	shows   func(c candidate) string // a SELECT over the relations of the run that shows the rows; nil: none can

	noExamples    bool // its keys are for its message alone
	relative      bool // a limit on a share: it does not fire for a few rows without much money
	needsBaseline bool
	lookBack      bool // it compares dates or results with the baseline, so it is skipped if flags change as-of, the period or the models
	isLogged      bool // it has a line in the log although it is no warning
	severityOf    func(e *Evaluator, c candidate) (findings.Rule, bool)
}

// A candidate is one row of the query of a gate. Value is compared with the limits. Rows is the
// difference in rows, and Weight its share of the money of the table: it separates small differences
// that matter from those that do not.
type candidate struct {
	Table, Column, Period string
	Rows                  int64
	Value                 float64
	Now, Before           float64
	Weight                float64
	Micros                string // the money concerned, in millionths of the reporting currency; empty: none
	Keys                  string // a list for the message, and the examples, separated by the unit separator
}

const keySeparator = "\x1f"

func (c candidate) keys() []string {
	if c.Keys == "" {
		return nil
	}
	return strings.Split(c.Keys, keySeparator)
}

// all lists the gates, causes before consequences: the message begins with the first that refuses.
func all() []gate {
	return []gate{
		baselineDamaged, fileTwice, rowsTwice, tableGone, rowsFell, rowsRose, sourceFell, fileGone, columnEmptied, wordsChanged, shareFell, shareOfJourneysFell,
		monthFell, monthsRolled, asOfFell, lag, stale, nothingAttributed, attributedFell, closedPeriod, wonChanged, costRestated, quarantineRose,
		inputChanged, nothingNew,
	}
}

// Checks returns the names of the gates, which the configuration and --accept may use.
func Checks() []string {
	var names []string
	for _, g := range all() {
		if !slices.Contains(names, g.check) {
			names = append(names, g.check)
		}
	}
	return names
}

// A gate with a limit on a share ignores a difference of fewer than fewRows rows, unless it concerns
// more than the share littleMoney of the money of the table.
const (
	fewRows     = 20
	littleMoney = 0.02
)

// run runs the query of one gate.
func (e *Evaluator) run(ctx context.Context, g gate) ([]findings.Finding, error) {
	if g.needsBaseline && e.baseline == nil || g.lookBack && e.hasOverrides {
		return nil, nil
	}
	rows, err := e.engine.Rows(ctx, `
		SELECT COALESCE(CAST(table_name AS VARCHAR), ''), COALESCE(CAST(column_name AS VARCHAR), ''), COALESCE(CAST(period AS VARCHAR), ''),
			CAST(rows AS BIGINT), CAST(value AS DOUBLE), CAST(now AS DOUBLE), CAST(before AS DOUBLE), COALESCE(CAST(weight AS DOUBLE), 0),
			COALESCE(CAST(micros AS VARCHAR), ''), COALESCE(CAST(keys AS VARCHAR), '')
		FROM (`+g.query+`) AS found
		ORDER BY ALL`)
	if err != nil {
		return nil, fmt.Errorf("gate %s: %w", g.check, err)
	}
	defer rows.Close()
	var found []findings.Finding
	for rows.Next() {
		var c candidate
		if err := rows.Scan(&c.Table, &c.Column, &c.Period, &c.Rows, &c.Value, &c.Now, &c.Before, &c.Weight, &c.Micros, &c.Keys); err != nil {
			return nil, fmt.Errorf("gate %s: %w", g.check, err)
		}
		if f, fires := e.evaluate(g, c); fires {
			found = append(found, f)
		}
	}
	return found, rows.Err()
}

// evaluate makes a finding of a candidate that reaches a limit.
func (e *Evaluator) evaluate(g gate, c candidate) (findings.Finding, bool) {
	if c.Table == "" {
		c.Table = findings.Run
	}
	if g.relative && !(c.Rows >= fewRows || c.Weight > littleMoney) {
		return findings.Finding{}, false
	}
	limits := g.limits
	if g.severityOf != nil {
		if special, isSpecial := g.severityOf(e, c); isSpecial {
			limits = special
		}
	}
	severity, limit := e.rules.SeverityOf(findings.Code(g.check), c.Table, c.Value, limits)
	if severity == findings.OK {
		return findings.Finding{}, false
	}
	f := findings.Finding{
		Table: c.Table, Check: g.check, Meaning: g.meaning, Column: c.Column, Period: c.Period, Severity: severity, Rows: c.Rows, Remedy: strings.ReplaceAll(g.remedy, "<table>", c.Table),
		IsLogged: g.isLogged, Value: rounded(c.Value), Limit: limit,
	}
	if g.needsBaseline || c.Before != 0 {
		f.Baseline = rounded(c.Before)
	}
	if e.baseline != nil {
		f.BaselineRun = e.baseline.ID
	}
	if c.Micros != "" && c.Micros != "0" {
		f.Amount = e.currency.Amount(c.Micros)
	}
	for _, key := range c.keys() {
		if !g.noExamples && len(f.Examples) < findings.MaxExamples && !strings.Contains(key, "@") {
			f.Examples = append(f.Examples, findings.Shortened(key))
		}
	}
	if g.shows != nil {
		f.Query = g.shows(c)
	}
	f.Sentence = g.message(e, c)
	return f, true
}

// rounded rounds to six decimals, which are the same on every machine.
func rounded(number float64) *float64 {
	number = math.Round(number*1e6) / 1e6
	return &number
}

// limited makes a rule of two limits; a negative number means no limit.
func limited(warn, refuse float64) findings.Rule {
	var rule findings.Rule
	if warn >= 0 {
		rule.Warn = &warn
	}
	if refuse >= 0 {
		rule.Refuse = &refuse
	}
	return rule
}

// always is a limit that every candidate reaches; none means that there is no limit.
const (
	always = 0
	none   = -1
)
