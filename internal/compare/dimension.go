package compare

import (
	"embed"
	"maps"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

//go:embed sql/*.sql sql/dimension/*.sql
var files embed.FS

// text is the SQL of sql/<file>.sql.
func text(file string) string { return engine.Statement(files, "sql/"+file+".sql") }

// A dimension is what rows are by. sql/dimension has a file for each, which says the value of a row
// of credit; those of campaigns share one.
type dimension struct {
	name, one, many string
	tables          []string // the published tables that its file reads, beside credits
	names           string   // the table with names of values; empty: a value is its own name
	cost            string   // the value of a day of cost, as SQL; empty: cost is not known by it
	report          string   // the published report that has the same rows; empty: dimension_performance
	ofCampaigns     bool     // a value of campaign_dimensions: a level of the tree, or a field of the name
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

// Dimensions are the names of the dimensions that every run has.
func Dimensions() []string {
	var names []string
	for _, d := range dimensions {
		names = append(names, d.name)
	}
	return names
}

// campaignTable has the levels and fields of campaigns.
const campaignTable = "campaign_dimensions"

// ofCampaigns is a dimension of campaign_dimensions.
func ofCampaigns(name string) dimension {
	one := strings.ReplaceAll(name, "_", " ")
	d := dimension{
		name: name, one: one, many: "values of " + one, tables: []string{campaignTable}, ofCampaigns: true,
		cost: "COALESCE((SELECT value FROM named_campaigns WHERE named_campaigns.campaign_id = cost_days.campaign_id), campaign_id)",
	}
	if strings.HasPrefix(name, "campaign_level_") {
		d.one, d.many, d.names = strings.Replace(one, "campaign level", "campaign of level", 1), strings.Replace(one, "campaign level", "campaigns of level", 1), "campaigns"
	}
	return d
}

// reportsBy are the reports that stand for a dimension.
var reportsBy = map[string]string{
	"channel_performance": "channel", "campaign_performance": "campaign", "asset_performance": "asset", "persona_performance": "persona",
}

// dimensionOf is the dimension of a name, or of the report that stands for it; levels and fields are
// those of the campaigns of the run.
func dimensionOf(subject string, campaigns []string) (dimension, error) {
	if name, isReport := reportsBy[subject]; isReport {
		subject = name
	}
	var names []string
	for _, d := range dimensions {
		if d.name == subject {
			return d, nil
		}
		names = append(names, d.name)
	}
	if slices.Contains(campaigns, subject) {
		return ofCampaigns(subject), nil
	}
	names = append(names, campaigns...)
	hint := "the dimensions are " + strings.Join(names, ", ")
	switch {
	case subject == byDimension:
		hint = "name one of its dimensions: " + strings.Join(names, ", ")
	case strings.HasPrefix(subject, "campaign_level_") || strings.HasPrefix(subject, "field_"):
		hint += "; levels need parent_campaign_id of campaigns, and fields need campaign_fields"
	}
	near := append(slices.Sorted(maps.Keys(reportsBy)), names...)
	return dimension{}, failure.Errorf(failure.Usage, "%q is neither a dimension of the run nor a report by one%s\nhint: %s", subject, words.DidYouMean(subject, near), hint)
}

// byDimension is the published report by the dimensions that have no report of their own.
const byDimension = "dimension_performance"

// rows are the rows of the published report of a dimension: the report, the column of the values,
// and which rows they are.
func (d dimension) rows() (report, value, only string) {
	switch {
	case d.report == "":
		return byDimension, "value", "dimension = " + engine.Text(d.name)
	case d.name == "campaign":
		return d.report, "campaign_id", "channel = '(all)'"
	}
	return d.report, d.name, "TRUE"
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
