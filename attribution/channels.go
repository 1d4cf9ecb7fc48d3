package attribution

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tributary-engine/tributary/attribution/channel"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// channelsAsWritten makes kind_channels and channel_names of a job without rules of channels.
var channelsAsWritten = []string{queryText("kind_channels_as_written"), queryText("channel_names_as_written")}

// nameChannels makes kind_channels and channel_names: the channel of each kind of touchpoints that
// does not take it from its campaign, and the names that reports use for the channels of campaigns,
// costs and leads. With rules, the first rule that matches decides, and spellings that differ only
// by case, blanks, hyphens and underscores become one channel.
func nameChannels(ctx context.Context, eng *engine.Engine, o Options) error {
	if o.Channels == nil {
		for _, statement := range channelsAsWritten {
			if err := eng.Exec(ctx, statement); err != nil {
				return fmt.Errorf("naming channels: %w", err)
			}
		}
		return nil
	}
	n := channelNames{spelled: map[string]map[string]int64{}, written: map[string]map[string]bool{}, final: map[string]string{}}
	if err := n.read(ctx, eng); err != nil {
		return fmt.Errorf("reading the channels of touchpoints, campaigns, costs and leads: %w", err)
	}
	if err := n.group(o); err != nil {
		return err
	}
	n.spell()
	if err := n.store(ctx, eng); err != nil {
		return fmt.Errorf("storing channels: %w", err)
	}
	return nil
}

// channelNames are the channels of a run with rules.
type channelNames struct {
	kinds []kindChannel
	names []channelName

	grouper *channel.Grouper
	spelled map[string]map[string]int64 // by plain form: how many rows have each spelling
	written map[string]map[string]bool  // by plain form: all spellings of the data
	final   map[string]string           // by plain form: the spelling of reports
}

// A named channel: as it is written, where it went, and the rule that decided; empty: none.
type named struct {
	written, channel, rule string
}

type kindChannel struct {
	key     uint64
	touches int64
	touch   channel.Touch
	named
}

type channelName struct {
	rows int64
	named
}

// read reads the kinds of touchpoints and the channels of the other tables.
func (n *channelNames) read(ctx context.Context, eng *engine.Engine) error {
	err := eng.Each(ctx, queryText("kinds_of_channels"), func(scan engine.Scan) error {
		var k kindChannel
		t := &k.touch
		if err := scan(&k.key, &k.touches, &t.Channel, &t.Source, &t.Medium, &t.CampaignID, &t.CampaignName, &t.TouchType, &t.Referrer, &t.ClickID); err != nil {
			return err
		}
		k.written = t.Channel
		n.kinds = append(n.kinds, k)
		return nil
	})
	if err != nil {
		return err
	}
	return eng.Each(ctx, queryText("written_channels"), func(scan engine.Scan) error {
		var c channelName
		if err := scan(&c.written, &c.rows); err != nil {
			return err
		}
		n.names = append(n.names, c)
		return nil
	})
}

// group finds the channel of each kind and name by the rules. A kind or name that matches no rule
// keeps its channel as written.
func (n *channelNames) group(o Options) error {
	given := map[channel.Field]bool{}
	for _, k := range n.kinds {
		given[channel.Referrer] = given[channel.Referrer] || k.touch.Referrer != ""
	}
	var err error
	if n.grouper, err = channel.New(ownRules(o.Channels.Rules), o.Channels.Groups == config.WebGroups, channel.Options{OwnDomains: o.People.OwnDomains, Given: given}); err != nil {
		return fmt.Errorf("rules of channels: %w", err)
	}
	before := map[channel.Touch]named{}
	name := func(t channel.Touch, rows int64) named {
		decided, asked := before[t]
		if !asked {
			decided.written = t.Channel
			decided.channel, decided.rule, _ = n.grouper.Group(t)
			if decided.rule == "" && !channel.IsNone(t.Channel) {
				decided.channel = strings.TrimSpace(t.Channel)
			}
			before[t] = decided
		}
		if plain := contract.PlainWord(decided.channel); decided.rule == "" && plain != "" {
			add(n.spelled, plain, decided.channel, rows)
		}
		if plain := contract.PlainWord(t.Channel); plain != "" {
			if n.written[plain] == nil {
				n.written[plain] = map[string]bool{}
			}
			n.written[plain][t.Channel] = true
		}
		return decided
	}
	for i := range n.kinds {
		n.kinds[i].named = name(n.kinds[i].touch, n.kinds[i].touches)
	}
	for i := range n.names {
		n.names[i].named = name(channel.Touch{Channel: n.names[i].written}, n.names[i].rows)
	}
	return nil
}

func add(counts map[string]map[string]int64, plain, spelling string, rows int64) {
	if counts[plain] == nil {
		counts[plain] = map[string]int64{}
	}
	counts[plain][spelling] += rows
}

// ownRules returns the rules of the configuration. Reports name them by their position in it.
func ownRules(rules []config.ChannelRule) []channel.Rule {
	var own []channel.Rule
	for i, r := range rules {
		rule := channel.Rule{ID: "channels.rules[" + strconv.Itoa(i) + "]", Channel: r.Channel, When: map[channel.Field]channel.Condition{}}
		for field, c := range r.When {
			rule.When[channel.Field(field)] = channel.Condition{Words: c.Words, Pattern: c.Pattern}
		}
		own = append(own, rule)
	}
	return own
}

// spell gives every channel one spelling: that of its first rule or, without a rule, the most frequent
// one. Of equally frequent ones it takes the first in byte order.
func (n *channelNames) spell() {
	for plain, counts := range n.spelled {
		spelling, isRule := n.grouper.Spelling(plain)
		if !isRule {
			spelling = slices.MinFunc(slices.Collect(maps.Keys(counts)), func(a, b string) int {
				return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
			})
		}
		n.final[plain] = spelling
	}
	respell := func(c *named) {
		plain := contract.PlainWord(c.channel)
		if spelling, isRule := n.grouper.Spelling(plain); isRule {
			c.channel = spelling
		} else if spelling, found := n.final[plain]; found {
			c.channel = spelling
		}
	}
	for i := range n.kinds {
		respell(&n.kinds[i].named)
	}
	for i := range n.names {
		respell(&n.names[i].named)
	}
}

// spellings lists the spellings of the data that are one channel, if there are several.
func (n *channelNames) spellings(written string) string {
	all := n.written[contract.PlainWord(written)]
	if len(all) < 2 {
		return ""
	}
	return strings.Join(slices.Sorted(maps.Keys(all)), " / ")
}

// store makes the tables kind_channels and channel_names.
func (n *channelNames) store(ctx context.Context, eng *engine.Engine) error {
	kinds := engine.NewTable("kind_key UBIGINT", "source VARCHAR", "medium VARCHAR", "referrer VARCHAR", "click_id VARCHAR",
		"written VARCHAR", "channel VARCHAR", "rule VARCHAR", "spellings VARCHAR")
	text := engine.OrNull[string]
	for _, k := range n.kinds {
		kinds.Add(k.key, text(k.touch.Source), text(k.touch.Medium), text(k.touch.Referrer), text(k.touch.ClickID),
			text(k.written), text(k.channel), text(k.rule), text(n.spellings(k.written)))
	}
	if err := eng.StoreTable(ctx, "kind_channels", kinds); err != nil {
		return err
	}
	names := engine.NewTable("written VARCHAR", "channel VARCHAR", "rule VARCHAR", "spellings VARCHAR")
	for _, c := range n.names {
		names.Add(text(c.written), text(c.channel), text(c.rule), text(n.spellings(c.written)))
	}
	return eng.StoreTable(ctx, "channel_names", names)
}
