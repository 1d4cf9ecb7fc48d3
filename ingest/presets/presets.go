// Package presets recognises the layouts of exports of Salesforce, HubSpot, Marketo and the ad
// platforms. A preset is a folder with preset.yaml and SELECTs in the form of a configuration, so
// `tributary init --from` writes an ordinary configuration, which a person could write as well.
package presets

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/tributary-engine/tributary/internal/contract"
)

// A Preset is one layout: the files that it consists of, and the SELECTs that make contract tables
// of them.
type Preset struct {
	Name      string              `yaml:"-"`         // of its folder
	Title     string              `yaml:"title"`     // the system and the way in which it was exported
	Export    string              `yaml:"export"`    // how a person gets the files, in Markdown
	Relations map[string]Relation `yaml:"relations"` // by the name that SELECTs call them
	Settings  string              `yaml:"settings"`  // YAML of further top-level keys, with comments
	Sources   []Source            `yaml:"sources"`   // in the order of the configuration
}

// A Relation is a kind of file, known by its headers.
type Relation struct {
	Title    string   `yaml:"title"`    // what the system calls it
	Names    []string `yaml:"names"`    // words that its file name may have, in lower case, letters alone: they decide where headers fit several
	Headers  []string `yaml:"headers"`  // it has all of these; (*) at the end stands for any word in brackets, such as a currency
	Without  []string `yaml:"without"`  // and none of these
	Optional []string `yaml:"optional"` // it may have these, and SELECTs read them
	Nulls    []string `yaml:"nulls"`    // words that mean an empty cell
	Times    []string `yaml:"times"`    // headers of times beside those of the sources' dates
	Numbers  []string `yaml:"numbers"`  // headers of numbers that a spreadsheet may have rewritten
	Totals   bool     `yaml:"totals"`   // its last lines are totals, and no rows: its times are declared of the answer
	Ragged   string   `yaml:"ragged"`   // pad: its last lines may have fewer fields
	Borrowed bool     `yaml:"borrowed"` // its files are those of another preset, and stay so: they alone do not make this preset known
}

// A Source makes rows of one contract table.
type Source struct {
	Table     string              `yaml:"table"`
	SQL       string              `yaml:"sql"`       // the file with the SELECT, in the preset's folder
	From      []string            `yaml:"from"`      // the relations that it reads
	Needs     []string            `yaml:"needs"`     // those without which it is left out; the others are empty where their files are missing
	NeedsOne  []string            `yaml:"needs_one"` // of these, at least one
	TimeZone  string              `yaml:"time_zone"` // of times without one
	Dates     map[string][]string `yaml:"dates"`     // by column of the table, the columns that it is made of, as relation.header: how they are written is found in the files
	Columns   string              `yaml:"columns"`   // YAML of further declarations of columns
	Decisions []string            `yaml:"decisions"` // what the SELECT decides and a person should check, a sentence each

	Text string `yaml:"-"` // of the SELECT
}

//go:embed */preset.yaml */*.sql
var folders embed.FS

// names are the presets, in the order in which they are listed.
var names = []string{
	"salesforce", "salesforce_sfdx", "salesforce_fivetran", "marketo_measure", "hubspot_fivetran", "hubspot", "marketo",
	"google_ads_fivetran", "linkedin_ads_fivetran", "meta_ads_fivetran", "microsoft_ads_fivetran", "reddit_ads_fivetran",
	"tiktok_ads_fivetran", "pinterest_ads_fivetran", "snapchat_ads_fivetran", "x_ads_fivetran",
	"google_ads", "linkedin_ads", "meta_ads", "microsoft_ads", "reddit_ads",
}

// All returns every preset. A wrong one is a fault of the program.
func All() ([]Preset, error) {
	var all []Preset
	for _, name := range names {
		p, err := read(name)
		if err != nil {
			return nil, fmt.Errorf("preset %s: %w", name, err)
		}
		all = append(all, p)
	}
	return all, nil
}

// Names returns the names of all presets.
func Names() []string { return slices.Clone(names) }

func read(name string) (Preset, error) {
	p := Preset{Name: name}
	text, err := folders.ReadFile(name + "/preset.yaml")
	if err != nil {
		return p, err
	}
	if err := yaml.UnmarshalWithOptions(text, &p, yaml.Strict()); err != nil {
		return p, fmt.Errorf("preset.yaml: %w", err)
	}
	for i, s := range p.Sources {
		text, err := folders.ReadFile(name + "/" + s.SQL)
		if err != nil {
			return p, err
		}
		p.Sources[i].Text = string(text)
	}
	return p, p.check()
}

// check holds a preset against what it refers to.
func (p Preset) check() error {
	used := map[string]bool{"preset.yaml": true}
	for _, s := range p.Sources {
		used[s.SQL] = true
		t := contract.Find(s.Table)
		if t == nil {
			return fmt.Errorf("%s: there is no table %s", s.SQL, s.Table)
		}
		for _, relation := range slices.Concat(s.From, s.Needs, s.NeedsOne) {
			if _, known := p.Relations[relation]; !known {
				return fmt.Errorf("%s: there is no relation %s", s.SQL, relation)
			}
		}
		if len(s.Needs)+len(s.NeedsOne) == 0 {
			return fmt.Errorf("%s: needs no relation", s.SQL)
		}
		for column, headers := range s.Dates {
			if !slices.Contains(t.ColumnNames(), column) {
				return fmt.Errorf("%s: %s has no column %s", s.SQL, s.Table, column)
			}
			for _, header := range headers {
				relation, name, _ := strings.Cut(header, ".")
				r, known := p.Relations[relation]
				if !known || !slices.Contains(slices.Concat(r.Headers, r.Optional), name) {
					return fmt.Errorf("%s: dates: no relation has %s", s.SQL, header)
				}
			}
		}
	}
	entries, err := fs.ReadDir(folders, p.Name)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if !used[entry.Name()] {
			return fmt.Errorf("%s belongs to no source", entry.Name())
		}
	}
	return nil
}
