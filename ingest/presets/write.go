package presets

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
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
		return w.draft, unrecognised(f)
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
	w.tables()
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

func (w *writer) tables() {
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
			w.source(s.found, s.source)
		}
		for _, p := range plain {
			w.plain(t, p)
		}
	}
}

// undecided writes a key that a person has to set: without it the configuration does not run.
func (w *writer) undecided(key, why string) {
	w.draft.Undecided++
	w.line("%s  # SET: %s", key, why)
}

// unrecognised is the error about a folder of which nothing can be used.
func unrecognised(f Folder) error {
	hint := "`tributary presets` lists the layouts that are known; docs/input.md says how to map others"
	if len(f.Below) > 0 {
		hint = fmt.Sprintf("the folders with exports are below it: %s. Give one of them to --from; exports of several systems that belong together go into one folder",
			words.List(f.Below, 6))
	}
	return failure.Errorf(failure.Usage, "no layout was recognised in %s: %s\nhint: %s", f.Directory, namesOf(f.Unknown), hint)
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
		w.comment("", "Files that were not recognised, and are not read: "+namesOf(w.folder.Unknown)+".")
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

func namesOf(files []File) string {
	if len(files) == 0 {
		return "it has no CSV or Parquet file"
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
