package presets

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/tributary-engine/tributary/internal/contract"
)

// source writes a source of a preset, and its SELECT into a file of its own.
func (w *writer) source(f Found, s Source) {
	name := filepath.Join("sql", f.Name+"_"+s.SQL)
	w.draft.Statements[name] = s.Text
	w.line("    - select_file: %s", quoted(name))
	for _, decision := range s.Decisions {
		w.draft.Decisions++
		w.comment("      ", "CHECK: "+decision)
	}
	w.line("      from:")
	needsZone := false
	for _, relation := range s.From {
		needsZone = w.relation("        ", relation, f, s) || needsZone
	}
	w.columns(f, s, needsZone)
}

// relation writes a relation with its files and how these are written. It reports whether times that
// the source takes from it have no zone.
func (w *writer) relation(indent, name string, f Found, s Source) (needsZone bool) {
	r, files := f.Relations[name], f.Files[name]
	if len(files) == 0 {
		w.line("%s%s: {optional: %s}  # no file: export %s to have it", indent, name, list(slices.Concat(r.Headers, r.Optional)), r.Title)
		return false
	}
	w.line("%s%s:%s", indent, name, w.encodingNote(files[0]))
	inner := indent + "  "
	if len(files) == 1 {
		w.line("%sfile: %s", inner, quoted(files[0].Name))
	} else {
		var names []string
		for _, file := range files {
			names = append(names, file.Name)
		}
		w.line("%sfiles: %s", inner, list(names))
	}
	for _, key := range writtenKeys(files[0]) {
		w.line("%s%s", inner, key)
	}
	if r.Ragged != "" {
		w.line("%sragged: %s", inner, r.Ragged)
	}
	if len(r.Nulls) > 0 {
		w.line("%snulls: %s", inner, list(r.Nulls))
	}
	var missing []string
	for _, header := range r.Optional {
		if !slices.ContainsFunc(files, func(file File) bool { return headerAt(file.Headers, header) >= 0 }) {
			missing = append(missing, header)
		}
	}
	if len(missing) > 0 {
		w.line("%soptional: %s", inner, list(missing))
	}
	var lines []string
	for _, header := range f.times(name) {
		one, by := w.ofFiles(files, header)
		needsZone = needsZone || one.NeedsZone && s.uses(name, header)
		if r.Totals {
			continue // its last lines are none of its rows: what the SELECT answers with is declared instead
		}
		lines = append(lines, w.timeLines(actualHeader(files[0], header), "", one, by)...)
	}
	for _, header := range r.Numbers {
		lines = append(lines, w.numberLines(files, header)...)
	}
	if len(lines) > 0 {
		w.line("%scolumns:", inner)
		for _, line := range lines {
			w.line("%s  %s", inner, line)
		}
	}
	return needsZone
}

// uses reports whether a source takes a time from a header of a relation.
func (s Source) uses(relation, header string) bool {
	for _, names := range s.Dates {
		if slices.Contains(names, relation+"."+header) {
			return true
		}
	}
	return false
}

// actualHeader is a header as the file writes it.
func actualHeader(file File, header string) string {
	if at := headerAt(file.Headers, header); at >= 0 {
		return file.Headers[at]
	}
	return header
}

func writtenKeys(f File) (keys []string) {
	if f.Delimiter != "" {
		keys = append(keys, "delimiter: "+quoted(f.Delimiter))
	}
	if f.Encoding != "" {
		keys = append(keys, "encoding: "+f.Encoding)
	}
	if f.SkipRows > 0 {
		keys = append(keys, fmt.Sprintf("skip_rows: %d", f.SkipRows))
	}
	return keys
}

func (w *writer) encodingNote(f File) string {
	if f.Encoding != "windows-1252" {
		return ""
	}
	w.draft.Decisions++
	return "  # CHECK: the file is not UTF-8; look at names with accents"
}

// plain writes a source whose columns are named as in the contract, or nearly so.
func (w *writer) plain(t contract.Table, p Plain) {
	w.line("    - file: %s%s", quoted(p.Name), w.encodingNote(p.File))
	for _, key := range writtenKeys(p.File) {
		w.line("      %s", key)
	}
	var lines []string
	needsZone := false
	for _, c := range t.Columns {
		header, isMapped := p.Columns[c.Name]
		if !isMapped {
			header = c.Name
		}
		if !slices.Contains(p.Headers, header) {
			continue
		}
		var declared []string
		if c.Kind.IsTime() {
			one, by := w.decided(p.File, header)
			needsZone = needsZone || one.NeedsZone
			from := ""
			if isMapped {
				from = header
			}
			declared = w.timeLines(c.Name, from, one, by)
		}
		if len(declared) == 0 && isMapped {
			declared = []string{c.Name + ": " + quoted(header)}
		}
		lines = append(lines, declared...)
	}
	if needsZone {
		w.undecided("      time_zone:", "times of this file have no zone; name the one that they are in, such as America/New_York")
	}
	if len(lines) > 0 {
		w.line("      columns:")
		for _, line := range lines {
			w.line("        %s", line)
		}
	}
}
