package config

import "slices"

// keys are the keys of tributary.yaml, in the order in which Marshal writes them. A key that is not
// declared here does not exist.
var keys = []Key{
	reportingKey, primaryModelKey, modelsKey, customModelsKey, asOfKey, inputKey, tablesKey, controlTotalsKey, quarantineKey,
	peopleKey, buyingGroupKey, journeyKey, opportunitiesKey, salesChannelsKey, channelsKey, funnelKey,
	handoffKey, vocabularyKey, serviceLevelKey, qualityKey, dealSizesKey, sourceGroupsKey, costsKey, economicsKey, outputKey,
	gatesKey, freshnessKey, closedThroughKey, activationKey, campaignFieldsKey,
}

// Keys are the keys of tributary.yaml, with those of their mappings under them.
func Keys() []Key { return slices.Clone(keys) }

// A Place is a key where it can be given. In its path, [] stands for an entry of a list and <name>
// for a name of the user's: tables.<table>.columns.<column>.format.
type Place struct {
	Path string
	Key
}

// Places are all keys, with those of lists and of mappings by name, in the order of their
// declaration.
func Places() []Place { return placesUnder("", mapping(keys)) }

func placesUnder(path string, rule Rule) []Place {
	if rule.Ref == defined("written").Ref {
		return nil // keys of a column, which are listed there
	}
	if i := slices.IndexFunc(definitions, func(k Key) bool { return defined(k.Name).Ref == rule.Ref }); i >= 0 {
		return placesUnder(path, definitions[i].Rule)
	}
	var places []Place
	for _, k := range rule.Keys {
		if rule.IsPerName {
			k.Name, k.About = "<"+rule.Each+">", "Of one "+rule.Each+"."
		}
		at := joinKey(path, k.Name)
		places = append(append(places, Place{Path: at, Key: k}), placesUnder(at, k.Rule)...)
		if rule.IsPerName {
			break
		}
	}
	if rule.Items != nil {
		places = append(places, placesUnder(path+"[]", *rule.Items)...)
	}
	if rule.Values != nil {
		places = append(places, placesUnder(joinKey(path, "<"+rule.Each+">"), *rule.Values)...)
	}
	return places
}

func joinKey(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// declaredDefaults is the tree of the defaults that reading applies.
func declaredDefaults(keys []Key) map[string]any {
	tree := map[string]any{}
	for _, k := range keys {
		inner := map[string]any{}
		if k.Rule.Type == "object" && !k.Rule.IsPerName {
			inner = declaredDefaults(k.Rule.Keys)
		}
		switch {
		case k.Default != nil && !k.LateDefault:
			tree[k.Name] = k.Default
		case len(inner) > 0:
			tree[k.Name] = inner
		}
	}
	return tree
}
