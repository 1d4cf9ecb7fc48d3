package models

import (
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
)

// scoped is a model that sees only some touches of a journey. Words are compared as everywhere in
// the configuration, without case and punctuation; ids of campaigns byte by byte.
func scoped(m credit.Model, only config.Only) credit.Model {
	types, channels, groups := plainWords(only.TouchTypes), plainWords(only.Channels), plainWords(only.SourceGroups)
	m.Sees = func(t credit.Facts) bool {
		return holds(types, contract.PlainWord(t.TouchType)) && holds(channels, contract.PlainWord(t.Channel)) &&
			holds(only.Campaigns, t.CampaignID) && holds(groups, contract.PlainWord(t.SourceGroup))
	}
	m.Doc += "; only " + scopeDoc(only)
	return m
}

// holds reports whether a value is in a list; an empty one has all values.
func holds(list []string, value string) bool { return len(list) == 0 || slices.Contains(list, value) }

func plainWords(words []string) []string {
	var plain []string
	for _, word := range words {
		plain = append(plain, contract.PlainWord(word))
	}
	return plain
}

// scopeDoc prints a scope: "channel Paid Search or Display, touch_type form".
func scopeDoc(only config.Only) string {
	var parts []string
	for _, key := range []struct {
		name   string
		values []string
	}{{"touch_type", only.TouchTypes}, {"channel", only.Channels}, {"campaign_id", only.Campaigns}, {"source_group", only.SourceGroups}} {
		if len(key.values) > 0 {
			parts = append(parts, key.name+" "+strings.Join(key.values, " or "))
		}
	}
	return strings.Join(parts, ", ")
}
