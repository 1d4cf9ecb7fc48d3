package config_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
)

func TestChannels(t *testing.T) {
	job, err := config.Parse("t.yaml", []byte(`channels:
  groups: web
  rules:
    - channel: Partner
      when: {source: [acme, ""], campaign: "^part<ner"}
    - {channel: Event, when: {channel: [Trade Show]}}
`))
	if err != nil {
		t.Fatal(err)
	}
	want := &config.Channels{Groups: "web", Version: contract.WebGroupsVersion, Rules: []config.ChannelRule{
		{Channel: "Partner", When: map[string]config.ChannelCondition{"source": {Words: []string{"acme", ""}}, "campaign": {Pattern: "^part<ner"}}},
		{Channel: "Event", When: map[string]config.ChannelCondition{"channel": {Words: []string{"Trade Show"}}}},
	}}
	if diff := cmp.Diff(want, job.Channels); diff != "" {
		t.Error(diff)
	}
	if written := roundTrip(t, job); !strings.Contains(string(written), "\n  version: 1\n") {
		t.Errorf("the version is not in\n%s", written)
	}
	// An empty mapping puts spellings together, and is not the same as no mapping.
	if job, err = config.Parse("t.yaml", []byte("channels: {}\n")); err != nil || job.Channels == nil {
		t.Fatal(err, job.Channels)
	}
	roundTrip(t, job)
}

func TestWrongChannels(t *testing.T) {
	for text, want := range map[string]string{
		"channels: {groups: mobile}":                                            "t.yaml:1:20: channels.groups: \"mobile\" is not one of web",
		"channels: {version: 1}":                                                "t.yaml:1:12: channels.version: it needs channels.groups",
		"channels:\n  groups: web\n  version: 99":                               "t.yaml:3:12: channels.version: this program has version 1 of the groups",
		"channels:\n  rules:\n    - {channel: A, when: {source: \"a(b\"}}":      "t.yaml:3:35: channels.rules[0].when.source: \"a(b\" is not a pattern: error parsing regexp: missing closing ): `a(b`",
		"channels:\n  rules:\n    - {channel: (None), when: {source: [a]}}":     "t.yaml:3:17: channels.rules[0].channel: \"(None)\" has another meaning in reports",
		"channels:\n  rules:\n    - {channel: A, when: {}}":                     "t.yaml:3:26: channels.rules[0].when: want a mapping from fields to words or a pattern",
		"channels:\n  rules:\n    - {channel: A, when: {sauce: [a]}}":           "t.yaml:3:27: channels.rules[0].when.sauce: unknown key (did you mean source?)",
		"channels:\n  rules:\n    - {channel: A}":                               "t.yaml:3:7: channels.rules[0]: when is missing",
		"channels:\n  rules:\n    - {channel: A, when: {medium: [cpc, cpc]}}":   "t.yaml:3:41: channels.rules[0].when.medium[1]: \"cpc\" stands there twice",
		"channels:\n  rules:\n    - {channel: \" A\", when: {medium: [cpc]}}":   "t.yaml:3:17: channels.rules[0].channel: \" A\" is not a text of 1 to 200 characters",
		"channels:\n  rules:\n    - {channel: A, when: {medium: {list: paid}}}": "t.yaml:3:35: channels.rules[0].when.medium: want a list of words in brackets, or a pattern, got a mapping",
	} {
		_, err := config.Parse("t.yaml", []byte(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n got %v\nwant %s", text, err, want)
		}
	}
}
