package ingest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

// UnreadColumns is the check of headers that nothing reads.
const UnreadColumns = "columns_left_out"

// Checks are the names of what reading may find, but for the reasons to quarantine a row.
func Checks() []string {
	return []string{
		"currency_unnamed", "as_of_far_from_the_rest", "rows_in", "rows_loaded", "rows_quarantined", "rows_deduplicated", "rows_deleted", "no_rows",
		UnreadColumns, "digits_cut", "quarantined_after_as_of",
		microsReadAsUnits, microsIgnored, mergesIgnored, scientificIDs, currencyOfName, correctionUnknown, costZones,
	}
}

// findings are what reading found: for each table what became of its rows, what it lacks, and why
// rows were set aside.
func (l *loading) findings() []findings.Finding {
	found := []findings.Finding{l.unnamedCurrency, l.farAsOf}
	for _, t := range contract.Tables() {
		if slices.Contains(l.unread, t.Name) {
			continue // its files could not be read: nothing is known of their rows
		}
		found = append(found, l.rowsOf(t)...)
		found = append(found, l.noRows(t), l.unknownColumns(t))
		if slices.ContainsFunc(t.Columns, func(c contract.Column) bool { return c.Kind.IsInstant() }) {
			found = append(found, l.digitsCut(t))
		}
		found = append(found, l.trapsOf(t)...)
		found = append(found, l.looked[t.Name]...)
		found = append(found, l.reasons(t)...)
		if t.Name == "costs" {
			found = append(found, l.findCostZones())
		}
		if t.Name == "touchpoints" {
			found = append(found, l.lateTouches)
		}
	}
	return found
}

// rowsOf says what became of the rows of a table: rows in = loaded + quarantined + deduplicated +
// deleted.
func (l *loading) rowsOf(t contract.Table) []findings.Finding {
	var sum File
	for _, f := range l.files[t.Name] {
		sum.RowsIn += f.RowsIn
		sum.Loaded += f.Loaded
		sum.Quarantined += f.Quarantined
		sum.Deduplicated += f.Deduplicated - f.Deleted
	}
	quarantined := findings.Of(t.Name, "rows_quarantined", findings.Error, sum.Quarantined, "{row is|rows are} in the quarantine")
	own := sum.Quarantined
	if t.Name == "touchpoints" {
		own -= l.lateTouches.Rows // they have a sentence of their own
	}
	quarantined.Sentence = fmt.Sprintf("%s: %s %s in the quarantine", t.Name, words.Count(own, "row"), words.Choose(own, "is", "are"))
	quarantined.Remedy = "see the reasons in quarantine/" + t.Name + ".csv"
	quarantined.Detail = own == 0
	read := findings.Of(t.Name, "rows_in", findings.Info, sum.RowsIn, "{row was|rows were} read")
	loaded := findings.Of(t.Name, "rows_loaded", findings.Info, sum.Loaded, "{row was|rows were} loaded")
	read.Detail, loaded.Detail = true, true // the manifest has them
	return []findings.Finding{
		read, loaded,
		quarantined,
		findings.Of(t.Name, "rows_deduplicated", findings.Info, sum.Deduplicated, "{row is a copy of another|rows are copies of others} with the same key, and {was|were} merged into {it|them}"),
		l.rowsDeleted(t),
	}
}

// noRows says what reports lack because nothing stands in a table. A table that was not given is an
// empty one.
func (l *loading) noRows(t contract.Table) findings.Finding {
	missing := int64(1)
	for _, f := range l.files[t.Name] {
		if f.Loaded > 0 {
			missing = 0
		}
	}
	if t.IsMain && len(l.files[t.Name]) == 0 && !slices.Contains(l.unread, t.Name) {
		f := findings.Of(t.Name, "no_rows", findings.Warning, missing, "table is missing or empty: "+t.Without)
		f.Sentence = fmt.Sprintf("%s: no file was given: %s", t.Name, t.Without)
		return f
	}
	isSetAside := t.Name == "touchpoints" && l.lateTouches.Rows > 0 // by an as-of in the past: nothing is wrong with the file
	if missing == 0 || !t.IsMain || len(l.files[t.Name]) == 0 || isSetAside {
		return findings.Of(t.Name, "no_rows", findings.Info, missing, "table is missing or empty: "+t.Without)
	}
	f := findings.Of(t.Name, "no_rows", findings.Refuse, missing, "table is missing or empty: "+t.Without)
	f.Sentence = fmt.Sprintf("%s was given and has no rows left: %s", t.Name, t.Without)
	f.Remedy = "look at the export: its file holds a header and nothing else, or all of its rows are in the quarantine or marked as deleted"
	return f
}

// digitsCut counts the instants that are finer than the microseconds which are kept of them.
func (l *loading) digitsCut(t contract.Table) findings.Finding {
	var cut int64
	for _, f := range l.files[t.Name] {
		cut += f.digitsCut
	}
	return findings.Of(t.Name, "digits_cut", findings.Info, cut, "{time has|times have} digits of a second beyond microseconds, which were cut")
}

// unknownColumns names the headers that nothing reads, and the missing columns of the contract that
// they may have been meant as.
func (l *loading) unknownColumns(t contract.Table) findings.Finding {
	var headers, parts []string
	for _, f := range l.files[t.Name] {
		headers = append(headers, f.UnknownColumns...)
		if n := len(f.UnknownColumns); n > 0 {
			parts = append(parts, fmt.Sprintf("%s: %s: %s ignored: %s%s", t.Name, printable(f.Name), words.Count(n, "unused column"), listHeaders(f.UnknownColumns), f.meant()))
		}
	}
	slices.Sort(headers)
	headers = slices.Compact(headers)
	f := findings.Of(t.Name, UnreadColumns, findings.Warning, int64(len(headers)), "unused {column|columns} ignored")
	f.Sentence = strings.Join(parts, "\n")
	if strings.Contains(f.Sentence, "did you mean") {
		f.Remedy = "rename the column, or map it with from under columns"
	}
	f.Examples = slices.Clone(headers[:min(findings.MaxExamples, len(headers))])
	return f
}

// meant asks, for the first few unused headers that are near a column which the file lacks, whether
// that one was meant.
func (f File) meant() string {
	missing := f.MissingColumns()
	var asked []string
	for _, header := range f.UnknownColumns {
		if nearest := words.Nearest(header, missing); nearest != "" && !inMicros(header) && len(asked) < maxHeadersShown {
			asked = append(asked, printable(header)+": did you mean "+nearest+"?")
		}
	}
	if len(asked) == 0 {
		return ""
	}
	return " (" + strings.Join(asked, " ") + ")"
}

// reasons counts the bad rows of a table by reason, and names the first of each by file and line.
func (l *loading) reasons(t contract.Table) []findings.Finding {
	byCheck := map[string]*findings.Finding{}
	var checks []string
	for _, bad := range l.quarantined[t.Name] {
		check := checkOf(bad.Reason)
		f := byCheck[check]
		if f == nil {
			made := findings.Of(t.Name, check, findings.Error, 1, "{row is|rows are} in the quarantine: "+generalised(bad.Reason))
			made.Detail, made.Lines = true, true
			f, byCheck[check] = &made, &made
			checks = append(checks, check)
		} else {
			f.Rows++
		}
		if len(f.Examples) < findings.MaxExamples {
			f.Examples = append(f.Examples, fmt.Sprintf("%s:%d", findings.Shortened(printable(bad.File)), bad.Line))
		}
	}
	slices.Sort(checks)
	var found []findings.Finding
	for _, check := range checks {
		found = append(found, *byCheck[check])
	}
	return found
}

// checkOf is the name of the check of a reason: its words up to the advice.
func checkOf(reason string) string {
	words := strings.FieldsFunc(strings.ToLower(generalised(reason)), func(r rune) bool {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9')
	})
	const longest = 12 // of a configuration's own words for true and false there may be any number
	return "quarantined_" + strings.Join(words[:min(longest, len(words))], "_")
}

// generalised is a reason without what differs from row to row, and without the advice after a semicolon
// or in brackets.
func generalised(reason string) string {
	if strings.HasPrefix(reason, "has ") && strings.Contains(reason, " and the header has ") {
		return "has more or fewer fields than the header"
	}
	reason, _, _ = strings.Cut(reason, "; ")
	reason, _, _ = strings.Cut(reason, " (")
	return reason
}
