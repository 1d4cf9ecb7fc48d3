package ingest

import "bytes"

// Two stray quotes, at the start of a field and at the end of a later one, turn all rows between them into one well-formed
// record. This file recognises such records. Their lines are quarantined one by one and never read as rows: text that a
// person typed may look like a row, and must not become one.

// plausibleMarks is how many delimiters a field has to hold, distributed as in swallowed rows, before it is taken for them:
// fewer may be an address.
const plausibleMarks = 4

// swallowing returns the index of a field that holds the ends of rows, or -1. In column p of n the text from an opening quote
// on has the other n-1-p delimiters of its row on its first line, n-1 on each further one, and p on its last.
func swallowing(fields [][]byte, delimiter byte, atLeast int) int {
	for p, field := range fields {
		if bytes.IndexByte(field, '\n') < 0 {
			continue
		}
		if marks := bytes.Count(field, []byte{delimiter}); marks < atLeast || marks%max(1, len(fields)-1) != 0 {
			continue
		}
		lines := bytes.Split(field, []byte{'\n'})
		fits := true
		for i, line := range lines {
			want := len(fields) - 1
			switch i {
			case 0:
				want -= p
			case len(lines) - 1:
				want = p
			}
			fits = fits && bytes.Count(line, []byte{delimiter}) == want
		}
		if fits {
			return p
		}
	}
	return -1
}

// linesOf counts the lines of a record.
func linesOf(raw []byte) int { return bytes.Count(trimNewline(raw), []byte{'\n'}) + 1 }
