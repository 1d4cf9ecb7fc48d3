package config

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// A Setting is a key of the configuration that has a value of its own, such as journey.lookback_days.
type Setting struct {
	Key    string
	Values []string // all values that it can have; empty: others than a few words
}

// Settings lists the keys of the schema that have values of their own, in alphabetical order. Keys
// within lists, and those that a person names, are not among them.
func Settings() ([]Setting, error) {
	var root schemaNode
	if err := json.Unmarshal(schemaText(), &root); err != nil {
		return nil, fmt.Errorf("reading the schema: %w", err)
	}
	settings := root.settings("")
	slices.SortFunc(settings, func(a, b Setting) int { return strings.Compare(a.Key, b.Key) })
	return settings, nil
}

type schemaNode struct {
	Properties map[string]schemaNode `json:"properties"`
	Enum       []any                 `json:"enum"`
}

func (n schemaNode) settings(key string) []Setting {
	if len(n.Properties) == 0 {
		s := Setting{Key: key}
		for _, value := range n.Enum {
			s.Values = append(s.Values, fmt.Sprint(value))
		}
		return []Setting{s}
	}
	var settings []Setting
	for name, below := range n.Properties {
		settings = append(settings, below.settings(strings.TrimPrefix(key+"."+name, "."))...)
	}
	return settings
}
