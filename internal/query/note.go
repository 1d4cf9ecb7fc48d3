package query

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/words"
)

// alternatives are the columns of keys whose values are views of the same thing: the same revenue
// under each model, on each basis, in weeks and in months.
var alternatives = []string{"basis", "model", "conversion_type", "period_type", "dimension", "definition", "policy", "transform", "measure", "currency"}

// note says which of these columns the query does not name although they have several values, and
// which others have a row for all values together: figures of its answer may add what must not be
// added.
func (a *Answer) note(ctx context.Context) error {
	if a.parsed.ReadsAll() {
		return nil
	}
	for _, v := range a.Reads {
		var several []string
		for _, key := range v.Key {
			if a.parsed.Names(key) || key == "period_start" || key == "period_end" { // which period_type decides
				continue
			}
			var values int64
			var hasTotal bool
			name := engine.Name(key)
			if err := a.engine.Row(ctx, "SELECT COUNT(DISTINCT COALESCE(CAST("+name+" AS VARCHAR), '')), COALESCE(BOOL_OR("+name+" IS NULL OR CAST("+name+" AS VARCHAR) = '(all)'), FALSE) FROM "+engine.Name(v.Name), nil, &values, &hasTotal); err != nil {
				return err
			}
			if values > 1 && (hasTotal || slices.Contains(alternatives, key)) {
				several = append(several, fmt.Sprintf("%s (%s)", key, words.Count(values, "value")))
			}
		}
		if len(several) > 0 {
			a.Notes = append(a.Notes, fmt.Sprintf("the query does not name these columns of the key of %s: %s. Choose one value of each or group by it: otherwise rows that must not be added may be added",
				v.Name, strings.Join(several, ", ")))
		}
	}
	return nil
}
