package page

import (
	"html"
	"html/template"
	"maps"
	"slices"
	"strings"
)

// A document is everything that the page shows, ready for its template.
type document struct {
	Period, AsOf, Currency string
	Model, Models          string
	Banner                 string // about new warnings; empty: there are none
	Filters                []filter
	Cards                  []card
	Insights               []insight
	Sections               []sectionView
	Digest, Program        string
	Nothing                string // shown if there are no cards
	Style                  template.CSS
	Script                 template.JS
	Policy                 string // content security policy
}

// A filter is a choice that the script offers.
type filter struct {
	Name, Label string // type, model, period, channel or segment
	Options     []option
}

type option struct{ Value, Label string }

// A card is one group of figures of the first screen, for one type of opportunities.
type card struct {
	ID, Title string
	Variants  []cardVariant
}

type cardVariant struct {
	Dims    dims
	Name    string
	Lines   []cardLine
	Summary string
	Command string
}

// A cardLine is one figure with the words that it needs.
type cardLine struct {
	Label string
	Value value
	Unit  string
}

// An insight is a computed sentence and the command that shows its rows.
type insight struct {
	Summary, Command string
	Dims             dims
}

type sectionView struct {
	ID, Title, Question string
	Figures             []figure
}

// A figure is one thing to see.
type figure struct {
	ID, Title   string
	Variants    []variant
	Definitions []definition
	Note        string // what is left out
	Elsewhere   string // the command that prints the choices that are not on the page
}

// A variant is a figure for one choice of the filters: what it says, its charts and its table.
type variant struct {
	Dims    dims
	Name    string // the choices in words
	Summary string // computed; what the figure shows
	Command string // shows the rows
	Charts  []template.HTML
	Many    bool // the charts are small multiples
	Table   *table
}

// dims are the choices that a variant is of: values by type, model, period, channel and segment. A
// choice that the figure does not depend on is not there; an empty value stands for all.
type dims map[string]string

// Attributes are the data- attributes that the script looks at.
func (d dims) Attributes() template.HTMLAttr {
	var attributes strings.Builder
	for _, name := range slices.Sorted(maps.Keys(d)) {
		attributes.WriteString(` data-` + name + `="` + html.EscapeString(d[name]) + `"`)
	}
	return template.HTMLAttr(attributes.String()) // names are those of the program, values are escaped
}

// A definition is the meaning of a column.
type definition struct{ Label, Text string }

// A table shows rows of one report.
type table struct {
	Caption string
	Report  string
	Key     string // data-key of what all cells have in common
	Columns []column
	Rows    []row
	Empty   []string // columns that no row has a value in
	Left    string   // how many rows are left out, and what prints them
}

type column struct {
	Label, Name, Key string
	Numeric          bool
}

type row struct {
	Key   string
	Sum   string // data-sum, of all its figures
	Cells []cell
}

// A cell of a table.
type cell struct {
	Text    string // what a person reads
	Exact   string // what the report has
	Numeric bool
	Head    bool   // names its row
	Answer  string // better, worse or cannot say
}

// A value is a figure outside of a table.
type value struct {
	Text, Exact, Report, Column, Key, Sum string
}
