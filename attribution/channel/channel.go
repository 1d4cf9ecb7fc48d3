// Package channel puts touchpoints into channels by ordered rules over their origin: source, medium,
// referrer, click id and so on. The first rule that matches decides. The default rules for the web
// are data (web.yaml).
package channel

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
)

// A Touch is what rules look at. An empty text is no value.
type Touch struct {
	Channel, Source, Medium  string
	CampaignID, CampaignName string
	TouchType                string
	Referrer                 string // a URL or a host
	ClickID                  string // the name of a click id, such as gclid, or name=value
}

// A Field is what a condition looks at.
type Field string

// The fields that a configuration can name. site exists in the shipped rules only.
const (
	Channel   Field = "channel"
	Source    Field = "source"
	Medium    Field = "medium"
	Campaign  Field = "campaign" // the id or the name
	TouchType Field = "touch_type"
	Referrer  Field = "referrer"
	ClickID   Field = "click_id"
	site      Field = "site" // the source or, if there is none, the host of the referrer
)

// A Rule puts the touchpoints for which all conditions hold into a channel.
type Rule struct {
	ID      string // what reports call the rule
	Channel string
	When    map[Field]Condition

	ifGiven Field // the rule holds only in data of which some touchpoint has this field
}

// A Condition holds if the value is one of the words or matches the pattern. The word "" is for a
// value that is not there. Words and patterns do not distinguish upper and lower case.
type Condition struct {
	Words   []string
	Pattern string // RE2
}

// Options are what a run knows about its touchpoints as a whole.
type Options struct {
	OwnDomains []string       // referrers that are no source: the company's own pages
	Given      map[Field]bool // the fields of which some touchpoint has a value
}

// A Grouper puts touchpoints into channels. It can be used by several goroutines.
type Grouper struct {
	rules      []rule
	notSources entries
	spellings  map[string]string // by plain form: how the first rule spells the channel
}

type rule struct {
	Rule
	conditions []condition
}

type condition struct {
	field   Field
	words   map[string]bool
	hosts   entries
	pattern *regexp.Regexp
}

// New compiles own rules and, with web, the shipped groups after them.
func New(own []Rule, web bool, o Options) (*Grouper, error) {
	g := &Grouper{spellings: map[string]string{}}
	rules := slices.Clone(own)
	for _, domain := range o.OwnDomains {
		g.notSources.add(fold(domain))
	}
	if web {
		groups, err := Web()
		if err != nil {
			return nil, err
		}
		rules = append(rules, groups.Rules...)
		for _, host := range groups.NotSources {
			g.notSources.add(host)
		}
	}
	for _, r := range rules {
		if r.ifGiven != "" && !o.Given[r.ifGiven] {
			continue
		}
		compiled := rule{Rule: r}
		for _, field := range fields {
			c, found := r.When[field]
			if !found {
				continue
			}
			one, err := c.compile(field)
			if err != nil {
				return nil, fmt.Errorf("rule %s: %s: %w", r.ID, field, err)
			}
			compiled.conditions = append(compiled.conditions, one)
		}
		g.rules = append(g.rules, compiled)
		if plain := contract.PlainWord(r.Channel); g.spellings[plain] == "" {
			g.spellings[plain] = r.Channel
		}
	}
	return g, nil
}

// fields are all fields, those first that decide most rules.
var fields = []Field{Channel, ClickID, Medium, Source, Referrer, site, Campaign, TouchType}

// Pattern compiles the pattern of a condition.
func Pattern(text string) (*regexp.Regexp, error) {
	if _, err := regexp.Compile(text); err != nil { // without the flag, so that the error shows what was written
		return nil, err
	}
	return regexp.Compile("(?i:" + text + ")")
}

func (c Condition) compile(field Field) (condition, error) {
	compiled := condition{field: field}
	if c.Pattern != "" {
		var err error
		compiled.pattern, err = Pattern(c.Pattern)
		return compiled, err
	}
	compiled.words = map[string]bool{}
	for _, word := range c.Words {
		word = present(fold(word))
		if strings.Contains(word, ".") && (field == Referrer || field == Source || field == site) {
			compiled.hosts.add(word)
		}
		compiled.words[alike(field, word)] = true
	}
	return compiled, nil
}

// Group returns the channel of the first rule that holds, and the id of the rule.
func (g *Grouper) Group(t Touch) (channel, rule string, found bool) {
	v := g.values(t)
	for i := range g.rules {
		if g.rules[i].holds(v) {
			return g.rules[i].Channel, g.rules[i].ID, true
		}
	}
	return "", "", false
}

// Spelling returns how the rules spell a channel that is called so but for case, blanks, hyphens and
// underscores.
func (g *Grouper) Spelling(channel string) (spelling string, found bool) {
	spelling, found = g.spellings[contract.PlainWord(channel)]
	return spelling, found
}

// values are the fields of a touchpoint in the form in which patterns see them: trimmed, and in
// lower case. A campaign has two.
type values map[Field][]string

func (g *Grouper) values(t Touch) values {
	source, medium, referrer := present(fold(t.Source)), present(fold(t.Medium)), Host(t.Referrer)
	if g.notSources.match(referrer) {
		referrer = ""
	}
	if g.notSources.match(source) {
		source = ""
		if medium == "referral" { // the only thing that it told about
			medium = ""
		}
	}
	from := source
	if from == "" {
		from = referrer
	}
	return values{
		Channel: {present(fold(t.Channel))}, Source: {source}, Medium: {medium}, Referrer: {referrer}, site: {from},
		Campaign: {fold(t.CampaignID), fold(t.CampaignName)}, TouchType: {fold(t.TouchType)}, ClickID: {clickName(t.ClickID)},
	}
}

func (r *rule) holds(v values) bool {
	for i := range r.conditions {
		if !r.conditions[i].holds(v[r.conditions[i].field]) {
			return false
		}
	}
	return true
}

// holds reports whether one of the values meets the condition. The word "" is met only if all values
// are empty.
func (c *condition) holds(all []string) bool {
	if !slices.ContainsFunc(all, func(value string) bool { return value != "" }) {
		return c.pattern == nil && c.words[""] || c.pattern != nil && c.pattern.MatchString("")
	}
	return slices.ContainsFunc(all, func(value string) bool {
		if value == "" {
			return false
		}
		if c.pattern != nil {
			return c.pattern.MatchString(value)
		}
		return c.words[alike(c.field, value)] || c.hosts.match(value)
	})
}

// fold is the form in which values are compared: lower case, without surrounding blanks.
func fold(value string) string { return strings.ToLower(strings.TrimSpace(value)) }

// alike is the form in which words of a field are compared. Names of people's making have many
// spellings; ids, hosts and names of campaigns have one.
func alike(field Field, value string) string {
	switch field {
	case Channel, Source, Medium, TouchType, site:
		return contract.PlainWord(value)
	}
	return value
}

// IsNone reports whether a value is one of the words by which tools say that there is none.
func IsNone(value string) bool { return present(fold(value)) == "" }

// present turns the words by which web analytics say that there is no value into none.
func present(value string) string {
	switch value {
	case "(none)", "(not set)", "not set", "none", "null", "undefined", "(not provided)":
		return ""
	}
	return value
}

// clickName returns the name of a click id that is written as name or name=value.
func clickName(clickID string) string {
	name, _, _ := strings.Cut(fold(clickID), "=")
	return strings.TrimSpace(strings.TrimLeft(name, "?&"))
}
