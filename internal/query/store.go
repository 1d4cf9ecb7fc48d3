package query

import (
	"context"
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
)

// Store writes the views as tables of a DuckDB file, which must not exist yet, in a directory that
// holds nothing else. Comments say what a row of each table is and what each column means: a file
// is read far away from the documentation.
func (r *Run) Store(ctx context.Context, directory, path string) error {
	eng, err := engine.Open(ctx, engine.Options{Files: r.files(r.Views), Directories: []string{directory}})
	if err != nil {
		return err
	}
	defer eng.Close()
	if err := eng.Exec(ctx, "ATTACH "+engine.Text(path)+" AS stored"); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	described, err := r.Describe(ctx, r.Views...)
	if err == nil {
		err = r.storeDictionary(ctx, eng)
	}
	if err == nil {
		err = eng.Exec(ctx, "BEGIN TRANSACTION") // one for all: each would be synced by itself
	}
	if err != nil {
		return err
	}
	for _, d := range described {
		if err := r.store(ctx, eng, d); err != nil {
			return err
		}
	}
	for _, statement := range []string{"COMMIT", "DETACH stored"} { // the second one writes what is left
		if err := eng.Exec(ctx, statement); err != nil {
			return fmt.Errorf("writing %s: %w", path, err)
		}
	}
	return nil
}

func (r *Run) store(ctx context.Context, eng *engine.Engine, d Description) error {
	from := "SELECT * FROM " + dictionary
	if d.file != "" {
		var err error
		if from, err = r.rows(ctx, eng, d.View); err != nil {
			return r.unreadable(ctx, d.View, err)
		}
	}
	table := "stored.main." + engine.Name(d.Name)
	if err := eng.Exec(ctx, "CREATE TABLE "+table+" AS "+from); err != nil {
		return r.unreadable(ctx, d.View, err)
	}
	about := fmt.Sprintf("%s. Run %s, as of %s. %s", strings.ToUpper(d.Each[:1])+d.Each[1:], r.ID, r.Manifest.AsOf, d.Purpose)
	comments := []string{"TABLE " + table + " IS " + engine.Text(strings.TrimSpace(about))}
	for _, c := range d.Columns {
		if comment := commentOf(c); comment != "" {
			comments = append(comments, "COLUMN "+table+"."+engine.Name(c.Name)+" IS "+engine.Text(comment))
		}
	}
	for _, comment := range comments {
		if err := eng.Exec(ctx, "COMMENT ON "+comment); err != nil {
			return fmt.Errorf("table %s: %w", d.Name, err)
		}
	}
	return nil
}

// commentOf is the unit and the meaning of a column, as far as they are declared.
func commentOf(c Column) string {
	var parts []string
	if c.IsKey {
		parts = append(parts, "key")
	}
	if c.Unit != "" {
		parts = append(parts, "unit: "+c.Unit)
	}
	if c.Meaning != "" {
		parts = append(parts, c.Meaning)
	}
	return strings.Join(parts, "; ")
}
