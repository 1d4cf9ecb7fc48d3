package presets

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Evidence is which of day and month comes first in the dates of a folder, as its values prove: the
// exports of one system write all dates alike. It has a header for each separator and order.
type evidence map[string]map[string]string

// gather looks at the times of all files that were recognised.
func (w *writer) gather() error {
	w.evidence, w.written = evidence{}, map[string]Written{}
	for _, p := range w.folder.Presets {
		for _, relation := range slices.Sorted(maps.Keys(p.Files)) {
			for _, header := range p.times(relation) {
				for _, file := range p.Files[relation] {
					if err := w.look(file, header); err != nil {
						return err
					}
				}
			}
		}
	}
	for _, table := range slices.Sorted(maps.Keys(w.folder.Tables)) {
		for _, p := range w.folder.Tables[table] {
			for _, header := range p.timeHeaders(table) {
				if err := w.look(p.File, header); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// look finds out how one column is written, and what it proves.
func (w *writer) look(file File, header string) error {
	one, err := howWritten(file, []string{header})
	if err != nil {
		return err
	}
	w.written[file.Name+"\x00"+header] = one
	if len(one.Exchanged) > 0 || len(one.Formats) == 0 {
		return nil
	}
	if separator, first := order(one.Formats[0]); first != "" {
		if w.evidence[separator] == nil {
			w.evidence[separator] = map[string]string{}
		}
		if w.evidence[separator][first] == "" {
			w.evidence[separator][first] = fmt.Sprintf("%s of %s", header, file.Name)
		}
	}
	return nil
}

// decided is how a column is written once the other columns of the folder were asked, and which of
// them decided it, if one did.
func (w *writer) decided(file File, header string) (one Written, by string) {
	one = w.written[file.Name+"\x00"+header]
	if len(one.Exchanged) == 0 {
		return one, ""
	}
	separator, first := order(one.Formats[0])
	proven := w.evidence[separator]
	if len(proven) != 1 {
		return one, ""
	}
	for order, header := range proven {
		if order != first {
			one.Formats = one.Exchanged
		}
		one.Exchanged, by = nil, header
	}
	return one, by
}

// times are the headers of a relation that hold times: those of which the tables' dates are made, and
// those that it names itself.
func (f Found) times(relation string) []string {
	headers := slices.Clone(f.Relations[relation].Times)
	for _, s := range f.Sources {
		for _, column := range slices.Sorted(maps.Keys(s.Dates)) {
			for _, name := range s.Dates[column] {
				if of, header, _ := strings.Cut(name, "."); of == relation && !slices.Contains(headers, header) {
					headers = append(headers, header)
				}
			}
		}
	}
	slices.Sort(headers)
	return headers
}
