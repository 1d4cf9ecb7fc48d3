package findings

import "regexp"

// An alternative holds two texts, "{row|rows}": the first is for exactly one row, the second for
// any other number.
var alternative = regexp.MustCompile(`\{([^{}|]*)\|([^{}|]*)\}`)

// Chosen writes a meaning for a number of rows: Chosen("{row|rows} of costs {is|are} empty", 1) is
// "row of costs is empty".
func Chosen(meaning string, rows int64) string {
	if rows == 1 {
		return alternative.ReplaceAllString(meaning, "$1")
	}
	return alternative.ReplaceAllString(meaning, "$2")
}

// Plural is the meaning without regard to how many rows there are. A table has it in a column,
// beside any number.
func (f Finding) Plural() string { return alternative.ReplaceAllString(f.Meaning, "$2") }
