package engine

import (
	"regexp"
	"slices"
	"strings"
)

// A Relation is a table or a view that a stage makes in the engine for what comes after it.
type Relation struct {
	Name   string
	Grain  string   // what one row is
	MadeBy string   // a file of SQL or Go, beginning with the folder of its stage
	Reads  []string // the relations from which it is made, in the order of their names
}

var (
	compared = regexp.MustCompile(`\bDISTINCT FROM\b`)
	read     = regexp.MustCompile(`\b(?:FROM|JOIN|PIVOT)\s+([a-z_]+)\b`)
	ownStep  = regexp.MustCompile(`\b([a-z_]+)(?: \([a-z_, ]+\))? AS (?:NOT )?(?:MATERIALIZED )?\(`)
)

// RelationOf describes the relation that an SQL file of a folder makes. The comment at the head of
// the file begins with its name and its grain, and ends the latter with a colon, a semicolon or a
// full stop.
func RelationOf(text, name, folder string) Relation {
	comment, rest := head(text)
	grain := strings.TrimPrefix(comment, name+": ")
	if end := strings.IndexAny(grain, ":;."); end >= 0 {
		grain = grain[:end]
	}
	return Relation{Name: name, Grain: grain, MadeBy: folder + name + ".sql", Reads: ReadsOf(rest)}
}

// HeadOf is the comment at the head of an SQL file, in one line.
func HeadOf(text string) string {
	comment, _ := head(text)
	return comment
}

// head is the comment of SplitHead in one line, without its dashes.
func head(text string) (comment, rest string) {
	comment, rest = SplitHead(text)
	lines := strings.Split(comment, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(strings.TrimPrefix(line, "--"))
	}
	return strings.Join(lines, " "), rest
}

// ReadsOf lists the relations that a statement reads: those after FROM and JOIN that are none of
// its own steps.
func ReadsOf(text string) []string {
	own := map[string]bool{}
	for _, found := range ownStep.FindAllStringSubmatch(text, -1) {
		own[found[1]] = true
	}
	var reads []string
	for _, found := range read.FindAllStringSubmatch(compared.ReplaceAllString(text, ""), -1) {
		if !own[found[1]] {
			reads = append(reads, found[1])
		}
	}
	slices.Sort(reads)
	return slices.Compact(reads)
}
