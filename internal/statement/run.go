package statement

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
)

// CreateTable makes a temporary table of what a statement, which was parsed, answers with. What the
// engine finds wrong with it is a *Problem.
func CreateTable(ctx context.Context, eng *engine.Engine, table, text string) error {
	err := eng.Exec(ctx, "CREATE OR REPLACE TEMPORARY TABLE "+engine.Name(table)+" AS\n"+text)
	if err == nil || ctx.Err() != nil || failure.CodeOf(err) == failure.Resources {
		return err
	}
	return located(err.Error(), text)
}

// The engine ends its messages with the line, counted from the first of what it was given, and a
// caret below the place; long lines are cut to what stands around it.
var place = regexp.MustCompile(`(?s)\n+LINE (\d+): ([^\n]*)\n( *)\^`)

// located turns the engine's message into a problem with a place in the analyst's own text, which
// begins on the second line of what the engine was given.
func located(message, text string) *Problem {
	what := message
	if at := strings.Index(message, "\n\nLINE "); at >= 0 {
		what = message[:at]
	}
	// Candidates that it lists after the first lines help nobody.
	if at := strings.Index(what, "\n\tCandidate functions"); at >= 0 {
		what = what[:at]
	}
	what = strings.Join(strings.Fields(what), " ")
	found := place.FindStringSubmatch(message)
	if found == nil {
		return &Problem{Text: what}
	}
	line, _ := strconv.Atoi(found[1])
	line--
	lines := strings.Split(text, "\n")
	if line < 1 || line > len(lines) {
		return &Problem{Text: what}
	}
	prefix := len("LINE " + found[1] + ": ")
	column := max(len(found[3])-prefix, 0)
	if cut, isCut := strings.CutPrefix(found[2], "..."); isCut {
		cut = strings.TrimSuffix(cut, "...")
		if start := strings.Index(lines[line-1], cut); start >= 0 {
			column += len([]rune(lines[line-1][:start])) - 3
		} else {
			return &Problem{Line: line, Text: what}
		}
	}
	return &Problem{Line: line, Column: column + 1, Text: what}
}
