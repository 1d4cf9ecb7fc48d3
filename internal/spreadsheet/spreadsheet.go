// Package spreadsheet makes text of the data safe: a spreadsheet that opens a CSV file must not run it
// as a formula.
package spreadsheet

import "strings"

// Defuse puts an apostrophe before text that a spreadsheet would take for a formula, full-width
// forms included. Source: OWASP, "CSV Injection".
func Defuse(text string) string {
	if strings.HasPrefix(text, "\t") || strings.HasPrefix(text, "\r") || strings.IndexAny(text, "=+-@＝＋－＠") == 0 {
		return "'" + text
	}
	return text
}
