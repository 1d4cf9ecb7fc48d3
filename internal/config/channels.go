package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"github.com/tributary-engine/tributary/internal/contract"
)

// WebGroups are the shipped channel groups of the web.
const WebGroups = "web"

// Channels says which channel a touchpoint has, instead of the one that is written in the data.
type Channels struct {
	Groups  string        `json:"groups,omitempty"`  // WebGroups, or empty: no shipped groups
	Version int           `json:"version,omitempty"` // of the shipped groups
	Rules   []ChannelRule `json:"rules,omitempty"`   // before those of the shipped groups; the first that holds decides
}

// A ChannelRule puts the touchpoints for which all conditions hold into a channel.
type ChannelRule struct {
	Channel string                      `json:"channel"`
	When    map[string]ChannelCondition `json:"when"` // by field: channel, source, medium, campaign, touch_type, referrer, click_id
}

// A ChannelCondition is written as a list of words or as a pattern.
type ChannelCondition struct {
	Words   []string
	Pattern string // RE2; empty: the condition has words
}

// MarshalJSON writes the condition as a configuration has it.
func (c ChannelCondition) MarshalJSON() ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if c.Pattern != "" {
		err := encoder.Encode(c.Pattern)
		return text.Bytes(), err
	}
	err := encoder.Encode(c.Words)
	return text.Bytes(), err
}

// UnmarshalJSON reads a list of words or a pattern.
func (c *ChannelCondition) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte(`"`)) {
		return json.Unmarshal(text, &c.Pattern)
	}
	return json.Unmarshal(text, &c.Words)
}

// withDefaults returns the setting with the version of the shipped groups filled in; nil stays nil.
func (c *Channels) withDefaults() *Channels {
	if c == nil {
		return nil
	}
	copied := *c
	if copied.Groups == WebGroups {
		copied.Version = contract.WebGroupsVersion
	}
	return &copied
}

// checkChannels reports patterns that cannot be read, names of channels that reports use for
// something else, and a version of the shipped groups that this program does not have.
func (t *tree) checkChannels(c *Channels) {
	if c == nil {
		return
	}
	switch {
	case c.Version != 0 && c.Groups == "":
		t.reportKey([]string{"channels", "version"}, "contradiction", "it needs channels.groups\nhint: add groups: "+WebGroups+", or remove version")
	case c.Version != 0 && c.Version != contract.WebGroupsVersion:
		t.report([]string{"channels", "version"}, "wrong value",
			fmt.Sprintf("this program has version %d of the groups\nhint: remove version to use it; channels may change, as CHANGELOG.md says", contract.WebGroupsVersion))
	}
	for i, rule := range c.Rules {
		path := []string{"channels", "rules", strconv.Itoa(i)}
		if plain := contract.PlainWord(rule.Channel); slices.Contains([]string{"(none)", "(unattributed)", "(all)"}, plain) {
			t.report(append(path[:len(path):len(path)], "channel"), "wrong value", quoted(rule.Channel)+" has another meaning in reports\nhint: choose another name")
		}
		for field, condition := range rule.When {
			if _, err := regexp.Compile(condition.Pattern); err != nil {
				t.report(append(path[:len(path):len(path)], "when", field), "wrong value",
					quoted(condition.Pattern)+" is not a pattern: "+err.Error()+"\nhint: write a regular expression (RE2), or a list of words in brackets")
			}
		}
	}
}
