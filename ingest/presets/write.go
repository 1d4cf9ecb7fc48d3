package presets

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

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
	folder Folder
	text   strings.Builder
	draft  Draft
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
	for _, relation := range s.From {
		w.relation("        ", relation, f.Relations[relation], f.Files[relation])
	}
	written := map[string]Written{}
	for column, headers := range s.Dates {
		one, err := f.howWritten(headers)
		if err != nil {
			return err
		}
		written[column] = one
	}
	return w.columns(s, written)
}

// howWritten looks at the values of several columns, as relation.header, together.
func (f Found) howWritten(headers []string) (Written, error) {
	byRelation := map[string][]string{}
	for _, header := range headers {
		relation, name, _ := strings.Cut(header, ".")
		byRelation[relation] = append(byRelation[relation], name)
	}
	var all Written
	for _, relation := range slices.Sorted(maps.Keys(byRelation)) {
		for _, file := range f.Files[relation] {
			one, err := howWritten(file, byRelation[relation])
			if err != nil {
				return all, err
			}
			all = all.with(one)
		}
	}
	return all, nil
}

// with puts together what two files say of one column.
func (w Written) with(other Written) Written {
	for _, format := range other.Formats {
		if !slices.Contains(w.Formats, format) {
			w.Formats = append(w.Formats, format)
		}
	}
	if len(w.Ambiguous) == 0 {
		w.Ambiguous, w.Example = other.Ambiguous, other.Example
	}
	if len(w.Ambiguous) > 0 && slices.ContainsFunc(w.Formats, func(format string) bool { return slices.Contains(w.Ambiguous, format) }) {
		w.Ambiguous = nil // another file proves one of both readings
	}
	if w.Epoch == "" {
		w.Epoch = other.Epoch
	}
	if w.Unknown == "" {
		w.Unknown = other.Unknown
	}
	w.NeedsZone = w.NeedsZone || other.NeedsZone
	w.Midnight = w.Midnight || other.Midnight
	return w
}

func (w *writer) relation(indent, name string, r Relation, files []File) {
	if len(files) == 0 {
		w.line("%s%s: {optional: %s}  # no file: export %s to have it", indent, name, list(slices.Concat(r.Headers, r.Optional)), r.Title)
		return
	}
	var keys []string
	if len(files) == 1 {
		keys = append(keys, "file: "+quoted(files[0].Name))
	} else {
		var names []string
		for _, f := range files {
			names = append(names, f.Name)
		}
		keys = append(keys, "files: "+list(names))
	}
	keys = append(keys, writtenKeys(files[0])...)
	if r.Ragged != "" {
		keys = append(keys, "ragged: "+r.Ragged)
	}
	var missing []string
	for _, header := range r.Optional {
		if !slices.ContainsFunc(files, func(f File) bool { return slices.Contains(f.Headers, header) }) {
			missing = append(missing, header)
		}
	}
	if len(r.Nulls) > 0 {
		keys = append(keys, "nulls: "+list(r.Nulls))
	}
	if len(missing) > 0 {
		keys = append(keys, "optional: "+list(missing))
	}
	w.line("%s%s: {%s}%s", indent, name, strings.Join(keys, ", "), w.encodingNote(files[0]))
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

// columns writes how the times of a source are written, and what its preset declares of others.
func (w *writer) columns(s Source, written map[string]Written) error {
	needsZone := false
	var lines []string
	for _, column := range slices.Sorted(maps.Keys(written)) {
		one := written[column]
		needsZone = needsZone || one.NeedsZone
		lines = append(lines, w.timeLines(column, "", one)...)
	}
	if extra := strings.TrimRight(s.Columns, "\n"); extra != "" {
		for line := range strings.SplitSeq(extra, "\n") {
			column, _, _ := strings.Cut(strings.TrimSpace(line), ":")
			if !slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, column+":") }) {
				lines = append(lines, line)
			}
		}
	}
	if s.TimeZone != "" && needsZone {
		w.check("      time_zone: "+s.TimeZone, "times without a zone are in this one, as the system writes them")
	} else if needsZone {
		w.undecided("      time_zone:", "times of these files have no zone; name the one that they are in, such as America/New_York")
	}
	if len(lines) > 0 {
		w.line("      columns:")
		for _, line := range lines {
			w.line("        %s", line)
		}
	}
	return nil
}

// timeLines declare how the times of one column are written.
func (w *writer) timeLines(column, from string, one Written) []string {
	var keys []string
	if from != "" {
		keys = append(keys, "from: "+quoted(from))
	}
	switch {
	case len(one.Ambiguous) > 0:
		w.draft.Undecided++
		return []string{fmt.Sprintf("# SET: %q is read by %s and by %s, and no value of the file tells which is meant", one.Example, quoted(one.Ambiguous[0]), quoted(one.Ambiguous[1])),
			fmt.Sprintf("%s: {%s}", column, strings.Join(append(keys, "format: "), ", "))}
	case one.Unknown != "":
		w.draft.Undecided++
		return []string{fmt.Sprintf("# SET: no format that is known reads %q", one.Unknown), fmt.Sprintf("%s: {%s}", column, strings.Join(append(keys, "format: "), ", "))}
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
	return []string{fmt.Sprintf("%s: {%s}", column, strings.Join(keys, ", "))}
}

// undecided writes a key that a person has to set: without it the configuration does not run.
func (w *writer) undecided(key, why string) {
	w.draft.Undecided++
	w.line("%s  # SET: %s", key, why)
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
			one, err := howWritten(p.File, []string{header})
			if err != nil {
				return err
			}
			needsZone = needsZone || one.NeedsZone
			from := ""
			if isMapped {
				from = header
			}
			declared = w.timeLines(c.Name, from, one)
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
		var left []string
		for _, header := range f.Files[relation][0].Headers {
			if !r.knows(header) {
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
