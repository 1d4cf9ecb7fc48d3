package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Problem is one thing wrong with a configuration file.
type Problem struct {
	File   string
	Line   int // from 1
	Column int // from 1, in characters
	Path   string
	Kind   string // what such problems are called when only counted: "unknown key", "wrong value"
	Text   string
}

func (p Problem) String() string {
	text := p.Text
	if p.Path != "" {
		text = p.Path + ": " + text
	}
	return fmt.Sprintf("%s:%d:%d: %s", printable(p.File), p.Line, p.Column, text)
}

// Problems is everything wrong with a file, in its order. As an error it reads as the first ten,
// one a line, and how many more there are of each kind.
type Problems []Problem

const shownProblems = 10

func (ps Problems) Error() string {
	var lines []string
	counts := map[string]int{}
	var kinds []string
	for i, p := range ps {
		if i < shownProblems {
			lines = append(lines, p.String())
			continue
		}
		if counts[p.Kind] == 0 {
			kinds = append(kinds, p.Kind)
		}
		counts[p.Kind]++
	}
	if len(kinds) > 0 {
		slices.Sort(kinds)
		for i, k := range kinds {
			kinds[i] = fmt.Sprintf("%s: %d", k, counts[k])
		}
		lines = append(lines, fmt.Sprintf("%s: and %d more (%s)", printable(ps[0].File), len(ps)-shownProblems, strings.Join(kinds, ", ")))
	}
	return strings.Join(lines, "\n")
}

// sorted returns the problems in the order of the file.
func (ps Problems) sorted() Problems {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		if a.Column != b.Column {
			return a.Column - b.Column
		}
		return strings.Compare(a.Path+a.Text, b.Path+b.Text)
	})
	return ps
}

// pathOf writes a path as people do: custom_models[0].anchors.FT.
func pathOf(path []string) string {
	var b strings.Builder
	for _, part := range path {
		if _, err := strconv.Atoi(part); err == nil {
			b.WriteString("[" + part + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(printable(part))
	}
	return b.String()
}

// printable returns a name as it is, or quoted when it holds what would garble a message.
func printable(name string) string {
	if name == "" || strings.ContainsFunc(name, func(r rune) bool { return !strconv.IsPrint(r) || r == '"' || r == '\ufffd' }) {
		return quoted(name)
	}
	return name
}

// quoted quotes a value, cut where it is long.
func quoted(value string) string {
	const most = 60
	if r := []rune(value); len(r) > most {
		return strconv.Quote(string(r[:most])) + "..."
	}
	return strconv.Quote(value)
}
