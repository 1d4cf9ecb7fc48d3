package attribution

import (
	"slices"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/findings"
)

// scopeWords returns the checks of the words by which custom models choose touchpoints. A model
// whose words are not in the data sees no touchpoints, so its credit is unattributed with the
// reason no_touch_in_scope.
func scopeWords(o Options) []setting {
	all := func(words func(config.Only) []string) []string {
		var found []string
		for _, m := range o.CustomModels {
			if m.Only != nil {
				found = append(found, words(*m.Only)...)
			}
		}
		slices.Sort(found)
		return slices.Compact(found)
	}
	return []setting{
		{"only_touch_types_unused", "custom_models.only.touch_type", findings.Warning, "no touchpoint has the touch_type",
			all(func(only config.Only) []string { return only.TouchTypes }),
			`SELECT DISTINCT COALESCE(touch_type, '(none)') FROM touch_kind_facts`, plainForm},
		{"only_channels_unused", "custom_models.only.channel", findings.Warning, "no touchpoint has the channel",
			all(func(only config.Only) []string { return only.Channels }),
			`SELECT DISTINCT c.channel FROM touch_kind_facts AS f INNER JOIN channels AS c ON c.channel_key = f.channel_key`, plainForm},
		{"only_campaigns_unused", "custom_models.only.campaign_id", findings.Warning, "no touchpoint has the campaign_id",
			all(func(only config.Only) []string { return only.Campaigns }),
			`SELECT DISTINCT p.campaign_id FROM touch_kind_facts AS f INNER JOIN campaign_keys AS p ON p.campaign_key = f.campaign_key`,
			func(id string) []string { return []string{id} }},
		{"only_source_groups_unused", "custom_models.only.source_group", findings.Warning, "no touchpoint has a channel of the source group",
			all(func(only config.Only) []string { return only.SourceGroups }),
			`SELECT DISTINCT c.source_group FROM touch_kind_facts AS f INNER JOIN channels AS c ON c.channel_key = f.channel_key`, plainForm},
	}
}
