package ingest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// A layout says where the columns of a contract table stand in one file.
type layout struct {
	headers []string
	places  []int    // per contract column: index of its header, or absent, or constant
	unknown []string // headers that nothing asks for
}

const (
	absent   = -1
	constant = -2
)

// findColumns maps the headers of a file by name. The problems are all that is wrong with them, in one go.
func findColumns(t Table, declared []declaration, headers []string) (l layout, problems []string) {
	l = layout{headers: headers, places: make([]int, len(declared))}
	at := make(map[string][]int, len(headers))
	blank := 0
	for i, header := range headers {
		at[header] = append(at[header], i)
		if strings.TrimSpace(header) == "" {
			blank++
		}
	}
	wanted := make(map[string]bool, len(declared))
	var missing []string
	for i, d := range declared {
		if d.constant != nil {
			l.places[i] = constant
			continue
		}
		wanted[d.from] = true
		switch found := at[d.from]; {
		case len(found) == 1:
			l.places[i] = found[0]
		case len(found) > 1:
			problems = append(problems, fmt.Sprintf("header %q stands there %d times (columns %s)", d.from, len(found), ordinals(found)))
		case d.mapped:
			problems = append(problems, fmt.Sprintf("columns maps %s from %q, and there is no such header%s", d.column.Name, d.from, hint(d.from, headers)))
		default:
			l.places[i] = absent
			padded := slices.IndexFunc(headers, func(h string) bool { return strings.TrimSpace(h) == d.from })
			if padded >= 0 {
				problems = append(problems, fmt.Sprintf("header %q has blanks around it (write %s, or map it with from under columns)", headers[padded], d.from))
			} else if d.column.Required {
				missing = append(missing, d.from+hint(d.from, headers))
			}
		}
	}
	if len(missing) > 0 {
		problems = append(problems, "has no column "+strings.Join(missing, ", ")+" (map it with from under columns)")
	}
	if len(t.OneOf) > 0 && !l.holdsOneOf(t) {
		problems = append(problems, "has none of the columns "+strings.Join(t.OneOf, ", ")+", and every row needs one of them")
	}
	if len(problems) > 0 && blank > 0 {
		problems = append(problems, fmt.Sprintf("%d of its headers are empty", blank))
	}
	seen := make(map[string]bool)
	for _, header := range headers {
		if !wanted[header] && !seen[header] && strings.TrimSpace(header) != "" {
			seen[header] = true
			l.unknown = append(l.unknown, header)
		}
	}
	return l, problems
}

func (l layout) holdsOneOf(t Table) bool {
	for i, column := range t.Columns {
		if l.places[i] != absent && slices.Contains(t.OneOf, column.Name) {
			return true
		}
	}
	return false
}

// ordinals lists indexes as a person counts columns, from 1.
func ordinals(indexes []int) string {
	var numbers []string
	for _, i := range indexes {
		numbers = append(numbers, fmt.Sprint(i+1))
	}
	return strings.Join(numbers, ", ")
}

// checkHeader finds what is wrong with the header line as a whole, before its names are looked at.
func checkHeader(line []byte, headers []string, delimiter byte) string {
	switch {
	case bytes.IndexByte(line, 0) >= 0:
		return "holds NUL bytes (UTF-16 or a binary file? convert it to UTF-8)"
	case !utf8.Valid(line):
		return "is not UTF-8 (convert it, as with iconv -f WINDOWS-1252 -t UTF-8)"
	case strings.TrimSpace(strings.Join(headers, "")) == "":
		return "its header has no names"
	}
	if len(headers) == 1 {
		for _, other := range []struct{ mark, name string }{{";", `";"`}, {"\t", `"\t"`}, {"|", `"|"`}, {",", `","`}} {
			if other.mark[0] != delimiter && strings.Contains(headers[0], other.mark) {
				return fmt.Sprintf("its header is a single column split by %s (set delimiter: %s for this table)", other.name, other.name)
			}
		}
	}
	return ""
}

// separatorLine recognises the first line that Excel writes to name the delimiter: sep=;
func separatorLine(line []byte) (mark byte, ok bool) {
	line = bytes.TrimRight(line, "\r\n")
	if len(line) == 5 && strings.EqualFold(string(line[:4]), "sep=") {
		return line[4], true
	}
	return 0, false
}
