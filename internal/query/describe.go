package query

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/published"
)

// A Column of a view.
type Column struct {
	Name    string `json:"name"`
	Type    string `json:"type"` // of the engine
	Unit    string `json:"unit"`
	Meaning string `json:"meaning,omitempty"`
	IsKey   bool   `json:"is_key,omitempty"`
}

// A Description is a view with what only its file says.
type Description struct {
	View
	Rows    int64
	Columns []Column
}

// Describe describes views of the run.
func (r *Run) Describe(ctx context.Context, views ...View) ([]Description, error) {
	eng, err := r.source(ctx, r.Views)
	if err != nil {
		return nil, err
	}
	defer eng.Close()
	var all []Description
	for _, v := range views {
		d, err := r.describe(ctx, eng, v)
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, nil
}

// describe describes one view, in an engine that may read its file, or all files for the dictionary.
func (r *Run) describe(ctx context.Context, eng *engine.Engine, v View) (Description, error) {
	d := Description{View: v}
	from := ""
	if v.file != "" {
		from = r.from(v)
	} else if err := r.storeDictionary(ctx, eng); err != nil {
		return d, err
	} else {
		from = "SELECT * FROM " + dictionary
	}
	columns, err := columnsOf(ctx, eng, from)
	if err == nil {
		err = eng.Row(ctx, "SELECT COUNT(*) FROM ("+from+")", nil, &d.Rows)
	}
	if err != nil {
		return d, r.unreadable(ctx, v, err)
	}
	for _, c := range columns {
		c.Unit, c.Meaning = v.describe(c.Name)
		c.IsKey = slices.Contains(v.Key, c.Name)
		d.Columns = append(d.Columns, c)
	}
	return d, nil
}

// columnsOf are the names and types of a query's answer.
func columnsOf(ctx context.Context, eng *engine.Engine, query string) ([]Column, error) {
	var columns []Column
	err := eng.Each(ctx, "SELECT column_name, column_type FROM (DESCRIBE "+query+")", func(scan engine.Scan) error {
		var c Column
		if err := scan(&c.Name, &c.Type); err != nil {
			return err
		}
		columns = append(columns, c)
		return nil
	})
	return columns, err
}

// unreadable is the error of a view whose file cannot be read.
func (r *Run) unreadable(ctx context.Context, v View, err error) error {
	if ctx.Err() != nil || failure.CodeOf(err) == failure.Resources {
		return r.wrong(ctx, err, nil)
	}
	return published.Unreadable(ctx, v.Name+": its file "+v.file, err)
}

// storeDictionary makes the table data_dictionary, with the columns of the file of that name in the
// run.
func (r *Run) storeDictionary(ctx context.Context, eng *engine.Engine) error {
	views := slices.DeleteFunc(slices.Clone(r.Views), func(v View) bool { return v.file == "" })
	described, err := r.Describe(ctx, views...)
	if err != nil {
		return err
	}
	b := engine.NewTable("report VARCHAR", "position INTEGER", "column VARCHAR", "is_key BOOLEAN", "unit VARCHAR", "description VARCHAR")
	for _, d := range described {
		for i, c := range d.Columns {
			b.Add(d.Name, i+1, c.Name, c.IsKey, unitOf(c), c.Meaning)
		}
	}
	if err := eng.StoreTable(ctx, dictionary, b); err != nil {
		return fmt.Errorf("data dictionary: %w", err)
	}
	return nil
}

// unitOf is the unit that a view declares, else the type of the column.
func unitOf(c Column) string {
	if c.Unit != "" {
		return c.Unit
	}
	return strings.ToLower(c.Type)
}
