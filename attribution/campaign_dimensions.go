package attribution

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
)

// mostLevels is how deep the tree of campaigns may be. Each level is a dimension.
const mostLevels = 100

// The values of campaigns whose name does not match the pattern, and of those without a value.
const (
	noMatch = "(no match)"
	noValue = "(none)"
)

// reservedValues are no fields of a name: reports use them for something else.
var reservedValues = []string{noValue, noMatch, "(other)", "(unattributed)"}

// describeCampaigns makes campaign_dimensions: one row per campaign and dimension to which campaigns
// are added up: the levels of their tree, if a campaign has a parent, and the fields of their names.
// It refuses a cycle of parents.
func describeCampaigns(ctx context.Context, eng *engine.Engine, fields string) error {
	campaigns, err := readTree(ctx, eng, `SELECT campaign_id, COALESCE(parent_campaign_id, '') FROM campaigns ORDER BY campaign_id`)
	if err != nil {
		return fmt.Errorf("reading the parents of campaigns: %w", err)
	}
	if cycle := campaigns.cycle(); cycle != "" {
		return failure.Errorf(failure.Contract, "campaigns: parent_campaign_id: these campaigns are their own parents: %s\nhint: correct one of them", cycle)
	}
	paths, levels := map[string][]int32{}, 0
	for i := range campaigns.ids {
		path := campaigns.path(int32(i))
		if len(path) > mostLevels {
			return failure.Errorf(failure.Contract, "campaigns: parent_campaign_id: %q has %d campaigns above it; at most %d levels are supported\nhint: check the parents of its tree",
				campaigns.ids[i], len(path)-1, mostLevels)
		}
		paths[campaigns.ids[i]], levels = path, max(levels, len(path))
	}
	if levels == 1 {
		levels = 0 // no campaign has a parent
	}
	names, err := newFields(fields)
	if err != nil {
		return err
	}
	return storeCampaignDimensions(ctx, eng, func(key int32, id, name string, add func(dimension, value string)) {
		path := paths[id]
		for level := range levels {
			value := id
			if key > 0 && level < len(path) {
				value = campaigns.ids[path[level]]
			}
			add("campaign_level_"+strconv.Itoa(level+1), value)
		}
		for _, f := range names.of(key, id, name) {
			add("field_"+f.name, f.value)
		}
	})
}

// A fields pattern reads the fields of campaign names.
type fields struct {
	pattern *regexp.Regexp // nil: there are none
}

type field struct{ name, value string }

func newFields(pattern string) (fields, error) {
	if pattern == "" {
		return fields{}, nil
	}
	compiled, err := regexp.Compile(pattern)
	if err != nil {
		return fields{}, failure.Errorf(failure.Usage, "campaign_fields: %w", err)
	}
	return fields{compiled}, nil
}

// of returns the fields of a campaign. (none) and (unattributed) have their own name in every field.
func (f fields) of(key int32, id, name string) []field {
	if f.pattern == nil {
		return nil
	}
	found := f.pattern.FindStringSubmatch(name)
	var all []field
	for i, group := range f.pattern.SubexpNames() {
		switch {
		case group == "":
		case key <= 0:
			all = append(all, field{group, id})
		case found == nil || name == "":
			all = append(all, field{group, noMatch})
		case found[i] == "" || slices.Contains(reservedValues, found[i]):
			all = append(all, field{group, noValue})
		default:
			all = append(all, field{group, found[i]})
		}
	}
	return all
}

// storeCampaignDimensions stores the fields that of returns for each campaign of campaign_keys.
func storeCampaignDimensions(ctx context.Context, eng *engine.Engine, of func(key int32, id, name string, add func(dimension, value string))) error {
	b := engine.NewTable("campaign_key INTEGER", "campaign_id VARCHAR", "dimension VARCHAR", "value VARCHAR")
	err := eng.Each(ctx, `SELECT campaign_key, campaign_id, COALESCE(campaign_name, '') FROM campaign_keys ORDER BY campaign_key`, func(scan engine.Scan) error {
		var key int32
		var id, name string
		if err := scan(&key, &id, &name); err != nil {
			return err
		}
		of(key, id, name, func(dimension, value string) { b.Add(key, id, dimension, value) })
		return nil
	})
	if err != nil {
		return err
	}
	return eng.StoreTable(ctx, "campaign_dimensions", b)
}
