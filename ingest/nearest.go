package ingest

import (
	"fmt"
	"strings"
)

// hint names the candidate most like name, or nothing where none is like it.
func hint(name string, candidates []string) string {
	best, least := "", len(name)/2+1
	plain := plainName(name)
	for _, candidate := range candidates {
		if len(candidate) > 100 {
			continue
		}
		if n := distance(plain, plainName(candidate)); n < least {
			best, least = candidate, n
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", best)
}

// plainName is name without what people vary when they write headers.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '.' {
			return '_'
		}
		return r
	}, strings.ToLower(strings.TrimSpace(name)))
}

// distance counts the insertions, deletions and replacements of bytes between a and b (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			changed := diagonal
			if a[i] != b[j] {
				changed++
			}
			diagonal = row[j+1]
			row[j+1] = min(changed, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
