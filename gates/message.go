package gates

import (
	"strconv"
	"strings"

	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

// before is the value of the baseline in parentheses: " (12 in run 000003)"; empty without a baseline.
func (e *Evaluator) before(what string) string {
	if e.baseline == nil {
		return ""
	}
	return e.beforeIn(e.baseline.ID, what)
}

func (e *Evaluator) beforeIn(run, what string) string { return " (" + what + " in run " + run + ")" }

// percent writes a share as a percentage with one decimal.
func percent(share float64) string { return strconv.FormatFloat(share*100, 'f', 1, 64) + " %" }

// plural is a number with its noun.
func plural(n int64, one, many string) string {
	return words.Number(n) + " " + words.Choose(n, one, many)
}

// list names the first five of some words of the data.
func list(keys []string) string {
	var named []string
	for _, key := range keys {
		named = append(named, findings.Marked(key))
	}
	return words.List(named, 5)
}

// some names the first three keys, and the number of the others.
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
