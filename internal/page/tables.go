package page

import (
	"maps"
	"slices"

	"github.com/tributary-engine/tributary/internal/present"
)

// table shows records of one report. The first column names the row. A column that is empty in every
// row is left out, and named below the table.
func (r *reader) table(caption string, records []record, columns ...string) *table {
	if len(records) == 0 {
		return nil
	}
	t := &table{Caption: caption, Report: records[0].report.Name}
	common, varying := split(records)
	t.Key = query(common)
	var shown []string
	for i, name := range columns {
		if i > 0 && !slices.ContainsFunc(records, func(rec record) bool { return rec.raw(name) != "" }) {
			t.Empty = append(t.Empty, labelOf(name))
			continue
		}
		shown = append(shown, name)
		t.Columns = append(t.Columns, column{Label: labelOf(name), Name: name, Numeric: records[0].kinds[name].IsNumeric()})
	}
	for _, rec := range records {
		line := row{Key: query(pick(rec.key(), varying))}
		for i, name := range shown {
			line.Cells = append(line.Cells, r.cell(rec, name, i == 0))
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}

// cell is one cell of a table.
func (r *reader) cell(rec record, column string, isHead bool) cell {
	c := cell{Text: r.show(rec, column), Exact: rec.raw(column), Numeric: rec.kinds[column].IsNumeric(), Head: isHead}
	if isHead {
		c.Text = label(rec, column)
	}
	if column == "answer" || column == "acceptance_answer" || column == "pace" {
		c.Answer = rec.text(column)
	}
	return c
}

// label names a row: a campaign by its name, if it has one.
func label(rec record, column string) string {
	if name := rec.text("campaign_name"); column == "campaign_id" && name != "" {
		return name
	}
	if slices.Contains(chosen, column) {
		return present.Label(rec.text(column))
	}
	return wordsOf(rec.text(column))
}

// pivot shows measures of records with the values of a column beside each other.
func (r *reader) pivot(caption string, records []record, rows, across string, measures ...string) *table {
	if len(records) == 0 {
		return nil
	}
	t := &table{Caption: caption, Report: records[0].report.Name, Columns: []column{{Label: labelOf(rows), Name: rows}}}
	common, varying := split(records)
	t.Key = query(common)
	varying = slices.DeleteFunc(varying, func(name string) bool { return name == across })
	values := distinct(records, across)
	for _, measure := range measures {
		for _, value := range values {
			c := column{Label: present.Label(value), Name: measure, Key: query(map[string]string{across: value}), Numeric: true}
			if len(measures) > 1 {
				c.Label = labelOf(measure) + ", " + present.Label(value)
			}
			t.Columns = append(t.Columns, c)
		}
	}
	for _, name := range distinct(records, rows) {
		mine := only(records, rows, name)
		line := row{Key: query(pick(mine[0].key(), varying)), Cells: []cell{r.cell(mine[0], rows, true)}}
		for _, measure := range measures {
			for _, value := range values {
				if found := only(mine, across, value); len(found) > 0 {
					line.Cells = append(line.Cells, r.cell(found[0], measure, false))
				} else {
					line.Cells = append(line.Cells, cell{}) // the report has no such row
				}
			}
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}

// split divides the keys of records into what they have in common and the columns that vary.
func split(records []record) (common map[string]string, varying []string) {
	common = records[0].key()
	for _, rec := range records[1:] {
		maps.DeleteFunc(common, func(column, text string) bool { return rec.text(column) != text })
	}
	for _, column := range records[0].report.Grain {
		if _, isCommon := common[column]; !isCommon {
			varying = append(varying, column)
		}
	}
	return common, varying
}

func pick(key map[string]string, columns []string) map[string]string {
	picked := map[string]string{}
	for _, column := range columns {
		picked[column] = key[column]
	}
	return picked
}
