package query

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/statement"
	"github.com/tributary-engine/tributary/internal/words"
)

// What the engine and the check of the statement say about a name that there is not.
var (
	noColumn   = regexp.MustCompile(`^(.*(?:Referenced column|does not have a column named|Table "[^"]*" does not have a column named|Referenced table) "([^"]+)"[^!]*)!?(?: Candidate .*)?$`)
	noRelation = regexp.MustCompile(`^(reads "([^"]+)", which is not one of its relations)`)
)

// wrong turns a problem of a query into an error that names its place, what was likely meant, and
// where to look.
func (r *Run) wrong(ctx context.Context, err error, reads []View) error {
	problem, isProblem := errors.AsType[*statement.Problem](err)
	if !isProblem {
		if ctx.Err() == nil && failure.CodeOf(err) == failure.Resources {
			what, _ := failure.Split(err.Error())
			return failure.Errorf(failure.Resources, "the query needs more memory than it may have: %s\nhint: select fewer rows or columns, add them up in the query, or raise --memory-limit", what)
		}
		return err
	}
	at := "the query"
	if problem.Line > 0 {
		at += fmt.Sprintf(", line %d", problem.Line)
	}
	if problem.Column > 0 {
		at += fmt.Sprintf(", column %d", problem.Column)
	}
	what, hint := problem.Text, "`tributary query` without a query lists the views and their columns"
	if found := noRelation.FindStringSubmatch(what); found != nil {
		what, hint = r.relation(found[2], hint)
	} else if found := noColumn.FindStringSubmatch(what); found != nil {
		what, hint = r.column(ctx, found[1], found[2], reads, hint)
	} else if strings.Contains(what, "a statement reads only the relations") {
		what, _, _ = strings.Cut(what, " (")
	}
	return failure.Errorf(failure.Usage, "%s: %s\nhint: %s", at, what, hint)
}

// relation says that there is no such view.
func (r *Run) relation(name, hint string) (string, string) {
	what := fmt.Sprintf("there is no view %q", name)
	if likely := words.Nearest(name, r.Names()); likely != "" {
		return what + " (did you mean " + likely + "?)", hint
	}
	if !r.options.Personal && slices.ContainsFunc(r.tableViews(), func(v View) bool { return strings.EqualFold(v.Name, name) }) {
		return what, "it is a table of the run, with ids of persons: --personal shows it"
	}
	return what, hint
}

// column says that the views which the query reads have no such column.
func (r *Run) column(ctx context.Context, what, name string, reads []View, hint string) (string, string) {
	described, err := r.Describe(ctx, reads...)
	if err != nil {
		return what, hint
	}
	var known []string
	for _, d := range described {
		for _, c := range d.Columns {
			known = append(known, c.Name)
		}
	}
	if len(reads) > 0 {
		hint = "`tributary query --describe " + reads[0].Name + "` lists its columns"
	}
	if slices.Contains(personColumns, strings.ToLower(name)) && !r.options.Personal {
		return what, "ids of persons, and of touchpoints, which may contain them, are shown with --personal"
	}
	if likely := words.Nearest(name, known); likely != "" {
		return what + " (did you mean " + likely + "?)", hint
	}
	return what, hint
}
