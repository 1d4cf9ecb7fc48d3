package models

import "strings"

// labels are the names of models whose words are not those of their identifiers.
var labels = map[string]string{
	lastNonDirect.Name: "Last non-direct", timeDecay7d.Name: "Time decay (7 days)", positionBased.Name: "Position-based",
	jShaped.Name: "J-shaped", inverseJ.Name: "Inverse J", uShaped.Name: "U-shaped", uShapedMiddle.Name: "U-shaped (middle)", wShaped.Name: "W-shaped",
}

// Label is the name of a model in words, for printed tables.
func Label(name string) string {
	if label, isKnown := labels[name]; isKnown {
		return label
	}
	words := strings.ReplaceAll(name, "_", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}
