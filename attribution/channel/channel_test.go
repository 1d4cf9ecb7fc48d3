package channel

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/contract"
)

// lines returns the cells of the lines of a table in testdata.
func lines(t *testing.T, file string) [][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var found [][]string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimRight(line, "\n"); strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line+" ", "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		found = append(found, cells)
	}
	return found
}

func shipped(t *testing.T) *Grouper {
	t.Helper()
	g, err := New(nil, true, Options{Given: map[Field]bool{Referrer: true}})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func web(t *testing.T) Groups {
	t.Helper()
	groups, err := Web()
	if err != nil {
		t.Fatal(err)
	}
	return groups
}

func group(g *Grouper, touch Touch) string {
	channel, _, found := g.Group(touch)
	if !found {
		return "(none)"
	}
	return channel
}

// Every entry of every shipped list has the channels that testdata/entries.txt gives it.
func TestEveryEntry(t *testing.T) {
	g := shipped(t)
	listed := map[string]bool{}
	for _, cells := range lines(t, "entries.txt") {
		entry := cells[0]
		listed[entry] = true
		host := strings.Replace(entry, ".*", ".co.uk", 1)
		if got := group(g, Touch{Source: host}); got != cells[1] {
			t.Errorf("source %s: %s, want %s", host, got, cells[1])
		}
		if got := group(g, Touch{Source: host, Medium: "cpc"}); got != cells[2] {
			t.Errorf("source %s, medium cpc: %s, want %s", host, got, cells[2])
		}
		if cells[3] == "-" {
			continue
		}
		for _, referrer := range []string{host, "https://" + host + "/a?b=c", "//www." + host, "HTTPS://" + strings.ToUpper(host) + ":443/"} {
			if got := group(g, Touch{Referrer: referrer}); got != cells[3] {
				t.Errorf("referrer %s: %s, want %s", referrer, got, cells[3])
			}
		}
	}
	for name, entries := range web(t).Lists {
		for _, entry := range entries {
			if !listed[entry] {
				t.Errorf("testdata/entries.txt has no line for %s of the list %s", entry, name)
			}
		}
	}
}

// A referrer of the list not_sources counts as none, and so does a source.
func TestNotSources(t *testing.T) {
	g := shipped(t)
	for _, host := range web(t).NotSources {
		for _, touch := range []Touch{{Referrer: "https://" + host + "/x"}, {Referrer: "https://company." + host}, {Source: host, Medium: "referral"}, {Source: host}} {
			if got := group(g, touch); got != "(none)" {
				t.Errorf("%+v: %s, want (none)", touch, got)
			}
		}
		if got := group(g, Touch{Referrer: "https://" + host, Source: "google", Medium: "cpc"}); got != "Paid Search" {
			t.Errorf("%s hides the source: %s", host, got)
		}
	}
}

func TestRules(t *testing.T) {
	g := shipped(t)
	met := map[string]bool{}
	for _, cells := range lines(t, "rules.txt") {
		touch := parse(t, cells[0])
		channel, rule, found := g.Group(touch)
		if !found {
			channel = "(none)"
		}
		if rule = strings.TrimPrefix(rule, "web."); channel != cells[1] || rule != cells[2] {
			t.Errorf("%s: %s by %q, want %s by %q", cells[0], channel, rule, cells[1], cells[2])
		}
		met[rule] = true
	}
	seen := map[string]bool{}
	for _, r := range web(t).Rules {
		if id := strings.TrimPrefix(r.ID, "web."); !met[id] {
			t.Errorf("testdata/rules.txt has no case for %s", id)
		}
		if seen[r.ID] {
			t.Errorf("two rules are called %s", r.ID)
		}
		seen[r.ID] = true
	}
}

func parse(t *testing.T, text string) (touch Touch) {
	t.Helper()
	for part := range strings.SplitSeq(text, ";") {
		field, value, _ := strings.Cut(strings.TrimLeft(part, " "), "=")
		switch field {
		case "channel":
			touch.Channel = value
		case "source":
			touch.Source = value
		case "medium":
			touch.Medium = value
		case "campaign":
			touch.CampaignName = value
		case "touch_type":
			touch.TouchType = value
		case "referrer":
			touch.Referrer = value
		case "click_id":
			touch.ClickID = value
		case "":
		default:
			t.Fatalf("no field is called %s", field)
		}
	}
	return touch
}

// Without referrers in the data, a visit of which nothing is known is not direct.
func TestVisitsAreDirectOnlyWhereReferrersAreKnown(t *testing.T) {
	g, err := New(nil, true, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := group(g, Touch{TouchType: "visit"}); got != "(none)" {
		t.Errorf("%s, want (none)", got)
	}
}

// Own rules come first; the first rule that spells a channel decides how it is spelled.
func TestOwnRules(t *testing.T) {
	g, err := New([]Rule{
		{ID: "channels.rules[0]", Channel: "paid search", When: map[Field]Condition{Campaign: {Words: []string{" K-1 "}}, Source: {Words: []string{"GOOGLE"}}}},
		{ID: "channels.rules[1]", Channel: "Brand", When: map[Field]Condition{Campaign: {Pattern: "brand$"}}},
		{ID: "channels.rules[2]", Channel: "Unknown", When: map[Field]Condition{Source: {Words: []string{""}}, Medium: {Pattern: "^$"}, Channel: {Words: []string{"Other"}}}},
	}, true, Options{OwnDomains: []string{"acme.example"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		touch Touch
		want  string
	}{
		{Touch{Source: "google", CampaignID: "k-1"}, "paid search"},
		{Touch{Source: "google", CampaignName: "K-1"}, "paid search"},
		{Touch{Source: "bing", CampaignID: "k-1"}, "Organic Search"},
		{Touch{CampaignName: "2025 BRAND "}, "Brand"},
		{Touch{CampaignName: "brand 2025"}, "(none)"},
		{Touch{Channel: "other"}, "Unknown"},
		{Touch{Channel: "other", Source: "x"}, "Organic Social"},
		{Touch{Referrer: "https://www.acme.example/pricing"}, "(none)"},
	} {
		if got := group(g, c.touch); got != c.want {
			t.Errorf("%+v: %s, want %s", c.touch, got, c.want)
		}
	}
	if spelling, _ := g.Spelling("PAID_SEARCH"); spelling != "paid search" {
		t.Errorf("spelled %s", spelling)
	}
	if _, err := New([]Rule{{ID: "r", Channel: "A", When: map[Field]Condition{Source: {Pattern: "("}}}}, false, Options{}); err == nil {
		t.Error("a bad pattern is taken")
	}
}

// The same touchpoint always has the same channel; upper and lower case and surrounding blanks make
// no difference.
func TestCaseAndBlanksMakeNoDifference(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	g, again := shipped(t), shipped(t)
	var sources []string
	for _, entries := range web(t).Lists {
		sources = append(sources, entries...)
	}
	slices.Sort(sources)
	sources = append(sources, "", "(direct)", "(not set)", "acme", "accounts.google.com")
	mediums := []string{"", "(none)", "cpc", "organic", "referral", "email", "paid social", "video", "display", "social", "webinar"}
	clicks := []string{"", "gclid", "fbclid", "li_fat_id", "msclkid=1", "other"}
	channels := []string{"", "Paid Search", "direct", "Trade Show", "(none)"}
	types := []string{"", "visit", "form", "in app"}
	pick := func(of []string) string { return of[random.IntN(len(of))] }
	disguise := func(text string) string {
		letters := []rune(text)
		for i, r := range letters {
			if random.IntN(2) == 0 {
				letters[i] = []rune(strings.ToUpper(string(r)))[0]
			}
		}
		return pick([]string{"", " ", "\t", "  "}) + string(letters) + pick([]string{"", " ", "\n"})
	}
	for range 20_000 {
		touch := Touch{Channel: pick(channels), Source: pick(sources), Medium: pick(mediums), CampaignName: pick([]string{"", "pmax", "Spring"}),
			TouchType: pick(types), Referrer: pick(sources), ClickID: pick(clicks)}
		other := Touch{Channel: disguise(touch.Channel), Source: disguise(touch.Source), Medium: disguise(touch.Medium), CampaignName: disguise(touch.CampaignName),
			TouchType: disguise(touch.TouchType), Referrer: disguise(touch.Referrer), ClickID: disguise(touch.ClickID)}
		answer := func(g *Grouper, touch Touch) string {
			channel, rule, found := g.Group(touch)
			return fmt.Sprint(channel, rule, found)
		}
		if want := answer(g, touch); answer(g, touch) != want || answer(again, touch) != want || answer(g, other) != want {
			t.Fatalf("%+v: %s; %+v: %s", touch, want, other, answer(g, other))
		}
	}
}

// The version that a run publishes is that of the data.
func TestVersion(t *testing.T) {
	if version := web(t).Version; version != contract.WebGroupsVersion {
		t.Errorf("web.yaml has version %d, and the contract %d", version, contract.WebGroupsVersion)
	}
}

func TestHost(t *testing.T) {
	for referrer, want := range map[string]string{
		"": "", "https://www.Google.com/search?q=a": "www.google.com", "google.com": "google.com", "google.com/a": "google.com", "//a.example:8080/x": "a.example",
		"http://user:pass@a.example./": "a.example", "android-app://com.slack/x": "com.slack", " HTTPS://A.EXAMPLE ": "a.example", "(none)": "", "a.example?x=1": "a.example",
	} {
		if got := Host(referrer); got != want {
			t.Errorf("%q: %q, want %q", referrer, got, want)
		}
		if again := Host(Host(referrer)); again != want {
			t.Errorf("%q: the host of its host is %q", referrer, again)
		}
	}
}
