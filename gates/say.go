package gates

import (
	"strconv"
	"strings"

	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

// before says what the baseline had: " (12 in run 000003)"; nothing without one.
func (j *Judge) before(what string) string {
	if j.baseline == nil {
		return ""
	}
	return j.beforeIn(j.baseline.ID, what)
}

func (j *Judge) beforeIn(run, what string) string { return " (" + what + " in run " + run + ")" }

// percent writes a share with one decimal.
func percent(share float64) string { return strconv.FormatFloat(share*100, 'f', 1, 64) + " %" }

// plural is a number with its noun.
func plural(n int64, one, many string) string {
	return words.Number(n) + " " + words.Choose(n, one, many)
}

// list names words of the data, as many as a person reads.
func list(keys []string) string {
	var named []string
	for _, key := range keys {
		named = append(named, findings.Marked(key))
	}
	return words.List(named, 5)
}

// some names the first three, and how many more there are.
func some(keys []string) string {
	const shown = 3
	var named []string
	for _, key := range keys[:min(shown, len(keys))] {
		if strings.Contains(key, "@") {
			continue // it may be an e-mail
		}
		named = append(named, key)
	}
	sentence := strings.Join(named, ", ")
	if more := len(keys) - shown; more > 0 {
		sentence += ", and " + words.Number(more) + " more"
	}
	return sentence
}
