package presets

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
)

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
			return []string{fmt.Sprintf("# SET: %q is not a plain decimal, and no known marks read every value", example), fmt.Sprintf("%s: {decimal: }", quoted(actualHeader(file, header)))}
		case len(marks) > 1:
			w.draft.Undecided++
			return []string{fmt.Sprintf("# SET: %q is read with %s and with %s, and no value of the file shows which is right", example, marks[0], marks[1]), fmt.Sprintf("%s: {decimal: }", quoted(actualHeader(file, header)))}
		case marks[0] != "":
			return []string{fmt.Sprintf("%s: {%s}", quoted(actualHeader(file, header)), marks[0])}
		}
	}
	return nil
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
		return []string{fmt.Sprintf("# SET: %q is read by %s and by %s, and no value of the folder shows which is right", one.Example, quoted(one.Formats[0]), quoted(one.Exchanged[0])),
			fmt.Sprintf("%s: {%s}", quoted(column), strings.Join(append(keys, "format: "), ", "))}
	case one.Unknown != "":
		w.draft.Undecided++
		return []string{fmt.Sprintf("# SET: no known format reads %q", one.Unknown), fmt.Sprintf("%s: {%s}", quoted(column), strings.Join(append(keys, "format: "), ", "))}
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
		line += "  # CHECK: the order of day and month, as " + by + " shows"
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
