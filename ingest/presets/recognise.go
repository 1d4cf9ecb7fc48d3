package presets

import (
	"context"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

// A Folder is a directory of exports, and what was recognised in it.
type Folder struct {
	Directory string   // as it was given
	Below     []string // folders in it that hold exports, which are not read
	Files     []File
	Presets   []Found            // of which there are files, in the order of their list
	Tables    map[string][]Plain // files that are contract tables by their own headers
	Unknown   []File             // neither
}

// A Found preset has files.
type Found struct {
	Preset
	Files map[string][]File // by relation
}

// A Plain file holds a contract table under headers that are, or nearly are, those of the contract.
type Plain struct {
	File
	Columns map[string]string // header by column, of those that differ
}

// Recognise looks at the exports of a directory. only, if it is set, is the one preset that counts.
func Recognise(ctx context.Context, directory, only string) (Folder, error) {
	all, err := All()
	if err != nil {
		return Folder{}, err
	}
	if only != "" {
		if all = slices.DeleteFunc(all, func(p Preset) bool { return p.Name != only }); len(all) == 0 {
			return Folder{}, failure.Errorf(failure.Usage, "--preset: there is no preset %s%s\nhint: `tributary presets` lists them", only, words.DidYouMean(only, Names()))
		}
	}
	files, err := lookAt(ctx, directory)
	if err != nil {
		return Folder{}, err
	}
	f := Folder{Directory: directory, Files: files, Tables: map[string][]Plain{}}
	if f.Below, err = exportsBelow(directory); err != nil {
		return f, err
	}
	found := map[string]map[string][]File{}
	for i, file := range files {
		if file.Problem != "" {
			f.Unknown = append(f.Unknown, file)
			continue
		}
		if table := canonicalTable(file); table != "" {
			_, columns := plainTable(file)
			f.Tables[table] = append(f.Tables[table], Plain{file, columns})
			continue
		}
		preset, relation, err := kindOf(all, &file)
		if err != nil {
			return f, err
		}
		files[i] = file
		if preset != "" {
			if found[preset] == nil {
				found[preset] = map[string][]File{}
			}
			found[preset][relation] = append(found[preset][relation], file)
			continue
		}
		if table, columns := plainTable(file); table != "" {
			f.Tables[table] = append(f.Tables[table], Plain{file, columns})
			continue
		}
		file.Problem = nearest(all, file)
		f.Unknown = append(f.Unknown, file)
	}
	for _, p := range all {
		if len(found[p.Name]) > 0 {
			p.borrow(files, found)
			f.Presets = append(f.Presets, Found{p, found[p.Name]})
		}
	}
	return f, nil
}

// borrow adds the files that other presets have to the relations of this one that borrow them.
func (p Preset) borrow(files []File, found map[string]map[string][]File) {
	for name, r := range p.Relations {
		if !r.Borrowed {
			continue
		}
		for _, file := range files {
			isOthers := false
			for other, relations := range found {
				for _, theirs := range relations {
					isOthers = isOthers || other != p.Name && slices.ContainsFunc(theirs, func(f File) bool { return f.Name == file.Name })
				}
			}
			if isOthers && r.fits(file.Headers) {
				found[p.Name][name] = append(found[p.Name][name], file)
			}
		}
	}
}

// kindOf finds the relation whose headers a file has: of several the one with the most headers, and
// of those the one whose name is in the file's.
func kindOf(all []Preset, file *File) (preset, relation string, err error) {
	type fit struct {
		preset, relation string
		headers          int
		isNamed          bool
	}
	var fits []fit
	for _, p := range all {
		for name, r := range p.Relations {
			if !r.Borrowed && r.fits(file.Headers) {
				fits = append(fits, fit{p.Name, name, len(r.Headers), r.isNamed(file.Name)})
			}
		}
	}
	if len(fits) == 0 {
		return "", "", nil
	}
	slices.SortFunc(fits, func(a, b fit) int {
		switch {
		case a.isNamed != b.isNamed && (a.headers == b.headers || min(a.headers, b.headers) > 2):
			if a.isNamed {
				return -1
			}
			return 1
		case a.headers != b.headers:
			return b.headers - a.headers
		}
		return strings.Compare(a.preset+a.relation, b.preset+b.relation)
	})
	if len(fits) > 1 && fits[0].headers == fits[1].headers && fits[0].isNamed == fits[1].isNamed && fits[0].preset != fits[1].preset {
		return "", "", failure.Errorf(failure.Usage, "%s fits both %s and %s\nhint: name the preset with --preset", file.Name, fits[0].preset, fits[1].preset)
	}
	return fits[0].preset, fits[0].relation, nil
}

func (r Relation) fits(headers []string) bool {
	has := func(header string) bool { return headerAt(headers, header) >= 0 }
	for _, header := range r.Headers {
		if !has(header) {
			return false
		}
	}
	return !slices.ContainsFunc(r.Without, has)
}

// isHeader reports whether a file's header is the one that a relation names: Amount spent (*) is
// Amount spent (USD) as well as Amount spent (EUR).
func isHeader(named, has string) bool {
	if before, isAny := strings.CutSuffix(named, "(*)"); isAny {
		return strings.HasPrefix(has, before+"(") && strings.HasSuffix(has, ")")
	}
	return strings.EqualFold(named, has) // as in SQL
}

// knows reports whether SELECTs may read a header.
func (r Relation) knows(has string) bool {
	return slices.ContainsFunc(slices.Concat(r.Headers, r.Optional), func(named string) bool { return isHeader(named, has) })
}

// headerAt finds the header that a relation names.
func headerAt(headers []string, named string) int {
	return slices.IndexFunc(headers, func(has string) bool { return isHeader(named, has) })
}

func (r Relation) isNamed(file string) bool {
	letters := strings.Map(func(c rune) rune {
		if 'a' <= c && c <= 'z' {
			return c
		}
		return -1
	}, strings.ToLower(file[:strings.IndexByte(file, '.')]))
	return slices.ContainsFunc(r.Names, func(name string) bool { return strings.TrimSuffix(letters, "s") == name || letters == name })
}

// Missing are the relations of a preset without a file that some source needs, as the system calls
// them. One whose export was found in another layout is not missing.
func (f Found) Missing() []string {
	var missing []string
	for _, s := range f.Sources {
		for _, name := range s.From {
			title := f.Relations[name].Title
			if len(f.Files[name]) == 0 && !f.Relations[name].Borrowed && !f.hasOtherLayout(name) && !slices.Contains(missing, title) {
				missing = append(missing, title)
			}
		}
	}
	return missing
}

// hasOtherLayout reports whether the export of a relation was found in another layout: as a relation
// that goes by the same names of files.
func (f Found) hasOtherLayout(name string) bool {
	for other, r := range f.Relations {
		if other != name && len(f.Files[other]) > 0 && len(r.Names) > 0 && slices.Equal(r.Names, f.Relations[name].Names) {
			return true
		}
	}
	return false
}

// Usable reports whether the files that a source needs are there.
func (f Found) Usable(s Source) bool {
	lacks := func(name string) bool { return len(f.Files[name]) == 0 }
	hasOne := len(s.NeedsOne) == 0 || slices.ContainsFunc(s.NeedsOne, func(name string) bool { return !lacks(name) })
	return hasOne && !slices.ContainsFunc(s.Needs, lacks)
}
