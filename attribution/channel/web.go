package channel

import (
	_ "embed"
	"fmt"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed web.yaml
var webText []byte

// Groups are the shipped channel groups.
type Groups struct {
	Version    int
	Rules      []Rule
	NotSources []string // hosts
	Lists      map[string][]string
}

// Web returns the groups of the web, as web.yaml describes them.
var Web = sync.OnceValues(readWeb)

type webRule struct {
	ID      string                 `yaml:"id"`
	Channel string                 `yaml:"channel"`
	Why     string                 `yaml:"why"`
	IfGiven Field                  `yaml:"if_given"`
	When    map[Field]webCondition `yaml:"when"`
}

// A webCondition is written as a list of words, a pattern or {list: NAME}.
type webCondition struct {
	words   []string
	pattern string
	list    string
}

// UnmarshalYAML reads any of the three forms.
func (p *webCondition) UnmarshalYAML(unmarshal func(any) error) error {
	if unmarshal(&p.words) == nil {
		return nil
	}
	if unmarshal(&p.pattern) == nil {
		return nil
	}
	var named struct {
		List string `yaml:"list"`
	}
	err := unmarshal(&named)
	p.words, p.pattern, p.list = nil, "", named.List
	return err
}

func readWeb() (Groups, error) {
	var file struct {
		Version    int                 `yaml:"version"`
		Lists      map[string][]string `yaml:"lists"`
		NotSources []string            `yaml:"not_sources"`
		Rules      []webRule           `yaml:"rules"`
	}
	if err := yaml.UnmarshalWithOptions(webText, &file, yaml.Strict()); err != nil {
		return Groups{}, fmt.Errorf("reading web.yaml: %w", err)
	}
	groups := Groups{Version: file.Version, NotSources: file.NotSources, Lists: file.Lists}
	for _, r := range file.Rules {
		rule := Rule{ID: "web." + r.ID, Channel: r.Channel, When: map[Field]Condition{}, ifGiven: r.IfGiven}
		for field, p := range r.When {
			if !slices.Contains(fields, field) {
				return Groups{}, fmt.Errorf("reading web.yaml: rule %s: no field is called %s", r.ID, field)
			}
			words := p.words
			if p.list != "" {
				if words = file.Lists[p.list]; words == nil {
					return Groups{}, fmt.Errorf("reading web.yaml: rule %s: no list is called %s", r.ID, p.list)
				}
			}
			rule.When[field] = Condition{Words: words, Pattern: p.pattern}
		}
		groups.Rules = append(groups.Rules, rule)
	}
	return groups, nil
}
