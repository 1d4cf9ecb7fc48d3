package attribution

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

// An unmatchedLine is a line that does not match the input, and how far it is off.
type unmatchedLine struct {
	line       controlLine
	difference string
}

// tally is the number and the amount of the rows of a line.
type tally struct {
	rows     int64
	micros   *big.Int // in the line's currency
	unpriced bool
}

// covers reports whether a line is about these rows.
func (l controlLine) covers(r controlRows) bool {
	return l.table == r.table && !r.segment.first.Before(l.from) && !r.segment.last.After(l.to) && (!l.isOneCurrency || l.currency.Code == r.currency)
}

// compareLines compares every line with the rows of its period, and finds the rows that no line
// covers.
func compareLines(lines []controlLine, rows []controlRows, reporting findings.Currency) comparedTotals {
	done := comparedTotals{lines: len(lines)}
	isCovered := make([]bool, len(rows))
	for _, l := range lines {
		found := tally{micros: new(big.Int)}
		for i, r := range rows {
			if !l.covers(r) {
				continue
			}
			isCovered[i] = true
			found.rows += r.rows
			if l.isOneCurrency {
				found.micros.Add(found.micros, r.micros)
			} else {
				found.micros.Add(found.micros, r.reporting)
				found.unpriced = found.unpriced || r.unpriced
			}
		}
		if difference := l.differences(found); difference != "" {
			done.failed = append(done.failed, unmatchedLine{l, difference})
		}
	}
	for _, table := range tablesOf(lines) {
		done.findings = append(done.findings, done.findingsOf(table)...)
		done.findings = append(done.findings, uncovered(table, rows, isCovered, reporting))
	}
	return done
}

// differences describes how the rows of a line differ from it; it is empty if they match. Amounts are
// compared in minor units.
func (l controlLine) differences(found tally) string {
	var parts []string
	if l.rows != nil {
		off := new(big.Int).Sub(big.NewInt(found.rows), big.NewInt(*l.rows))
		if l.isBeyond(new(big.Int).Mul(off, big.NewInt(million))) {
			parts = append(parts, fmt.Sprintf("%s expected, %s found, a difference of %s",
				words.Count(*l.rows, "row"), words.Number(found.rows), signed(off, words.Number(off.Int64()))))
		}
	}
	if l.minor != nil {
		minorMicros := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(6-l.currency.Decimals)), nil)
		expected := new(big.Int).Mul(big.NewInt(*l.minor), minorMicros)
		rounded := new(big.Int).Mul(roundedRatio(found.micros, minorMicros), minorMicros)
		off := new(big.Int).Sub(rounded, expected)
		switch {
		case found.unpriced:
			parts = append(parts, l.currency.Amount(expected.String())+" expected, and exchange_rates has no rate for some of the rows")
		case l.isBeyond(off):
			parts = append(parts, fmt.Sprintf("%s expected, %s found, a difference of %s",
				l.currency.Amount(expected.String()), l.currency.Amount(rounded.String()), signed(off, l.currency.Amount(off.String()))))
		}
	}
	if len(parts) > 0 && found.rows == 0 {
		parts = append(parts, "no "+l.unit()+" has its date in this period")
	}
	return strings.Join(parts, "; ")
}

const million = 1_000_000

func (l controlLine) isBeyond(offMicros *big.Int) bool {
	return new(big.Int).Abs(offMicros).Cmp(big.NewInt(l.tolerance)) > 0
}

// signed writes a difference with its plus sign, so that it does not look like an amount.
func signed(off *big.Int, amount string) string {
	if off.Sign() > 0 {
		return "+" + amount
	}
	return amount
}

// unit is the noun for the rows of a line: for opportunities, won opportunities.
func (l controlLine) unit() string {
	switch {
	case l.table == "opportunities" && l.isOneCurrency:
		return "won opportunity in " + l.currency.Code
	case l.table == "opportunities":
		return "won opportunity"
	case l.isOneCurrency:
		return "row of " + l.table + " in " + l.currency.Code
	}
	return "row of " + l.table
}

func (l controlLine) period() string {
	return l.from.Format(time.DateOnly) + " to " + l.to.Format(time.DateOnly)
}

// roundedRatio is rounded_ratio of functions.sql: half away from zero. d is above zero.
func roundedRatio(n, d *big.Int) *big.Int {
	doubled := new(big.Int).Add(new(big.Int).Mul(new(big.Int).Abs(n), big.NewInt(2)), d)
	q := doubled.Quo(doubled, new(big.Int).Mul(d, big.NewInt(2)))
	if n.Sign() < 0 {
		q.Neg(q)
	}
	return q
}

// inFull is how many lines that do not match are printed in full.
const inFull = 10

// unmatched returns an error with every line that does not match the input: the first ten in full, the
// others by name. It is nil if all of them match.
func (c comparedTotals) unmatched() error {
	var lines []error
	for _, u := range c.failed[:min(inFull, len(c.failed))] {
		lines = append(lines, errors.New(u.String()))
	}
	if len(c.failed) > inFull {
		var names []string
		for _, u := range c.failed[inFull:] {
			names = append(names, u.line.place+" ("+u.line.table+", "+u.line.period()+")")
		}
		lines = append(lines, fmt.Errorf("%s more: %s", words.Number(len(names)), strings.Join(names, "; ")))
	}
	if len(lines) == 0 {
		return nil
	}
	return failure.Errorf(failure.Check, "%w", errors.Join(lines...))
}

// refused returns unmatched as the error that ends a run, with the months that no line covers, because
// both can have the same cause.
func (c comparedTotals) refused() error {
	unmatched := c.unmatched()
	if unmatched == nil {
		return nil
	}
	for _, f := range c.findings {
		if f.Severity == findings.Warning {
			unmatched = errors.Join(unmatched, errors.New(f.String()+"\nhint: "+f.Remedy))
		}
	}
	return failure.Errorf(failure.Check, "%s of %s %s not match the input; nothing was published\n%w\nhint: run the commands in the directory of the input; they list the rows",
		words.Number(len(c.failed)), words.Count(c.lines, "control total"), words.Choose(len(c.failed), "does", "do"), unmatched)
}

// String is the line as a message: control_totals.csv:3: costs, 2025-01-01 to 2025-01-31: 100.00
// USD expected, 99.00 USD found, ...
func (u unmatchedLine) String() string {
	message := u.line.place + ": " + u.line.table + ", " + u.line.period() + ": " + u.difference
	if u.line.lost != "" {
		message += " (" + u.line.lost + ")"
	}
	if u.line.command != "" {
		message += ": " + u.line.command
	}
	return message
}

// The checks of control totals.
const (
	controlTotalsCheck = "control_totals"
	uncoveredCheck     = "months_without_control_total"
)

// findingsOf returns one finding for each line of a table that does not match, or a single finding
// which says that all match.
func (c comparedTotals) findingsOf(table string) []findings.Finding {
	const meaning = "{control total does|control totals do} not match the rows of {its|their} period"
	var found []findings.Finding
	for _, u := range c.failed {
		if u.line.table == table {
			f := findings.Of(table, controlTotalsCheck, findings.Error, 1, meaning)
			f.Examples, f.Sentence = []string{u.line.period()}, u.String()
			found = append(found, f)
		}
	}
	if len(found) == 0 {
		found = append(found, findings.Of(table, controlTotalsCheck, findings.Error, 0, meaning))
	}
	return found
}

// uncovered finds the months, between the first and the last day of the list, in which a table has
// rows that no line covers.
func uncovered(table string, rows []controlRows, isCovered []bool, reporting findings.Currency) findings.Finding {
	var months []string
	var count int64
	micros := new(big.Int)
	for i, r := range rows {
		if r.table != table || isCovered[i] || r.rows == 0 {
			continue
		}
		count += r.rows
		micros.Add(micros, r.reporting)
		if month := r.segment.first.Format("2006-01"); !slices.Contains(months, month) {
			months = append(months, month)
		}
	}
	slices.Sort(months)
	f := findings.Of(table, uncoveredCheck, findings.Warning, count,
		"{row|rows} of "+table+" {is|are} in months that no line of control_totals covers")
	f.Remedy = "add a line for each of these months; months before the first and after the last day of the list are not checked"
	f.Examples = months[:min(findings.MaxExamples, len(months))]
	if micros.Sign() != 0 {
		f.Amount = reporting.Amount(micros.String())
	}
	return f
}
