package ingest

import (
	"bytes"
	"fmt"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/words"
)

// Two stray quotes, at the start of a field and at the end of a later one, turn all rows between
// them into one well-formed record. This file recognises such records. Their lines are quarantined
// one by one and not read as rows, because a text that a person typed can look like a row.

// plausibleMarks is how many delimiters, distributed as in rows, a field must contain before it is
// treated as swallowed rows. Fewer can be an address.
const plausibleMarks = 4

// swallowing returns the index of a field that holds the ends of rows, or -1. In column p of n the
// text from an opening quote on has the other n-1-p delimiters of its row on its first line, n-1 on
// each further one, and p on its last.
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

// rejectCell quarantines a record for one of its cells. Where that has a line end, that is why.
func (r *typer) rejectCell(line int64, column string, text []byte, reason string, raw []byte) {
	if value.HasLineEnd(text) {
		r.rejectLines(line, column, firstLine(text), value.ReasonLineEnd, "write it on one line", raw)
		return
	}
	r.reject(line, column, text, reason, raw)
}

// rejectLines quarantines a record whose quotes are in doubt, each of its lines as a row of its
// own: so the quarantine holds all of the text, and the share of bad rows counts what a stray quote
// may have swallowed. remedy is that of a single line.
func (r *typer) rejectLines(line int64, column string, found []byte, reason, remedy string, raw []byte) {
	lines := linesOf(raw)
	if lines == 1 {
		r.reject(line, column, found, reason+"; "+remedy, raw)
		return
	}
	reason += fmt.Sprintf("; its quotes span %s, each of which is quarantined as a row; remove the stray quotes, or write the value on one line", words.Count(lines, "line"))
	for text := range bytes.Lines(raw) {
		r.reject(line, column, found, reason, text)
		if len(r.bad) > maxBadRows {
			return // reading stops at so many
		}
		line++
		column, found, reason = "", nil, reasonContinued
	}
}

const reasonContinued = "belongs to the record above it, whose quotes span several lines"

// firstLine is the part of a value that a message may show: what follows may be other rows.
func firstLine(value []byte) []byte {
	if end := bytes.IndexAny(value, "\r\n"); end >= 0 {
		return value[:end]
	}
	return value
}
