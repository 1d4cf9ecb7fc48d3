package assistant

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/query"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/reports"
)

// A table is the answer to read_report and query. Rows have the values of the columns in their
// order.
type table struct {
	Context
	Grain      string               `json:"grain"`
	Columns    []query.AnswerColumn `json:"columns"`
	RowsShown  int                  `json:"rows_shown"`
	RowsInAll  int64                `json:"rows_in_all"`
	RowsOfData [][]json.RawMessage  `json:"rows"`
}

type readInput struct {
	Report  string              `json:"report" jsonschema:"name of the report or view"`
	Columns []string            `json:"columns,omitempty" jsonschema:"only these columns; all by default. The columns of the key are always there"`
	Where   map[string][]string `json:"where,omitempty" jsonschema:"for each column the values to keep, as text; an empty text is an empty cell"`
	Sort    string              `json:"sort,omitempty" jsonschema:"sort by this column, the greatest first; by default in the order of the report"`
	Limit   int                 `json:"limit,omitempty" jsonschema:"at most so many rows: 50 by default, 1000 at most"`
}

// readReport builds the SELECT of a report from parts that are checked, and asks it as any other.
func readReport(ctx context.Context, run *query.Run, in readInput) (any, error) {
	view, columns, err := describe(ctx, run, in.Report)
	if err != nil {
		return nil, err
	}
	var known, selected []string
	for _, c := range columns {
		known = append(known, c.Name)
	}
	check := func(name string) error {
		if !slices.Contains(known, name) {
			return failure.Errorf(failure.Usage, "%q is not a column of %s%s\nhint: describe_report lists its columns", name, view.Name, words.DidYouMean(name, known))
		}
		return nil
	}
	for _, c := range columns {
		if len(in.Columns) == 0 || c.IsKey || slices.Contains(in.Columns, c.Name) {
			selected = append(selected, engine.Name(c.Name))
		}
	}
	for _, name := range in.Columns {
		if err := check(name); err != nil {
			return nil, err
		}
	}
	text := "SELECT " + strings.Join(selected, ", ") + " FROM " + engine.Name(view.Name) + " WHERE TRUE"
	for _, name := range slices.Sorted(maps.Keys(in.Where)) {
		if err := check(name); err != nil {
			return nil, err
		}
		var values []string
		for _, value := range in.Where[name] {
			values = append(values, engine.Text(value))
		}
		if len(values) == 0 {
			return nil, failure.Errorf(failure.Usage, "where: %s has no values\nhint: leave it out to keep every row", name)
		}
		column, list := engine.Name(name), strings.Join(values, ", ")
		// A number is the same with other digits after its point: -1 is -1.000000.
		text += " AND (COALESCE(CAST(" + column + " AS VARCHAR), '') IN (" + list + ") OR CASE WHEN typeof(" + column + ") <> 'VARCHAR' THEN COALESCE(list_contains(list_transform([" +
			list + "], value -> TRY_CAST(value AS DECIMAL(38, 10))), TRY_CAST(" + column + " AS DECIMAL(38, 10))), FALSE) ELSE FALSE END)"
	}
	if in.Sort != "" {
		if err := check(in.Sort); err != nil {
			return nil, err
		}
		text += " ORDER BY " + engine.Name(in.Sort) + " DESC NULLS LAST"
	}
	return answer(ctx, run, text, in.Limit, view.Each)
}

type askInput struct {
	SQL   string `json:"sql" jsonschema:"one SELECT"`
	Limit int    `json:"limit,omitempty" jsonschema:"at most so many rows: 50 by default, 1000 at most"`
}

func ask(ctx context.Context, run *query.Run, in askInput) (any, error) {
	return answer(ctx, run, in.SQL, in.Limit, "")
}

// answer asks and keeps the first rows. Without a grain, that of the answer is what the query makes
// of the views that it reads.
func answer(ctx context.Context, run *query.Run, text string, limit int, grain string) (any, error) {
	if limit < 0 || limit > mostRows {
		return nil, failure.Errorf(failure.Usage, "limit: %d is not a number of rows from 1 to %s", limit, words.Number(mostRows))
	}
	if limit == 0 {
		limit = usualRows
	}
	a, err := run.Ask(ctx, text, "")
	if err != nil {
		return nil, err
	}
	defer a.Close()
	t := table{Context: contextOf(run), Grain: grain, Columns: a.Columns, RowsInAll: a.Rows, RowsOfData: [][]json.RawMessage{}}
	if grain == "" {
		t.Grain = "as the query groups these rows"
		for _, v := range a.Reads {
			t.Grain += fmt.Sprintf("; %s: %s", v.Name, v.Each)
		}
	}
	t.Notes = append(t.Notes, a.Notes...)
	for i, c := range t.Columns {
		if c.Unit == "" {
			t.Columns[i].Unit = "computed by the query, or not declared"
		}
	}
	err = a.Table(ctx, limit, func(eng *engine.Engine, query string) error {
		return reports.Rows(ctx, eng, query, func([]string) error { return nil }, func(cells []reports.Cell) error {
			row, err := rowOf(cells)
			t.RowsOfData = append(t.RowsOfData, row)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	t.RowsShown = len(t.RowsOfData)
	if left := t.RowsInAll - int64(t.RowsShown); left > 0 {
		t.Notes = append(t.Notes, fmt.Sprintf("%s left out: these are the first %s. Their sum is not the total", words.Count(left, "row")+words.Choose(left, " is", " are"), words.Number(t.RowsShown)))
	}
	if t.RowsInAll == 0 {
		t.Notes = append(t.Notes, "no row matches")
	}
	t.Models = modelsOf(run, a, t)
	return t, nil
}

// rowOf is a row as JSON: numbers exactly, as the report has them.
func rowOf(cells []reports.Cell) ([]json.RawMessage, error) {
	var row []json.RawMessage
	for _, c := range cells {
		value := json.RawMessage(c.Text)
		if c.IsNull {
			value = json.RawMessage("null")
		} else if c.IsText || !isJSONNumber(c.Text) {
			text, err := json.Marshal(c.Text)
			if err != nil {
				return nil, err
			}
			value = text
		}
		row = append(row, value)
	}
	return row, nil
}

// isJSONNumber reports whether a text is a number, or true or false, as JSON writes them.
func isJSONNumber(text string) bool { return text != "" && text != "null" && json.Valid([]byte(text)) }

// modelsOf are the models of which the table has figures: those in its column model, those whose
// credit its columns are, or those that the query names. Without any, all models of the run may be
// in it.
func modelsOf(run *query.Run, a *query.Answer, t table) []string {
	found := map[string]bool{}
	for i, c := range t.Columns {
		for _, row := range t.RowsOfData {
			var model string
			if c.Name == "model" && json.Unmarshal(row[i], &model) == nil {
				found[model] = true
			}
		}
	}
	all := modelsOfRun(run)
	models := slices.DeleteFunc(slices.Clone(all), func(model string) bool {
		return !found[model] && !a.Names(model) && !a.Names(model+"_minor") && !a.Names(model+"_millionths")
	})
	reads := func(column string) bool {
		return slices.ContainsFunc(a.Reads, func(v query.View) bool { return slices.Contains(v.Key, column) || v.Name == "credits" })
	}
	if len(models) == 0 && reads("model") {
		return all
	}
	return models
}
