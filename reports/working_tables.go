package reports

import (
	"context"
	"fmt"
	"slices"

	"github.com/tributary-engine/tributary/internal/engine"
)

// SQL is the query of the report, as it can be pasted into the duckdb command line on a file that
// KeepWorkingTables wrote.
func (r Report) SQL() string { return r.query + ";\n" }

// KeepWorkingTables writes the relations that the queries of the reports read into a DuckDB file,
// which must not exist yet, and the macros that they call; with credits, also what credits.parquet is
// made from. The engine may write into the directory of the file.
func KeepWorkingTables(ctx context.Context, eng *engine.Engine, list []Report, credits bool, path string) error {
	keep := func() error {
		for _, name := range readByReports(list, credits) {
			table := engine.Name(name)
			if err := eng.Exec(ctx, "CREATE TABLE kept.main."+table+" AS SELECT * FROM "+table); err != nil {
				return fmt.Errorf("table %s: %w", name, err)
			}
		}
		return keepMacros(ctx, eng)
	}
	if err := eng.Exec(ctx, "ATTACH "+engine.Text(path)+" AS kept"); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	if err := keep(); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	if err := eng.Exec(ctx, "DETACH kept"); err != nil { // this writes what is left
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// readByReports lists the relations that the queries read, in the order of their names.
func readByReports(list []Report, credits bool) []string {
	var names []string
	if credits {
		names = engine.ReadsOf(text("credits"))
	}
	for _, r := range list {
		names = append(names, engine.ReadsOf(r.query)...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// keepMacros copies the macros of the engine in the order in which they were defined: a macro may
// call those before it.
func keepMacros(ctx context.Context, eng *engine.Engine) error {
	statements, err := eng.Texts(ctx, `
		SELECT 'CREATE MACRO kept.main.' || function_name || '(' || ARRAY_TO_STRING(parameters, ', ') || ') AS ' || macro_definition
		FROM duckdb_functions()
		WHERE NOT internal AND function_type = 'macro' AND database_name = CURRENT_DATABASE()
		ORDER BY function_oid`)
	if err != nil {
		return err
	}
	for _, statement := range statements {
		if err := eng.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}
