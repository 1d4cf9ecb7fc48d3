package compare

import (
	"embed"
	"slices"
	"strings"

	"tributary/internal/failure"
	"tributary/internal/words"
)

//go:embed sql/*.sql sql/dimension/*.sql
var files embed.FS

// text is the SQL of sql/<file>.sql.
func text(file string) string {
	text, err := files.ReadFile("sql/" + file + ".sql")
	if err != nil {
		panic(err) // the files are part of the program
	}
	return string(text)
}

// A dimension is what rows are by. sql/dimension has one file for each: which value a row of
// credit has.
type dimension struct {
	name, one, many string
	tables          []string // the published tables that its file reads, beside credits
	names           string   // the table with names of values; empty: a value is its own name
	cost            string   // the value of a day of cost, as SQL over cost_days; empty: cost is not known by it
	report          string   // the published report that has the same rows; empty: none
}

var dimensions = []dimension{
	{name: "channel", one: "channel", many: "channels", cost: "channel", report: "channel_performance"},
	{name: "campaign", one: "campaign", many: "campaigns", names: "campaigns", cost: "campaign_id", report: "campaign_performance"},
	{name: "asset", one: "asset", many: "assets", tables: []string{"touchpoints"}},
	{name: "source", one: "source", many: "sources", tables: []string{"touchpoints"}},
	{name: "medium", one: "medium", many: "media", tables: []string{"touchpoints"}},
	{name: "persona", one: "persona", many: "personas", tables: []string{"touch_facts", "person_ids", "contacts"}},
	{name: "segment", one: "segment", many: "segments", tables: []string{"opportunities", "people", "accounts"}},
	{name: "industry", one: "industry", many: "industries", tables: []string{"opportunities", "people", "accounts"}},
	{name: "account", one: "account", many: "accounts", tables: []string{"opportunities", "people"}, names: "accounts"},
	{name: "parent_account", one: "parent account", many: "parent accounts", tables: []string{"opportunities", "people", "accounts"}, names: "accounts"},
	{name: "owner", one: "owner", many: "owners", tables: []string{"opportunities", "person_ids", "leads"}},
}

// subjects are what a comparison can be about: dimensions, and the reports that stand for one.
func subjects() map[string]string {
	found := map[string]string{"asset_performance": "asset", "persona_performance": "persona"}
	for _, d := range dimensions {
		found[d.name] = d.name
		if d.report != "" {
			found[d.report] = d.name
		}
	}
	return found
}

// dimensionOf is the dimension of a name, or of the report that stands for it.
func dimensionOf(subject string) (dimension, error) {
	known := subjects()
	if name, isKnown := known[subject]; isKnown {
		return dimensions[slices.IndexFunc(dimensions, func(d dimension) bool { return d.name == name })], nil
	}
	var names, all []string
	for _, d := range dimensions {
		names = append(names, d.name)
	}
	for name := range known {
		all = append(all, name)
	}
	slices.Sort(all)
	return dimension{}, failure.Errorf(failure.Usage, "%q is neither a dimension nor a report by one%s\nhint: the dimensions are %s", subject, words.DidYouMean(subject, all), strings.Join(names, ", "))
}

// withCost are the dimensions by which cost is known.
func withCost() []string {
	var names []string
	for _, d := range dimensions {
		if d.cost != "" {
			names = append(names, d.name)
		}
	}
	return names
}
