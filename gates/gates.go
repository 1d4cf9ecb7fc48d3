// Package gates judges a run before it is published: by itself, and against the last runs of its
// output directory. Each gate is one file, with the words that say what fires it, and its query in
// sql/; all() is the list. What a run is held against is its measures: counts and sums,
// which every run writes for the next one (measures.go).
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

// A stage is how far a run has come when a gate can judge.
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

// A gate is one question. Its query answers with one row per finding; the columns are those of
// caught.
type gate struct {
	check   string // lower_snake_case; the code is the same in kebab-case
	meaning string // what the report data_quality says of it
	stage   stage
	limits  findings.Rule // unless the configuration has its own
	query   string
	say     func(j *Judge, c caught) string
	remedy  string
	shows   func(c caught) string // a SELECT over the relations of the run that shows the rows; nil: none can

	noExamples    bool // its keys are for its message alone
	relative      bool // a limit on a share: it does not fire for a few rows without much money
	needsBaseline bool
	lookBack      bool // it compares dates or results with the baseline, which a run of another as-of or of other models cannot be
	isLogged      bool // worth a line in the log although it is no warning
	severityOf    func(j *Judge, c caught) (findings.Rule, bool)
}

// A caught row is what a query found. Value is held against the limits; Rows is the difference in
// rows, and Weight its share of the table's money, by which few rows are told from few that matter.
type caught struct {
	Table, Column, Period string
	Rows                  int64
	Value                 float64
	Now, Before           float64
	Weight                float64
	Micros                string // money that hangs on it, in millionths of the reporting currency; empty: none
	Keys                  string // a list for the message, and the examples, separated by the unit separator
}

const keySeparator = "\x1f"

func (c caught) keys() []string {
	if c.Keys == "" {
		return nil
	}
	return strings.Split(c.Keys, keySeparator)
}

// all are the gates, causes before consequences: the first that refuses heads the message.
func all() []gate {
	return []gate{
		baselineDamaged, fileTwice, rowsTwice, tableGone, rowsFell, rowsRose, sourceFell, fileGone, columnEmptied, wordsChanged, shareFell, shareOfJourneysFell,
		monthFell, monthsRolled, asOfFell, lag, stale, nothingAttributed, attributedFell, closedPeriod, wonChanged, costRestated, quarantineRose,
		inputChanged, nothingNew,
	}
}

// Checks are the names of the gates, for what the configuration and --accept may name.
func Checks() []string {
	var names []string
	for _, g := range all() {
		if !slices.Contains(names, g.check) {
			names = append(names, g.check)
		}
	}
	return names
}

// fewRows is a difference that no limit on a share fires for, unless its money is more than
// littleMoney of the table's.
const (
	fewRows     = 20
	littleMoney = 0.02
)

// ask puts one gate to the engine.
func (j *Judge) ask(ctx context.Context, g gate) ([]findings.Finding, error) {
	if g.needsBaseline && j.baseline == nil || g.lookBack && j.hasOverrides {
		return nil, nil
	}
	rows, err := j.engine.Rows(ctx, `
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
		var c caught
		if err := rows.Scan(&c.Table, &c.Column, &c.Period, &c.Rows, &c.Value, &c.Now, &c.Before, &c.Weight, &c.Micros, &c.Keys); err != nil {
			return nil, fmt.Errorf("gate %s: %w", g.check, err)
		}
		if f, fires := j.judge(g, c); fires {
			found = append(found, f)
		}
	}
	return found, rows.Err()
}

// judge makes a finding of what a query found, if it passes a limit.
func (j *Judge) judge(g gate, c caught) (findings.Finding, bool) {
	if c.Table == "" {
		c.Table = findings.Run
	}
	if g.relative && !(c.Rows >= fewRows || c.Weight > littleMoney) {
		return findings.Finding{}, false
	}
	limits := g.limits
	if g.severityOf != nil {
		if special, isSpecial := g.severityOf(j, c); isSpecial {
			limits = special
		}
	}
	severity, limit := j.rules.Judge(findings.Code(g.check), c.Table, c.Value, limits)
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
	if j.baseline != nil {
		f.BaselineRun = j.baseline.ID
	}
	if c.Micros != "" && c.Micros != "0" {
		f.Amount = j.currency.Amount(c.Micros)
	}
	for _, key := range c.keys() {
		if !g.noExamples && len(f.Examples) < findings.MaxExamples && !strings.Contains(key, "@") {
			f.Examples = append(f.Examples, findings.Shortened(key))
		}
	}
	if g.shows != nil {
		f.Query = g.shows(c)
	}
	f.Sentence = g.say(j, c)
	return f, true
}

// rounded keeps six decimals: enough for a person, and the same on every machine.
func rounded(number float64) *float64 {
	number = math.Round(number*1e6) / 1e6
	return &number
}

// limited makes limits of two numbers; a negative one is none.
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

// always is a limit that every finding passes, none one that no finding does.
const (
	always = 0
	none   = -1
)
