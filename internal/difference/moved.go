package difference

import (
	"context"
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/replay"
)

// A Moved is how many rows of a table a cause changed, added or removed. A row that several causes
// changed counts under each.
type Moved struct {
	Table string `json:"table"`
	Rows  int64  `json:"rows"`
}

// findMoved compares the tables of two runs.
func findMoved(ctx context.Context, eng *engine.Engine, from, to replay.Run) (map[Cause][]Moved, error) {
	moved := map[Cause][]Moved{}
	for _, t := range contract.Tables() {
		if !isCredited(t) {
			continue
		}
		causes, query := movedIn(t, from, to)
		counts, scan := make([]int64, len(causes)), make([]any, len(causes))
		for i := range counts {
			scan[i] = &counts[i]
		}
		if err := eng.Row(ctx, query, nil, scan...); err != nil {
			return nil, fmt.Errorf("comparing the table %s of the runs: %w", t.Name, err)
		}
		for i, rows := range counts {
			if rows > 0 {
				moved[causes[i]] = append(moved[causes[i]], Moved{t.Name, rows})
			}
		}
	}
	return moved, nil
}

// movedIn is the query for one row of counts, one for each cause.
func movedIn(t contract.Table, from, to replay.Run) ([]Cause, string) {
	a, b := from.Rows(t), to.Rows(t)
	list := func(added, removed Cause) ([]Cause, string) {
		return []Cause{added, removed}, "SELECT (SELECT COUNT(*) FROM ((" + b + ") EXCEPT ALL (" + a + "))), (SELECT COUNT(*) FROM ((" + a + ") EXCEPT ALL (" + b + ")))"
	}
	switch child, isChild := children[t.Name]; {
	case t.Name == "exchange_rates":
		return []Cause{Rates}, "SELECT COUNT(DISTINCT (currency, effective_on)) FROM (((" + b + ") EXCEPT ALL (" + a + ")) UNION ALL ((" + a + ") EXCEPT ALL (" + b + ")))"
	case isChild:
		added, removed := "(("+b+") EXCEPT ALL ("+a+")) AS r", "(("+a+") EXCEPT ALL ("+b+")) AS r"
		isNew, isGone := child.isAbout("r", to, from), child.isAbout("r", from, to)
		if isNew == "" {
			isNew, isGone = "FALSE", "FALSE"
		}
		count := func(rows, where string) string { return "(SELECT COUNT(*) FROM " + rows + " WHERE " + where + ")" }
		return []Cause{NewRows, GoneRows, child.cause}, "SELECT " + count(added, isNew) + ", " + count(removed, isGone) + ", " +
			count(added, "NOT ("+isNew+")") + " + " + count(removed, "NOT ("+isGone+")")
	case len(t.Key) == 0:
		return list(NewRows, GoneRows)
	}
	key := engine.Name(t.Key[0])
	causes := []Cause{NewRows, GoneRows}
	counts := []string{"COUNT(*) FILTER (a." + key + " IS NULL)", "COUNT(*) FILTER (b." + key + " IS NULL)"}
	for _, cause := range []Cause{Mapping, Identity, Amount, Stage, Date} {
		var differs []string
		for _, c := range ingest.PublishedColumns(t) {
			if c.Of != "updated_at" && causeOfColumn(t.Name, c.Of) == cause {
				differs = append(differs, "a."+engine.Name(c.Name)+" IS DISTINCT FROM b."+engine.Name(c.Name))
			}
		}
		if len(differs) > 0 {
			causes = append(causes, cause)
			counts = append(counts, "COUNT(*) FILTER (a."+key+" IS NOT NULL AND b."+key+" IS NOT NULL AND ("+strings.Join(differs, " OR ")+"))")
		}
	}
	return causes, "SELECT " + strings.Join(counts, ", ") + " FROM (" + a + ") AS a FULL OUTER JOIN (" + b + ") AS b ON " + sameKey(t)
}
