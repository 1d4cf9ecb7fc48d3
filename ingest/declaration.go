package ingest

import (
	"fmt"
	"maps"
	"slices"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/failure"
)

// A declaration is what the configuration says of one column, checked and ready for use.
type declaration struct {
	value.Rule
	from     string       // header in the file
	mapped   bool         // the configuration names that header, so it has to be there
	constant []byte       // the same for every row; nil: none
	plain    *value.Plain // rewrites the text of a relation's column; nil: it is taken as it is
	isNone   bool         // the column is not read, although a header has its name
	key      []string     // headers whose values together are the id of a row, or config.ByPosition; nil: the id is a column
}

// declare checks what the configuration says of a table. All its errors are errors of the
// configuration.
func declare(t contract.Table, source config.Source, opt readOptions) ([]declaration, error) {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	for _, name := range slices.Sorted(maps.Keys(source.Columns)) {
		if !slices.Contains(names, name) {
			return nil, failure.Errorf(failure.Usage, "tables.%s.columns: %s has no column %q%s", t.Name, t.Name, name, hint(name, names))
		}
	}
	declared := make([]declaration, len(t.Columns))
	for i, column := range t.Columns {
		d, err := declareColumn(fmt.Sprintf("tables.%s.columns.%s", t.Name, column.Name), column, source, opt)
		if err != nil {
			return nil, err
		}
		declared[i] = d
	}
	if len(source.Key) > 0 && len(t.Key) == 1 {
		at := slices.IndexFunc(declared, func(d declaration) bool { return d.Column.Name == t.Key[0] })
		declared[at].key = source.Key
	}
	return declared, nil
}

// declareColumn is the declaration of one column.
func declareColumn(where string, column contract.Column, source config.Source, opt readOptions) (declaration, error) {
	given := source.Columns[column.Name]
	given.Nulls = slices.Concat(given.Nulls, source.Nulls)
	d := declaration{from: given.From, mapped: given.From != "", isNone: given.None}
	if d.from == "" {
		d.from = column.Name
	}
	if given.Value != "" {
		if d.mapped {
			return d, failure.Errorf(failure.Usage, "%s: from and value cannot both be given", where)
		}
		d.constant = []byte(given.Value)
	}
	var err error
	if d.Rule, err = value.NewRule(where, column, given, source.TimeZone, opt.InputZone, opt.ReportingZone); err != nil {
		return d, err
	}
	if d.constant != nil {
		c := newCell(d)
		if reason := c.Read(d.constant); reason != "" {
			return d, failure.Errorf(failure.Usage, "%s: value %q %s", where, d.constant, reason)
		}
	}
	return d, nil
}
