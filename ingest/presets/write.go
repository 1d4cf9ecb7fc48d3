package presets

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"tributary/ingest"
	"tributary/internal/contract"
	"tributary/internal/failure"
	"tributary/internal/words"
)

// A Draft is a configuration for a folder of exports, and the SQL files that stand beside it.
type Draft struct {
	Configuration string
	Statements    map[string]string // by file name, relative to the configuration
	Decisions     int               // comments that say CHECK
	Undecided     int               // keys that a person has to set before it runs
}

// Write drafts a configuration. directory is where the exports are, relative to the configuration.
func Write(f Folder, directory string) (Draft, error) {
	w := &writer{folder: f, draft: Draft{Statements: map[string]string{}}}
	if len(f.Presets) == 0 && len(f.Tables) == 0 {
		return w.draft, failure.Errorf(failure.Usage, "no layout was recognised in %s: %s\nhint: `tributary presets` lists the layouts that are known; docs/input.md says how to map others", directory, w.namesOf(f.Files))
	}
	if err := w.gather(); err != nil {
		return w.draft, err
	}
	w.line("# Drafted by tributary init --from. It runs as it is, unless a key below is left for you to set;")
	w.line("# every line that says CHECK is a decision that a person should look at.")
	w.line("")
	w.line("reporting:")
	w.check("  time_zone: UTC", "the zone in which your months and days begin and end")
	w.check("  # currency: USD", "needed where amounts are in several currencies, or where no file names any")
	w.line("")
	w.line("input:")
	w.line("  directory: %s", quoted(directory))
	w.line("")
	for _, p := range f.Presets {
		if p.Settings != "" {
			w.line("# %s", p.Title)
			w.line("%s", strings.TrimRight(p.Settings, "\n"))
			w.line("")
		}
	}
	w.line("tables:")
	if err := w.tables(); err != nil {
		return w.draft, err
	}
	w.rest()
	w.draft.Configuration = w.text.String()
	return w.draft, nil
}

type writer struct {
	folder   Folder
	text     strings.Builder
	draft    Draft
	evidence evidence
	written  map[string]Written // by file and header
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(&w.text, format+"\n", args...) }

// check writes a line, with a decision about it.
func (w *writer) check(line, decision string) {
	w.draft.Decisions++
	w.line("%s  # CHECK: %s", line, decision)
}

func (w *writer) comment(indent, text string) {
	for _, line := range wrapped(text, 96-len(indent)) {
		w.line("%s# %s", indent, line)
	}
}

func (w *writer) tables() error {
	for _, t := range contract.Tables() {
		type one struct {
			found  Found
			source Source
		}
		var sources []one
		for _, p := range w.folder.Presets {
			for _, s := range p.Sources {
				if s.Table == t.Name && p.Usable(s) {
					sources = append(sources, one{p, s})
				}
			}
		}
		plain := w.folder.Tables[t.Name]
		if len(sources)+len(plain) == 0 {
			continue
		}
		w.line("  %s:", t.Name)
		for _, s := range sources {
			if err := w.source(s.found, s.source); err != nil {
				return err
			}
		}
		for _, p := range plain {
			if err := w.plain(t, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// source writes a source of a preset, and its SELECT into a file of its own.
func (w *writer) source(f Found, s Source) error {
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
	return nil
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

// undecided writes a key that a person has to set: without it the configuration does not run.
func (w *writer) undecided(key, why string) {
	w.draft.Undecided++
	w.line("%s  # SET: %s", key, why)
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
func (w *writer) plain(t contract.Table, p Plain) error {
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
	return nil
}

// rest says what was not recognised, and what the recognised presets would also read.
func (w *writer) rest() {
	for _, p := range w.folder.Presets {
		if missing := p.Missing(); len(missing) > 0 {
			w.line("")
			w.comment("", p.Title+": no file of "+words.List(missing, len(missing))+" was found. `tributary presets "+p.Name+"` says how to export more.")
		}
		if left := p.unread(); len(left) > 0 {
			w.line("")
			w.comment("", "Columns that no SELECT reads: "+strings.Join(left, "; ")+".")
		}
	}
	if len(w.folder.Unknown) > 0 {
		w.line("")
		w.comment("", "Files that were not recognised, and are not read: "+w.namesOf(w.folder.Unknown)+".")
	}
}

// unread are the columns of the files of a preset that it does not know.
func (f Found) unread() []string {
	const most = 12
	var all []string
	for _, relation := range slices.Sorted(maps.Keys(f.Files)) {
		r := f.Relations[relation]
		if r.Borrowed {
			continue
		}
		var left []string
		for _, header := range f.Files[relation][0].Headers {
			if !r.knows(header) && !ingest.MarksDeletion(header) { // deleted rows are left out whatever a SELECT reads
				left = append(left, header)
			}
		}
		if len(left) > 0 {
			all = append(all, f.Files[relation][0].Name+": "+words.List(left, most))
		}
	}
	return all
}

func (w *writer) namesOf(files []File) string {
	if len(files) == 0 {
		return "it has no CSV file"
	}
	var names []string
	for _, f := range files {
		name := f.Name
		if f.Problem != "" {
			name += " (" + f.Problem + ")"
		}
		names = append(names, name)
	}
	return words.List(names, 20)
}

func list(texts []string) string {
	quotedTexts := make([]string, len(texts))
	for i, text := range texts {
		quotedTexts[i] = quoted(text)
	}
	return "[" + strings.Join(quotedTexts, ", ") + "]"
}

// quoted writes a text so that YAML takes it for text, in a mapping of one line too.
func quoted(text string) string {
	isPlain := text != "" && !strings.ContainsFunc(text, func(c rune) bool {
		return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '.' || c == '/')
	}) && !('0' <= text[0] && text[0] <= '9') && !slices.Contains([]string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}, strings.ToLower(text))
	if isPlain {
		return text
	}
	return fmt.Sprintf("%q", text)
}

// wrapped breaks a text into lines.
func wrapped(text string, width int) (lines []string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines = append(lines, line)
			line = "  " + word
			continue
		}
		line = strings.TrimPrefix(line+" "+word, " ")
		if strings.HasPrefix(line, " ") {
			line = "  " + strings.TrimSpace(line)
		}
	}
	return append(lines, line)
}
