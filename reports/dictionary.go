package reports

import (
	"context"
	"fmt"
	"slices"

	"github.com/tributary-engine/tributary/internal/engine"
)

// writeDictionary writes what every column of the reports of this run means: one row per report and
// column, in the order of the reports.
func writeDictionary(ctx context.Context, eng *engine.Engine, list []Report, path string) error {
	b := engine.NewTable("report VARCHAR", "position INTEGER", "column VARCHAR", "is_key BOOLEAN", "unit VARCHAR", "description VARCHAR")
	names, err := headers(ctx, eng)
	if err != nil {
		return err
	}
	for _, r := range list {
		columns, err := r.describe(names["report_"+r.Name])
		if err != nil {
			return err
		}
		for i, c := range columns {
			b.Add(r.Name, i+1, c.Name, slices.Contains(r.Grain, c.Name), c.Unit, c.Description)
		}
	}
	if err := eng.StoreTable(ctx, "data_dictionary", b); err != nil {
		return err
	}
	return writeCSVFile(ctx, eng, "SELECT * FROM data_dictionary ORDER BY rowid", path, true)
}

// describe returns the descriptions of the columns of a report that was made. A column without a
// description and a description without a column are defects: every run finds them.
func (r Report) describe(names []string) ([]Column, error) {
	var columns []Column
	for _, name := range names {
		c, isDescribed := r.Column(name)
		if !isDescribed {
			return nil, fmt.Errorf("the column %s of the report %s is not described in its file", name, r.Name)
		}
		columns = append(columns, c)
	}
	for _, c := range r.Columns {
		if !stageInName.MatchString(c.Name) && !slices.Contains(names, c.Name) {
			return nil, fmt.Errorf("the report %s has no column %s, which its file describes", r.Name, c.Name)
		}
	}
	return columns, nil
}

// headers is the names of the columns of every report that was made, by its table.
func headers(ctx context.Context, eng *engine.Engine) (map[string][]string, error) {
	names := map[string][]string{}
	err := Rows(ctx, eng, "SELECT table_name, column_name FROM duckdb_columns() WHERE STARTS_WITH(table_name, 'report_') ORDER BY table_name, column_index",
		func([]string) error { return nil },
		func(cells []Cell) error {
			names[cells[0].Text] = append(names[cells[0].Text], cells[1].Text)
			return nil
		})
	return names, err
}
