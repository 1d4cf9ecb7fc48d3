package attribution

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tributary/internal/engine"
	"tributary/internal/findings"
)

// oddities are the checks of what is odd in the data and was resolved by a rule of docs/definitions.md. To add one, add it to one
// of these lists, and describe it there under data_quality.
func oddities() []findings.Check {
	return slices.Concat(
		references(), oddPeople(), oddTouches(), oddOpportunities(), oddStages(), oddCosts(),
	)
}

// lookForOddities asks every check.
func lookForOddities(ctx context.Context, eng *engine.Engine, unknownTypes []string) ([]findings.Finding, error) {
	found, err := findings.Ask(ctx, eng, oddities())
	if err != nil {
		return nil, err
	}
	for i, f := range found {
		if f.Check == unknownType && f.Rows > 0 {
			found[i].Sentence = fmt.Sprintf("opportunity types that are not known count as other: %q (map them under opportunities: types)", strings.Join(unknownTypes, ", "))
		}
	}
	return found, nil
}
