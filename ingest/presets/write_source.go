package presets

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

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

// relation writes a relation with its files and how these are written. It tells whether times that
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

// uses tells whether a source takes a time from a header of a relation.
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

// ofFiles is how a column of several files is written.
func (w *writer) ofFiles(files []File, header string) (all Written, by string) {
	for _, file := range files {
		if headerAt(file.Headers, header) < 0 {
			continue
		}
		one, other := w.decided(file, header)
		all, by = all.with(one), cmp.Or(by, other)
	}
	return all, by
}

// with puts together what two files say of one column.
func (w Written) with(other Written) Written {
	for _, format := range other.Formats {
		if !slices.Contains(w.Formats, format) {
			w.Formats = append(w.Formats, format)
		}
	}
	if len(w.Exchanged) == 0 {
		w.Exchanged, w.Example = other.Exchanged, other.Example
	}
	w.Epoch, w.Unknown = cmp.Or(w.Epoch, other.Epoch), cmp.Or(w.Unknown, other.Unknown)
	w.NeedsZone, w.Midnight = w.NeedsZone || other.NeedsZone, w.Midnight || other.Midnight
	return w
}

// numberLines declare how the numbers of one column are written, where they are no plain decimals.
func (w *writer) numberLines(files []File, header string) []string {
	for _, file := range files {
		at := headerAt(file.Headers, header)
		if at < 0 {
			continue
		}
		marks, example, err := numbersOf(file, at)
		switch {
		case err != nil || example == "":
			continue
		case len(marks) == 0:
			w.draft.Undecided++
			return []string{fmt.Sprintf("# SET: %q is no plain decimal, and no marks that are known read every value", example), fmt.Sprintf("%s: {decimal: }", quoted(actualHeader(file, header)))}
		case len(marks) > 1:
			w.draft.Undecided++
			return []string{fmt.Sprintf("# SET: %q is read with %s and with %s, and no value of the file tells which is meant", example, marks[0], marks[1]), fmt.Sprintf("%s: {decimal: }", quoted(actualHeader(file, header)))}
		case marks[0] != "":
			return []string{fmt.Sprintf("%s: {%s}", quoted(actualHeader(file, header)), marks[0])}
		}
	}
	return nil
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

// columns writes what a preset declares of the columns of an answer, and the zone of its times.
func (w *writer) columns(f Found, s Source, needsZone bool) {
	var lines []string
	for _, column := range slices.Sorted(maps.Keys(s.Dates)) {
		var all Written
		var by string
		for _, name := range s.Dates[column] {
			relation, header, _ := strings.Cut(name, ".")
			if f.Relations[relation].Totals {
				one, other := w.ofFiles(f.Files[relation], header)
				all, by = all.with(one), cmp.Or(by, other)
			}
		}
		lines = append(lines, w.timeLines(column, "", all, by)...)
	}
	if extra := strings.TrimRight(s.Columns, "\n"); extra != "" {
		for line := range strings.SplitSeq(extra, "\n") {
			column, _, _ := strings.Cut(strings.TrimSpace(line), ":")
			if !slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, column+":") }) {
				lines = append(lines, line)
			}
		}
	}
	switch {
	case s.TimeZone != "" && s.Table == "costs":
		w.check("      time_zone: "+s.TimeZone, "the zone in which the platform counts days")
	case s.TimeZone != "" && needsZone:
		w.check("      time_zone: "+s.TimeZone, "times without a zone are in this one, as the system writes them")
	case needsZone:
		w.undecided("      time_zone:", "times of these files have no zone; name the one that they are in, such as America/New_York")
	}
	if len(lines) > 0 {
		w.line("      columns:")
		for _, line := range lines {
			w.line("        %s", line)
		}
	}
}

// timeLines declare how the times of one column are written.
func (w *writer) timeLines(column, from string, one Written, by string) []string {
	var keys []string
	if from != "" {
		keys = append(keys, "from: "+quoted(from))
	}
	switch {
	case len(one.Exchanged) > 0:
		w.draft.Undecided++
		return []string{fmt.Sprintf("# SET: %q is read by %s and by %s, and no value of the folder tells which is meant", one.Example, quoted(one.Formats[0]), quoted(one.Exchanged[0])),
			fmt.Sprintf("%s: {%s}", quoted(column), strings.Join(append(keys, "format: "), ", "))}
	case one.Unknown != "":
		w.draft.Undecided++
		return []string{fmt.Sprintf("# SET: no format that is known reads %q", one.Unknown), fmt.Sprintf("%s: {%s}", quoted(column), strings.Join(append(keys, "format: "), ", "))}
	case one.Epoch != "":
		keys = append(keys, "epoch: "+one.Epoch)
	case len(one.Formats) == 1:
		keys = append(keys, "format: "+quoted(one.Formats[0]))
	case len(one.Formats) > 1:
		keys = append(keys, "format: "+list(one.Formats))
	}
	if one.Midnight {
		keys = append(keys, "midnight: date")
	}
	if len(keys) == 0 {
		return nil
	}
	line := fmt.Sprintf("%s: {%s}", quoted(column), strings.Join(keys, ", "))
	if by != "" {
		w.draft.Decisions++
		line += "  # CHECK: which of day and month comes first, " + by + " shows"
	}
	return []string{line}
}

// timeHeaders are the headers of times of a file that holds a contract table.
func (p Plain) timeHeaders(table string) (headers []string) {
	for _, c := range contract.Find(table).Columns {
		header, isMapped := p.Columns[c.Name]
		if !isMapped {
			header = c.Name
		}
		if c.Kind.IsTime() && slices.Contains(p.Headers, header) {
			headers = append(headers, header)
		}
	}
	return headers
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
