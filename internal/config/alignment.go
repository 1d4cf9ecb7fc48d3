package config

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/words"
)

// Alignment is what marketing and sales have agreed on, beside the stages of the funnel.
type Alignment struct {
	Handoff      Handoff             `json:"handoff"`
	Vocabulary   map[string]string   `json:"vocabulary"` // by word outside of the funnel: marketing or sales
	ServiceLevel ServiceLevel        `json:"service_level"`
	Quality      Quality             `json:"quality"`
	DealSizes    []int64             `json:"deal_sizes"`              // in whole units of the reporting currency, ascending: the lower bounds of bands
	SourceGroups map[string][]string `json:"source_groups,omitempty"` // channels by group; AllOthers: every channel that no group names
}

// Handoff says which entries of a person hand it over to sales, and what becomes of it there.
type Handoff struct {
	Delivered    string   `json:"delivered,omitempty"` // a stage of persons; empty: the funnel has no such stage
	Accepted     []string `json:"accepted"`            // words of stage_history, as are the next two
	Rejected     []string `json:"rejected"`
	Recycled     []string `json:"recycled"`
	ExpiresAfter Span     `json:"expires_after"`
}

// ServiceLevel says how fast sales has to be, in business time.
type ServiceLevel struct {
	Assignment    Span     `json:"assignment"`
	FirstResponse Span     `json:"first_response"`
	Hours         string   `json:"hours"`    // 09:00-17:00
	Weekdays      []string `json:"weekdays"` // mon to sun
	Holidays      []string `json:"holidays,omitempty"`
	Zone          string   `json:"zone,omitempty"` // empty: the reporting zone
	Activities    []string `json:"activities"`     // types of activities that are a response
}

// Quality says how the quality of leads is read.
type Quality struct {
	Fit struct {
		Good []string `json:"good"`
		Bad  []string `json:"bad"`
	} `json:"fit"`
	Interest struct {
		High float64 `json:"high"` // at least
	} `json:"interest"`
	Ratings map[string]float64 `json:"ratings,omitempty"` // numbers for words of sales_rating
}

// A Span is a length of time as people write it: 14d, 4h or 30m.
type Span string

var spanUnits = map[byte]time.Duration{'d': 24 * time.Hour, 'h': time.Hour, 'm': time.Minute}

// Duration is the span as a duration. The schema takes no other spans.
func (s Span) Duration() time.Duration {
	if s == "" {
		return 0
	}
	last := len(s) - 1
	n, err := strconv.Atoi(string(s[:last]))
	if err != nil {
		return 0
	}
	return time.Duration(n) * spanUnits[s[last]]
}

// weekdays are the days of the week as service_level has them, in the order of time.Weekday.
var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// shippedVocabulary says whose the words outside of the funnel are, unless the file says otherwise.
var shippedVocabulary = map[string]string{
	"Recycled": "marketing", "Nurture": "marketing", "Rejected": "marketing", "Disqualified": "marketing", "Working": "sales",
}

// withDefaults returns the agreement with every default filled in, for a funnel and the channels of
// sales.
func (a Alignment) withDefaults(funnel []Stage, salesChannels []string) Alignment {
	a.SourceGroups = sourceGroupsWithDefaults(a.SourceGroups, salesChannels)
	taken := map[string]bool{}
	for word := range a.Vocabulary {
		taken[contract.PlainWord(word)] = true
	}
	for _, stage := range funnel {
		for _, word := range append([]string{stage.Name}, stage.Spellings...) {
			taken[contract.PlainWord(word)] = true
		}
	}
	given := a.Vocabulary
	a.Vocabulary = map[string]string{}
	maps.Copy(a.Vocabulary, given)
	for word, department := range shippedVocabulary {
		if !taken[contract.PlainWord(word)] {
			a.Vocabulary[word] = department
		}
	}
	if StageOf(funnel, a.Handoff.Delivered) < 0 {
		a.Handoff.Delivered = ""
	}
	return a
}

// StageOf is the place of the stage that a word names, from 0; -1 if there is none.
func StageOf(funnel []Stage, word string) int {
	plain := contract.PlainWord(word)
	return slices.IndexFunc(funnel, func(s Stage) bool {
		return word != "" && slices.ContainsFunc(append([]string{s.Name}, s.Spellings...), func(spelling string) bool { return contract.PlainWord(spelling) == plain })
	})
}

// checkAlignment reports days and hours that do not exist, and words that would mean two things.
func (t *tree) checkAlignment(d document) {
	level := d.ServiceLevel
	t.checkZone(level.Zone, "service_level", "zone")
	for i, day := range level.Holidays {
		if _, err := date(day); err != nil {
			t.report([]string{"service_level", "holidays", strconv.Itoa(i)}, "wrong value", err.Error())
		}
	}
	if from, to, err := level.Minutes(); err != nil || from >= to {
		t.report([]string{"service_level", "hours"}, "wrong value", quoted(level.Hours)+" is not a stretch of one day, such as 09:00-17:00")
	}
	if !slices.IsSorted(d.DealSizes) || len(slices.Compact(slices.Clone(d.DealSizes))) < len(d.DealSizes) {
		t.report([]string{"deal_sizes"}, "wrong value", "the bounds are not in ascending order")
	}
	t.checkHandoff(d)
	t.checkVocabulary(d)
	t.checkSourceGroups(d)
	fit := map[string]string{}
	t.apart(fit, d.Quality.Fit.Good, "good", "quality", "fit", "good")
	t.apart(fit, d.Quality.Fit.Bad, "bad", "quality", "fit", "bad")
	ratings := map[string]string{}
	for _, word := range slices.Sorted(maps.Keys(d.Quality.Ratings)) {
		if other, twice := ratings[contract.PlainWord(word)]; twice {
			t.reportKey([]string{"quality", "ratings", word}, "contradiction", "is the same word as "+quoted(other))
		}
		ratings[contract.PlainWord(word)] = word
	}
}

// checkHandoff reports a handoff to a stage that is none of persons, and words of two outcomes.
func (t *tree) checkHandoff(d document) {
	funnel := d.Funnel.withDefaults()
	if t.valueAt([]string{"handoff", "delivered"}) != nil {
		var stages []string
		for _, stage := range funnel {
			if stage.Unit == Person {
				stages = append(stages, stage.Name)
			}
		}
		if i := StageOf(funnel, d.Handoff.Delivered); i < 0 || funnel[i].Unit != Person {
			t.report([]string{"handoff", "delivered"}, "wrong value",
				quoted(d.Handoff.Delivered)+" is not a stage of persons"+words.DidYouMean(d.Handoff.Delivered, stages)+"\nhint: the stages are "+strings.Join(stages, ", "))
		}
	}
	outcomes := map[string]string{contract.PlainWord(d.Handoff.Delivered): "delivered"}
	t.apart(outcomes, d.Handoff.Accepted, "accepted", "handoff", "accepted")
	t.apart(outcomes, d.Handoff.Rejected, "rejected", "handoff", "rejected")
	t.apart(outcomes, d.Handoff.Recycled, "recycled", "handoff", "recycled")
}

// checkVocabulary reports words that the funnel has, which have an owner there.
func (t *tree) checkVocabulary(d document) {
	funnel, seen := d.Funnel.withDefaults(), map[string]string{}
	for _, word := range slices.Sorted(maps.Keys(d.Vocabulary)) {
		path := []string{"vocabulary", word}
		if i := StageOf(funnel, word); i >= 0 {
			t.reportKey(path, "contradiction", "is the stage "+funnel[i].Name+" of the funnel, which has an owner of its own\nhint: delete it from vocabulary")
		}
		if other, twice := seen[contract.PlainWord(word)]; twice {
			t.reportKey(path, "contradiction", "is the same word as "+quoted(other))
		}
		seen[contract.PlainWord(word)] = word
	}
}

// Minutes are the bounds of the business hours, in minutes of the day.
func (s ServiceLevel) Minutes() (from, to int, err error) {
	begin, end, found := strings.Cut(s.Hours, "-")
	if !found {
		return 0, 0, fmt.Errorf("%q is not HH:MM-HH:MM", s.Hours)
	}
	if from, err = minuteOfDay(begin); err != nil {
		return 0, 0, err
	}
	to, err = minuteOfDay(end)
	return from, to, err
}

func minuteOfDay(text string) (int, error) {
	if text == "24:00" {
		return 24 * 60, nil
	}
	at, err := time.Parse("15:04", text)
	return at.Hour()*60 + at.Minute(), err
}

// WorksOn reports whether a day of the week is a business day.
func (s ServiceLevel) WorksOn(day time.Weekday) bool {
	return slices.Contains(s.Weekdays, weekdays[day])
}
