package dossier

import (
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
)

// first is the first text that is known.
func first(a, b Text) Text {
	if a != "" {
		return a
	}
	return b
}

// better is the better of a fact and what a further lead says of it: yes, no, unknown, in that order.
func better(fact, word string) string {
	switch said := contract.PlainWord(strings.TrimSpace(word)); {
	case fact == "yes" || slices.Contains([]string{"yes", "true", "1"}, said):
		return "yes"
	case fact == "no" || slices.Contains([]string{"no", "false", "0"}, said):
		return "no"
	}
	return "unknown"
}

// fit is the class of a grade: good, bad or unknown.
func (r *Reader) fit(grade string) string {
	is := func(word string) bool { return contract.PlainWord(word) == contract.PlainWord(grade) }
	switch {
	case grade == "":
	case slices.ContainsFunc(r.settings.Quality.Fit.Good, is):
		return "good"
	case slices.ContainsFunc(r.settings.Quality.Fit.Bad, is):
		return "bad"
	}
	return "unknown"
}

// interest is a score with its class: high from the configured bound on.
func (r *Reader) interest(score Number) Interest {
	switch {
	case !score.IsKnown:
		return Interest{score, "unknown"}
	case score.Micros >= micros(r.settings.Quality.Interest.High):
		return Interest{score, "high"}
	}
	return Interest{score, "low"}
}

// conclude finds the asset that most responses were to. Touches are in order, the newest first, so
// that the first of several such assets is the one that was touched last.
func (d *Dossier) conclude() {
	responses := map[Text]int{}
	for _, t := range d.Touches {
		if t.IsResponse && t.Asset != "" {
			responses[t.Asset]++
		}
	}
	for _, t := range d.Touches {
		if n := responses[t.Asset]; n > 0 && t.IsResponse && (d.TopAsset == nil || n > d.TopAsset.Responses) {
			d.TopAsset = &TopAsset{string(t.Asset), n}
		}
	}
}
