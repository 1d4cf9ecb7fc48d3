package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Sources feed one contract table, one after the other. A single one is written as a mapping,
// several are a list of mappings.
type Sources []Source

// A Source is files whose columns map onto a contract table, or files and a SELECT over them that
// answers with such columns. The named files of a SELECT are sources too, which have no more than
// files and how these are written.
type Source struct {
	Files   []string `json:"-"` // as the user named them, relative to the input directory; of an absolute path the last element
	Paths   []string `json:"-"` // absolute, one per file
	Pattern *Pattern `json:"-"` // finds the files, instead of their names

	From       map[string]Source `json:"from,omitempty"`        // of a SELECT: its files, by the name of the relation
	Select     string            `json:"select,omitempty"`      // one SELECT over them
	SelectFile string            `json:"select_file,omitempty"` // the file beside the configuration that holds it

	Delimiter string   `json:"delimiter,omitempty"`
	Encoding  string   `json:"encoding,omitempty"`  // of the text; empty: UTF-8
	SkipRows  int      `json:"skip_rows,omitempty"` // lines before the header
	Ragged    string   `json:"ragged,omitempty"`    // pad: rows with too few fields end in empty ones; empty: they are quarantined
	Nulls     []string `json:"nulls,omitempty"`     // words that mean an empty cell, in every column
	Optional  []string `json:"optional,omitempty"`  // of a relation: columns that its files may lack, and that are empty then

	TimeZone string            `json:"time_zone,omitempty"` // of local times in this table; empty: the job's
	Key      Texts             `json:"key,omitempty"`       // headers that make the key of a row, or "position"
	Columns  map[string]Column `json:"columns,omitempty"`   // by contract column; one not named maps to the header of its own name

	Occasional bool `json:"occasional,omitempty"` // delivered now and then: the table may lag behind the others
}

// Place is where a source of a table stands in the configuration: tables.touchpoints or, of several
// sources, tables.touchpoints[0].
func (s Sources) Place(table string, i int) string {
	if len(s) == 1 {
		return "tables." + table
	}
	return fmt.Sprintf("tables.%s[%d]", table, i)
}

// Names are what messages call the inputs of a source: its files or, of a SELECT, the file that holds
// it or its place in the configuration.
func (s Sources) Names(table string, i int) []string {
	switch source := s[i]; {
	case source.SelectFile != "":
		return []string{source.SelectFile}
	case source.Select != "":
		return []string{s.Place(table, i) + ".select"}
	default:
		return source.Files
	}
}

// ByPosition is the Key of rows that are told apart by their file and line alone.
const ByPosition = "position"

// A Pattern finds files by their names: those in Directory, relative to the input directory, that
// match Names, in which a star stands for any text.
type Pattern struct {
	Directory string `json:"directory,omitempty"` // empty: the input directory
	Names     string `json:"pattern"`
}

// A Column says where a contract column comes from and how it is written.
type Column struct {
	From      string            `json:"from,omitempty"`       // header in the file
	Value     string            `json:"value,omitempty"`      // or this constant for every row
	None      bool              `json:"none,omitempty"`       // or nowhere, although a header has its name
	Format    Texts             `json:"format,omitempty"`     // strptime patterns of an instant or a date, tried in order; empty: ISO 8601
	Epoch     string            `json:"epoch,omitempty"`      // s, ms or us: an instant is a number of them since 1970
	Midnight  string            `json:"midnight,omitempty"`   // date: 00:00:00 stands for a date without a time
	TimeZone  string            `json:"time_zone,omitempty"`  // of local times in this column
	LocalTime string            `json:"local_time,omitempty"` // earlier or later: which one, when a zone skips or repeats it; empty: quarantine
	Decimal   string            `json:"decimal,omitempty"`    // decimal mark of a number; "." by default
	Thousands string            `json:"thousands,omitempty"`  // grouping mark of a number; none by default
	Strip     []string          `json:"strip,omitempty"`      // texts that are taken out of a number, such as a currency sign
	Suffixes  bool              `json:"suffixes,omitempty"`   // a number may end in K, M or B: thousands, millions, billions
	Brackets  bool              `json:"brackets,omitempty"`   // (5.00) is -5.00
	Scale     json.Number       `json:"scale,omitempty"`      // what a number is multiplied by: a power of ten such as 0.000001
	Invert    bool              `json:"invert,omitempty"`     // of a rate: it is given the other way round
	ID        int               `json:"id,omitempty"`         // 18: ids of Salesforce with 15 characters get the 3 that make them 18
	Nulls     []string          `json:"nulls,omitempty"`      // words that mean an empty cell
	Words     map[string]string `json:"words,omitempty"`      // what a value means, by how it is written
	True      []string          `json:"true,omitempty"`       // words of a boolean; true and 1 by default
	False     []string          `json:"false,omitempty"`      // false and 0 by default; "" makes an empty cell false
}

// Texts is one text, or a list of them.
type Texts []string

func (t *Texts) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte(`"`)) {
		*t = Texts{""}
		return json.Unmarshal(text, &(*t)[0])
	}
	return json.Unmarshal(text, (*[]string)(t))
}

func (t Texts) MarshalJSON() ([]byte, error) {
	if len(t) == 1 {
		return marshalText(t[0])
	}
	return marshalText([]string(t))
}

// marshalText is json.Marshal without the escapes for HTML.
func marshalText(value any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSpace(out.Bytes()), err
}

func (s *Sources) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte("[")) {
		return strictly(text, (*[]Source)(s))
	}
	*s = Sources{{}}
	return strictly(text, &(*s)[0])
}

func (s Sources) MarshalJSON() ([]byte, error) {
	if len(s) == 1 {
		return marshalText(s[0])
	}
	return marshalText([]Source(s))
}

// IsOccasional reports whether the table is delivered now and then.
func (s Sources) IsOccasional() bool {
	return slices.ContainsFunc(s, func(one Source) bool { return one.Occasional })
}

// InputFiles are the sources that are files: those of s, and the named ones of its SELECTs.
func (s Sources) InputFiles() []Source {
	var all []Source
	for _, one := range s {
		if one.Select == "" {
			all = append(all, one)
			continue
		}
		for _, name := range one.Relations() {
			all = append(all, one.From[name])
		}
	}
	return all
}

// writtenSource is a Source with its files as they are written.
type writtenSource struct {
	File  string        `json:"file,omitempty"`
	Files *writtenFiles `json:"files,omitempty"`
	plainSource
}

type plainSource Source

// writtenFiles is a list of names, or a pattern.
type writtenFiles struct {
	names   []string
	pattern *Pattern
}

func (f *writtenFiles) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte("[")) {
		return json.Unmarshal(text, &f.names)
	}
	return strictly(text, &f.pattern)
}

func (f writtenFiles) MarshalJSON() ([]byte, error) {
	if f.pattern != nil {
		return marshalText(f.pattern)
	}
	return marshalText(f.names)
}

// UnmarshalJSON also reads, in short, the name of a file and a list of them.
func (s *Source) UnmarshalJSON(text []byte) error {
	switch {
	case bytes.HasPrefix(text, []byte(`"`)):
		s.Files = []string{""}
		return json.Unmarshal(text, &s.Files[0])
	case bytes.HasPrefix(text, []byte("[")):
		return json.Unmarshal(text, &s.Files)
	}
	var written writtenSource
	if err := strictly(text, &written); err != nil {
		return err
	}
	*s = Source(written.plainSource)
	if len(s.From) > 0 {
		for name, relation := range s.From {
			for header, c := range relation.Columns {
				c.From = "" // a relation has its columns under their own headers
				relation.Columns[header] = c
			}
			s.From[name] = relation
		}
	}
	if written.Files != nil {
		s.Files, s.Pattern = written.Files.names, written.Files.pattern
	}
	if written.File != "" {
		s.Files = append([]string{written.File}, s.Files...)
	}
	for name, c := range s.Columns {
		if c.From == "" && c.Value == "" && !c.None {
			c.From = name
			s.Columns[name] = c
		}
	}
	return nil
}

func (s Source) MarshalJSON() ([]byte, error) {
	written := writtenSource{plainSource: plainSource(s)}
	switch {
	case s.Pattern != nil:
		written.Files = &writtenFiles{pattern: s.Pattern}
	case len(s.Files) > 0 && s.Select == "":
		written.Files = &writtenFiles{names: s.Files}
	}
	if s.Select != "" {
		written.SelectFile = "" // its text is in Select
	}
	return marshalText(written)
}

// Relations are the names of the files of a SELECT, in order.
func (s Source) Relations() []string {
	return slices.Sorted(maps.Keys(s.From))
}

// UnmarshalJSON also reads, in short, the header alone; the word none is a column that is not read.
func (c *Column) UnmarshalJSON(text []byte) error {
	type plain Column
	switch {
	case string(text) == `"none"`:
		c.None = true
		return nil
	case bytes.HasPrefix(text, []byte(`"`)):
		return json.Unmarshal(text, &c.From)
	}
	return strictly(text, (*plain)(c))
}

// strictly refuses keys that are not known: the schema has to know the same ones.
func strictly(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}
