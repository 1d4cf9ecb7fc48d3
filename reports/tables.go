package reports

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/progress"
)

// derivedTables are what a run found, in the words of the input: what explain and lead work from.
// sql/tables has the query of each, with a total order.
var derivedTables = []string{
	"people", "conversions", "stage_entries", "person_ids", "buying_groups", "email_conflicts", "touch_facts",
	"account_people", "opportunity_states", "person_history", "person_visits", "deliveries", "cost_days", "journey_paths",
	"campaign_dimensions",
}

// TableGrain is what one row of a derived table is, empty of a table that is none.
func TableGrain(name string) string {
	if !slices.Contains(derivedTables, name) {
		return ""
	}
	return engine.RelationOf(text("tables/"+name), name, "").Grain
}

// writeTables writes the contract tables as they were loaded, and the derived ones.
func writeTables(ctx context.Context, eng *engine.Engine, contract []string, directory string, show *progress.Display) error {
	wrote := show.Count("writing tables", progress.Tables, int64(len(contract)+len(derivedTables)))
	for _, name := range contract {
		query := "SELECT * FROM " + engine.Name(name) + " ORDER BY ALL"
		if err := writeParquet(ctx, eng, query, filepath.Join(directory, name+".parquet")); err != nil {
			return fmt.Errorf("table %s: %w", name, err)
		}
		wrote.Add(1)
	}
	for _, name := range derivedTables {
		if err := writeParquet(ctx, eng, text("tables/"+name), filepath.Join(directory, name+".parquet")); err != nil {
			return fmt.Errorf("table %s: %w", name, err)
		}
		wrote.Add(1)
	}
	return nil
}
