package config

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
)

// Groups of channels by who brings the business. Marketing is always one of them.
const (
	MarketingGroup = "marketing"
	SalesGroup     = "sales"
)

// AllOthers stands, among the channels of a group, for every channel that no group names.
const AllOthers = "*"

// shippedGroups hold where the file names neither source_groups nor sales_channels.
var shippedGroups = map[string][]string{
	MarketingGroup: {AllOthers}, SalesGroup: {"Outbound"}, "partner": {"Partner"}, "customer": {"Referral"}, "product": {"In-product"},
}

// sourceGroupsWithDefaults returns the groups of a file. Without them, sales_channels makes two
// groups: marketing and sales.
func sourceGroupsWithDefaults(given map[string][]string, salesChannels []string) map[string][]string {
	switch {
	case len(given) > 0:
		return given
	case len(salesChannels) > 0:
		return map[string][]string{MarketingGroup: {AllOthers}, SalesGroup: slices.Clone(salesChannels)}
	}
	groups := map[string][]string{}
	for group, channels := range shippedGroups {
		groups[group] = slices.Clone(channels)
	}
	return groups
}

// GroupNames are the groups in the order of reports: marketing, sales, and the others by name.
func (a Alignment) GroupNames() []string {
	names := slices.Sorted(maps.Keys(a.SourceGroups))
	place := func(name string) int { return slices.Index([]string{SalesGroup, MarketingGroup}, name) }
	slices.SortStableFunc(names, func(a, b string) int { return place(b) - place(a) })
	return names
}

// GroupOf returns the function that finds the group of a channel.
func (a Alignment) GroupOf() func(channel string) string {
	groups, rest := map[string]string{}, MarketingGroup
	for group, channels := range a.SourceGroups {
		for _, channel := range channels {
			groups[contract.PlainWord(channel)] = group
			if channel == AllOthers {
				rest = group
			}
		}
	}
	return func(channel string) string {
		if group, named := groups[contract.PlainWord(channel)]; named {
			return group
		}
		return rest
	}
}

// NamedChannels are the channels that the groups of a file name, in the order of GroupNames. Those
// that are shipped are left out: most data has no such channel.
func (a Alignment) NamedChannels() []string {
	var named []string
	for _, group := range a.GroupNames() {
		for _, channel := range a.SourceGroups[group] {
			if channel != AllOthers && !slices.Contains(shippedGroups[group], channel) {
				named = append(named, channel)
			}
		}
	}
	return named
}

// checkSourceGroups reports channels of two groups, channels of none, and groups of the same name.
func (t *tree) checkSourceGroups(d document) {
	if i := slices.Index(d.SalesChannels, AllOthers); i >= 0 {
		t.report([]string{"sales_channels", strconv.Itoa(i)}, "wrong value", "\"*\" stands for all other channels, in source_groups only")
	}
	if len(d.SourceGroups) == 0 {
		return
	}
	path := []string{"source_groups"}
	if len(d.SalesChannels) > 0 {
		t.reportKey(path, "contradiction", "give source_groups or sales_channels, not both\nhint: sales_channels: [X] is the same as source_groups: {marketing: [\"*\"], sales: [X]}")
	}
	names, channels, rest := map[string]string{}, map[string]string{}, ""
	for _, group := range slices.Sorted(maps.Keys(d.SourceGroups)) {
		under := []string{"source_groups", group}
		if other, twice := names[contract.PlainWord(group)]; twice {
			t.reportKey(under, "contradiction", "is the same group as "+quoted(other))
		}
		names[contract.PlainWord(group)] = group
		if strings.TrimSpace(group) == "" || strings.HasPrefix(group, "(") {
			t.reportKey(under, "wrong value", "is not the name of a group")
		}
		t.apart(channels, d.SourceGroups[group], group, under...)
		if slices.Contains(d.SourceGroups[group], AllOthers) {
			rest = group
		}
	}
	if _, given := d.SourceGroups[MarketingGroup]; !given {
		t.reportKey(path, "missing key", "one of the groups must be marketing: reports compare the other groups with it")
	}
	if rest == "" {
		t.reportKey(path, "missing key", "no group has \"*\", which stands for all other channels\nhint: give it to one of them, such as marketing: [\"*\"]")
	}
}
