package ingest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

// A layout says where the columns of a contract table stand in one file.
type layout struct {
	headers []string
	places  []int    // per contract column: index of its header, or absent, or constant
	unknown []string // headers that nothing reads

	nameless []int // columns whose header is blank: no row may have a value there
	deletion []int // columns that tell which rows are deleted
	key      []int // columns that make the id of a row
}

const (
	absent   = -1
	constant = -2
	keyed    = -3 // the id of a row is made of other columns, or of its position
)

// findColumns maps the headers of a file by name. It returns every problem with them at once.
func findColumns(t contract.Table, declared []declaration, headers []string) (l layout, problems []string) {
	l = layout{headers: headers, places: make([]int, len(declared))}
	at := make(map[string][]int, len(headers))
	for i, header := range headers {
		if isBlank(header) {
			l.nameless = append(l.nameless, i)
		} else {
			at[header] = append(at[header], i)
		}
	}
	wanted := make(map[string]bool, len(declared))
	var missing []string
	for i, d := range declared {
		switch {
		case d.constant != nil:
			l.places[i] = constant
			continue
		case d.isNone:
			l.places[i] = absent
			wanted[d.from] = true // it is left out on purpose
			continue
		case d.key != nil:
			l.places[i] = keyed
			problems = append(problems, l.findKey(t, d, at, wanted)...)
			continue
		}
		wanted[d.from] = true
		switch found := at[d.from]; {
		case len(found) > 0:
			l.places[i] = found[0]
		case d.mapped:
			problems = append(problems, fmt.Sprintf("tables.%s.columns maps %s from %s, but the file has no such header%s", t.Name, d.Column.Name, quotedHeader(d.from), hint(d.from, headers)))
		default:
			l.places[i] = absent
			padded := slices.IndexFunc(headers, func(h string) bool { return strings.TrimSpace(h) == d.from })
			if padded >= 0 {
				problems = append(problems, fmt.Sprintf("header %s has blanks around it\nhint: write %s, or map it with from under columns", quotedHeader(headers[padded]), d.from))
			} else if d.Column.Required {
				missing = append(missing, d.from+nearOrMillionths(d, headers))
			}
		}
	}
	if len(missing) > 0 {
		problems = append(problems, "has no column "+strings.Join(missing, ", ")+findings.Chosen(", which "+t.Name+" needs; map {it|them} with from under columns", int64(len(missing))))
	}
	if len(t.OneOf) > 0 && !l.holdsOneOf(t) {
		problems = append(problems, "has none of the columns "+strings.Join(t.OneOf, ", ")+", and every row of "+t.Name+" needs one of them")
	}
	// Where no header at all is a column of the contract, the first line may be a row of data: its
	// cells are not printed.
	isHeader := slices.ContainsFunc(headers, func(h string) bool { return wanted[h] })
	problems = append(problems, repeated(headers, at, isHeader)...)
	if len(problems) > 0 && len(l.nameless) > 0 {
		problems = append(problems, fmt.Sprintf("%s: %s", words.Count(len(l.nameless), "header")+words.Choose(len(l.nameless), " is empty", " are empty"), ordinals(l.nameless)))
	}
	seen := make(map[string]bool)
	for i, header := range headers {
		if !wanted[header] && MarksDeletion(header) {
			l.deletion = append(l.deletion, i)
			continue
		}
		if !wanted[header] && !seen[header] && !isBlank(header) {
			seen[header] = true
			l.unknown = append(l.unknown, findings.Shortened(header))
		}
	}
	return l, problems
}

// findKey finds the columns that make the id of a row.
func (l *layout) findKey(t contract.Table, d declaration, at map[string][]int, wanted map[string]bool) (problems []string) {
	if d.isByPosition() {
		return nil
	}
	for _, header := range d.key {
		wanted[header] = true
		if places := at[header]; len(places) > 0 {
			l.key = append(l.key, places[0])
			continue
		}
		problems = append(problems, fmt.Sprintf("tables.%s.key names %s, but the file has no such header%s", t.Name, quotedHeader(header), hint(header, l.headers)))
	}
	return problems
}

func (d declaration) isByPosition() bool { return len(d.key) == 1 && d.key[0] == config.ByPosition }

// repeated refuses headers that appear more than once, whether or not anything reads them.
func repeated(headers []string, at map[string][]int, named bool) (problems []string) {
	const inFull = 5
	found := 0
	for i, header := range headers {
		if places := at[header]; len(places) < 2 || places[0] != i {
			continue
		} else if found++; found <= inFull {
			name := ""
			if named {
				name = " " + quotedHeader(header)
			}
			problems = append(problems, fmt.Sprintf("header%s appears %s: %s\nhint: give each column a name of its own", name, words.Count(len(places), "time"), ordinals(places)))
		}
	}
	if found > inFull {
		problems = append(problems, fmt.Sprintf("and %s more than once", words.Choose(found-inFull, "1 further header appears", words.Number(found-inFull)+" further headers appear")))
	}
	return problems
}

func (l layout) holdsOneOf(t contract.Table) bool {
	for i, column := range t.Columns {
		if l.places[i] != absent && slices.Contains(t.OneOf, column.Name) {
			return true
		}
	}
	return false
}

// ordinals names the first few columns by number, as a person counts them, from 1.
func ordinals(indexes []int) string {
	const inFull = 10
	numbers := make([]string, len(indexes))
	for i, index := range indexes {
		numbers[i] = fmt.Sprint(index + 1)
	}
	return words.Choose(len(indexes), "column ", "columns ") + words.List(numbers, inFull)
}
