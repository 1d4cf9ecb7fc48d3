package difference

import (
	"fmt"
	"maps"
	"slices"

	"github.com/goccy/go-yaml"

	"github.com/tributary-engine/tributary/internal/config"
)

// A Setting is a key of the configuration whose value differs. An empty value means that the key is
// not there.
type Setting struct {
	Key    string `json:"key"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// without returns a job without what decides neither credit nor cost: where the input is, as-of,
// which is a cause of its own, what gates tolerate, and how reports show what was credited.
func without(j config.Job) config.Job {
	usual := config.Default()
	j.Tables, j.AsOf, j.Quarantine, j.Gates, j.Freshness, j.ClosedThrough, j.ControlTotals = nil, nil, nil, nil, nil, "", nil
	j.Credits, j.PublishTables, j.CSVRaw, j.Models, j.PrimaryModel = true, true, false, nil, usual.PrimaryModel
	usual.Reporting.Currency, usual.Reporting.TimeZone = j.Reporting.Currency, j.Reporting.TimeZone
	j.Reporting, j.CampaignFields = usual.Reporting, ""
	j.Activation, j.Costs, j.Economics = usual.Activation, usual.Costs, usual.Economics
	return j
}

// Settings lists the keys of the configuration that differ, in the order of their names.
func Settings(before, after config.Job) ([]Setting, error) {
	a, err := flatten(without(before))
	if err != nil {
		return nil, err
	}
	b, err := flatten(without(after))
	if err != nil {
		return nil, err
	}
	var found []Setting
	keys := maps.Clone(a)
	maps.Copy(keys, b)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if a[key] != b[key] {
			found = append(found, Setting{key, a[key], b[key]})
		}
	}
	return found, nil
}

// flatten is the configuration by dotted key.
func flatten(j config.Job) (map[string]string, error) {
	text, err := j.Marshal()
	if err != nil {
		return nil, err
	}
	var tree any
	if err := yaml.Unmarshal(text, &tree); err != nil {
		return nil, fmt.Errorf("reading the configuration of a run: %w", err)
	}
	flat := map[string]string{}
	flattenInto(flat, "", tree)
	return flat, nil
}

func flattenInto(flat map[string]string, key string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			if key != "" {
				name = key + "." + name
			}
			flattenInto(flat, name, inner)
		}
	case []any:
		for i, inner := range v {
			flattenInto(flat, fmt.Sprintf("%s[%d]", key, i), inner)
		}
	default:
		flat[key] = fmt.Sprint(v)
	}
}
