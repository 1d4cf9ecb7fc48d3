package config

import (
	"regexp"
	"slices"
	"strings"
)

// Dimensions are what performance is reported by, beside the levels of the campaign tree and the
// fields of campaign names, in the order of reports.
var Dimensions = []string{
	"channel", "campaign", "asset", "source", "medium", "persona", "segment", "industry", "account", "parent_account", "owner",
}

var fieldName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// checkCampaignFields reports a pattern that does not compile, and groups that are not the name of a
// field. Go compiles RE2, in which the time of a match is linear in the length of the name.
func (t *tree) checkCampaignFields(pattern string) {
	if pattern == "" {
		return
	}
	wrong := func(text string) { t.report([]string{"campaign_fields"}, "wrong value", text) }
	compiled, err := regexp.Compile(pattern)
	if err != nil {
		wrong(quoted(pattern) + " is not a pattern of RE2: " + strings.TrimPrefix(err.Error(), "error parsing regexp: ") +
			"\nhint: write the pattern in single quotes, so that YAML leaves backslashes as they are")
		return
	}
	names := fieldsOf(compiled)
	if len(names) == 0 {
		wrong(quoted(pattern) + " has no named group\nhint: write (?P<region>[^_]+) around each part of the name that is a field")
	}
	for i, name := range names {
		switch {
		case slices.Contains(names[:i], name):
			wrong("the group " + quoted(name) + " is there twice")
		case !fieldName.MatchString(name):
			wrong("the group " + quoted(name) + " is not lower_snake_case: a letter, then letters, digits and underscores, at most 40")
		case slices.Contains(Dimensions, name) || strings.HasPrefix(name, "campaign_level_"):
			wrong("the group " + quoted(name) + " has the name of a dimension that every run has\nhint: name it campaign_" + name + ", for example")
		}
	}
}

// fieldsOf are the names of the groups of a pattern, in their order.
func fieldsOf(pattern *regexp.Regexp) []string {
	return slices.DeleteFunc(pattern.SubexpNames(), func(name string) bool { return name == "" })
}
