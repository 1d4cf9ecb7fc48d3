package ingest

import (
	"slices"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/findings"
)

// dropColumnsReadByOthers removes the columns from the unknown ones of a file that another table reads
// from the same file: one export can have both contacts and their accounts.
func (l *loading) dropColumnsReadByOthers(tables []contract.Table) {
	for _, t := range tables {
		for i := range l.files[t.Name] {
			f := &l.files[t.Name][i]
			if len(f.UnknownColumns) == 0 {
				continue
			}
			read := l.headersReadByOthers(t, f.origin.path)
			f.UnknownColumns = slices.DeleteFunc(f.UnknownColumns, func(header string) bool { return read[header] })
		}
	}
}

// headersReadByOthers are the headers that the other tables look for in a file, in the form in
// which messages show them.
func (l *loading) headersReadByOthers(t contract.Table, path string) map[string]bool {
	read := map[string]bool{}
	for _, other := range contract.Tables() {
		for _, source := range l.job.Tables[other.Name] {
			if other.Name == t.Name || !slices.Contains(source.Paths, path) {
				continue
			}
			for _, c := range other.Columns {
				if header := headerOf(c, source); header != "" {
					read[findings.Shortened(header)] = true
				}
			}
		}
	}
	return read
}

// headerOf is the header from which a table takes a column; empty where the configuration gives one
// value for every row.
func headerOf(c contract.Column, source config.Source) string {
	switch given := source.Columns[c.Name]; {
	case given.Value != "":
		return ""
	case given.From != "":
		return given.From
	}
	return c.Name
}
