package ingest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

// Headers that mean something else than the column they are read as, or the place where nothing
// reads them.
const (
	microsReadAsUnits = "micros_read_as_units"
	microsIgnored     = "micros_ignored"
	mergesIgnored     = "merges_ignored"
)

// inMicros reports whether a header is that of an amount in millionths, as advertising platforms name
// it: cost_micros, costMicros, metrics.cost_micros.
func inMicros(header string) bool { return strings.HasSuffix(strings.ToLower(header), "micros") }

// isMaster reports whether a header is that of the record that others were merged into, as Salesforce
// names it.
func isMaster(header string) bool {
	return slices.Contains([]string{"masterrecordid", "master_record_id"}, strings.ToLower(header))
}

// trapsOf are the checks of the headers of a table's files: of tables with amounts those in
// millionths, and of records of people and accounts those that name the record that a row was
// merged into.
func (l *loading) trapsOf(t contract.Table) []findings.Finding {
	var found []findings.Finding
	if slices.ContainsFunc(t.Columns, contract.Column.IsAmount) {
		found = append(found, l.microsRead(t), l.microsLeftOut(t))
	}
	if slices.Contains([]string{"accounts", "contacts", "leads"}, t.Name) {
		found = append(found, l.mergesLeftOut(t))
	}
	return found
}

// microsRead finds the amounts that are read from a column of millionths: they are a million times
// too large.
func (l *loading) microsRead(t contract.Table) findings.Finding {
	return l.headersOf(t, microsReadAsUnits, findings.Warning, "{column of millionths is|columns of millionths are} read as whole units of the currency",
		"divide the column by 1,000,000 in the export and rename it; if it holds whole units, only rename it",
		func(f File) (headers, parts []string) {
			for i, m := range f.Columns {
				if t.Columns[i].IsAmount() && inMicros(m.Header) {
					headers = append(headers, m.Header)
					parts = append(parts, fmt.Sprintf("%s: `%s` is read from `%s`, whose name says millionths: every amount is then a million times too large",
						printable(f.Name), m.Column, findings.Shortened(m.Header)))
				}
			}
			return headers, parts
		})
}

// microsLeftOut finds the columns of millionths that nothing reads, of a file that has no other
// amount.
func (l *loading) microsLeftOut(t contract.Table) findings.Finding {
	return l.headersOf(t, microsIgnored, findings.Warning, "{column of millionths is|columns of millionths are} ignored, in a file without another amount",
		"divide the column by 1,000,000 in the export, and map it under columns",
		func(f File) (headers, parts []string) {
			for i, m := range f.Columns {
				if t.Columns[i].IsAmount() && m.Header != "" {
					return nil, nil
				}
			}
			for _, header := range f.UnknownColumns {
				if inMicros(header) {
					headers = append(headers, header)
					parts = append(parts, fmt.Sprintf("%s: `%s` is ignored, and no other column gives an amount",
						printable(f.Name), header))
				}
			}
			return headers, parts
		})
}

// mergesLeftOut finds the columns that name the record into which a row was merged, and that
// identity_map is not made of.
func (l *loading) mergesLeftOut(t contract.Table) findings.Finding {
	remedy := "give identity_map a row from each merged id to it"
	if t.Name == "accounts" {
		remedy = "export the id of the surviving account wherever a merged one is named"
	}
	return l.headersOf(t, mergesIgnored, findings.Warning, "{column that names|columns that name} the record into which a row was merged {is|are} not used", remedy,
		func(f File) (headers, parts []string) {
			candidates := slices.Clone(f.UnknownColumns)
			for _, m := range f.Columns {
				candidates = append(candidates, m.Header)
			}
			for _, header := range candidates {
				if isMaster(header) && !l.isLinked(header) {
					headers = append(headers, header)
					parts = append(parts, fmt.Sprintf("%s: `%s` is not used: a row that has it is not merged with the record that it names", printable(f.Name), header))
				}
			}
			return headers, parts
		})
}

// nearOrMillionths is the hint for a column that a file lacks: the nearest header and, of an
// amount, one that may be it in millionths.
func nearOrMillionths(d declaration, headers []string) string {
	i := slices.IndexFunc(headers, inMicros)
	if i < 0 || !d.Column.IsAmount() {
		return hint(d.from, headers)
	}
	others := slices.DeleteFunc(slices.Clone(headers), inMicros)
	return hint(d.from, others) + fmt.Sprintf(" (%s counts millionths: divide it by 1,000,000 in the export)", quotedHeader(headers[i]))
}

// isLinked reports whether identity_map leads to the ids under a header.
func (l *loading) isLinked(header string) bool {
	return slices.ContainsFunc(l.files["identity_map"], func(f File) bool {
		return slices.ContainsFunc(f.Columns, func(m Mapping) bool { return m.Column == "to_id" && m.Header == header })
	})
}

// headersOf makes a finding of the headers that look finds in the files of a table, with a line of
// the message for each.
func (l *loading) headersOf(t contract.Table, check string, severity findings.Severity, meaning, remedy string, look func(File) (headers, parts []string)) findings.Finding {
	var all, lines []string
	for _, f := range l.files[t.Name] {
		headers, parts := look(f)
		all, lines = append(all, headers...), append(lines, parts[:min(len(parts), maxHeadersShown)]...)
		if more := len(parts) - maxHeadersShown; more > 0 {
			lines = append(lines, fmt.Sprintf("%s: and %s like it", printable(f.Name), words.Count(more, "further column")))
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	found := findings.Of(t.Name, check, severity, int64(len(all)), meaning)
	found.Sentence, found.Remedy = strings.Join(lines, "\n"), remedy
	for _, header := range all[:min(findings.MaxExamples, len(all))] {
		found.Examples = append(found.Examples, findings.Shortened(header))
	}
	return found
}
