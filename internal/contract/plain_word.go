package contract

import (
	"strings"
	"unicode"
)

// PlainWord is the form in which words of a CRM (stages, types, statuses, channels) are compared:
// lower case, without spaces, hyphens and underscores, so that "No-Show", "no show" and "no_show"
// are one word.
func PlainWord(word string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, word)
}
