package compare

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/words"
)

// period describes a window.
func (r *reader) period(w window) Period {
	p := Period{Label: w.whole.label, Status: complete}
	day := func(at time.Time) string { return at.Format(time.DateOnly) }
	if !w.span.from.IsZero() {
		p.Start = day(w.span.from)
	}
	if !w.span.next.IsZero() {
		p.End = day(w.whole.last())
	}
	if w.role == now && w.whole.kind == "all" {
		return p
	}
	p.Days = w.span.days()
	switch {
	case w.isCut && w.role == now:
		p.Status, p.Until = unfinished, day(w.span.last())
	case w.isCut:
		p.Status, p.Until = shortened, day(w.span.last())
	}
	if w.role != now {
		switch first := r.firstDay; {
		case first == "" || day(w.span.last()) < first:
			p.Status = beforeData
		case day(w.span.from) < first:
			p.Status = partlyBefore
		}
	}
	return p
}

// changes compares the figures of a row with those of an earlier period, model by model.
func (r *reader) changes(row Row, earlier []Figure, p Period) []Change {
	var changes []Change
	for i, f := range row.Figures {
		c := Change{Model: f.Model, Verdict: cannotSay, Reason: earlyData}
		if p.Status == beforeData || i >= len(earlier) {
			changes = append(changes, c)
			continue
		}
		e := earlier[i]
		c.Figure, c.N, c.SmallSample = e.Figure, e.N, e.SmallSample
		if f.Figure.IsKnown() && e.Figure.IsKnown() {
			c.Change = Number{new(big.Rat).Sub(f.Figure.value, e.Figure.value), f.Figure.decimals}
			if e.Figure.Sign() != 0 {
				c.Relative = Number{new(big.Rat).Quo(c.Change.value, new(big.Rat).Abs(e.Figure.value)), 6}
			}
		}
		c.Verdict, c.Reason = r.verdict(row, f, e, c, p)
		changes = append(changes, c)
	}
	return changes
}

// verdict says whether a change is for the better, where both figures are final and stand on
// enough conversions.
func (r *reader) verdict(row Row, f, e Figure, c Change, p Period) (verdict, reason string) {
	m := r.measure
	isSmall := m.divisor != nil && (f.SmallSample || e.SmallSample)
	switch {
	case !c.Change.IsKnown():
		return cannotSay, noFigure
	case m.isNeutral || isAside(row.Value):
		return cannotSay, noDirection
	case m.isChanging || r.question.Basis == "cohort":
		return cannotSay, stillGrows
	case p.Status == partlyBefore:
		return cannotSay, earlyData
	case f.isProvisional || e.isProvisional:
		return cannotSay, notFinal
	case isSmall:
		return cannotSay, smallSample
	case c.Change.Sign() == 0:
		return same, ""
	case c.Change.Sign() > 0 != m.lessIsMore:
		return better, ""
	}
	return worse, ""
}

// notes are what a reader has to know about the periods and the data.
func (r *reader) notes(result Result) []string {
	notes := []string{}
	add := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	if r.isPublished {
		report, _, _ := r.dimension.rows()
		add("The run has no credit rows for this question: the figures are those of the report %s.", report)
	}
	switch {
	case !r.measure.usesCost() || hasCost(result):
	case r.measure.lessIsMore && hasNone(result.Total):
		add("Nothing that %s divides by was credited in this period: there is no figure, whatever was spent.", result.Label)
	default:
		add("No cost is booked in this period: without cost there is no %s.", result.Label)
	}
	p := result.Period
	if result.Before == nil {
		return notes
	}
	if p.Status == unfinished {
		add("%s has not ended: its first %s, up to %s, %s compared with as many days of the earlier periods.", p.Label, words.Count(p.Days, "day"), p.Until, words.Choose(p.Days, "is", "are"))
	}
	for _, e := range []*Period{result.Before, result.YearAgo} {
		switch {
		case e == nil:
		case e.Status == beforeData && r.firstDay == "":
			add("There is nothing to compare with: the run has no %s.", result.Label)
		case e.Status == beforeData:
			add("%s lies before the data, which begins on %s: there is nothing to compare with.", e.Label, r.firstDay)
		case e.Status == partlyBefore:
			add("The data begins on %s, within %s: what was before is missing there, so no change is called better or worse.", r.firstDay, e.Label)
		}
	}
	if result.Basis == "cohort" && !r.measure.isNeutral {
		add("On basis cohort the newer figures still grow as opportunities are created and won: no change is called better or worse.")
	}
	if r.measure.isChanging {
		add("Of an older period, less is still open: no change is called better or worse.")
	}
	if hasReason(result, notFinal) {
		add("The cost of the newest days is provisional: a change is not called better or worse where it includes them.")
	}
	first := r.run.Job.Reporting.FiscalYearStartsIn
	if kind := r.windows[0].whole.kind; first != "" && !strings.EqualFold(first, "january") && (kind == "quarter" || kind == "year") {
		add("%s is a %s of the calendar; of the fiscal year, write fiscal-%s.", p.Label, kind, kind)
	}
	return notes
}

// hasCost tells whether any cost stands behind a result that needs it.
func hasCost(result Result) bool {
	return result.Total.Highest.IsKnown() && (result.IsRatio || result.Total.Highest.Sign() != 0)
}

// hasNone tells whether no conversion is credited in a row, under any model.
func hasNone(row Row) bool {
	return !slices.ContainsFunc(row.Figures, func(f Figure) bool { return f.N.IsKnown() && f.N.Sign() != 0 })
}

// hasReason tells whether a change has this reason.
func hasReason(result Result, reason string) bool {
	for _, row := range append(result.Rows, result.Total) {
		for _, c := range append(append([]Change{}, row.Before...), row.YearAgo...) {
			if c.Reason == reason {
				return true
			}
		}
	}
	return false
}
