package query

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/reports"
)

// A View is a relation that a query can read.
type View struct {
	Name    string
	Each    string   // what one row is: "one row per channel and month"
	Key     []string // the columns of its key; empty: none that is declared
	Purpose string

	file     string // of the run, Parquet; empty: made of what the program knows
	selected string // what the view shows of its file
	hides    bool   // the file holds ids of persons that the view does not show
	describe func(column string) (unit, meaning string)
}

// from is the query for the rows of a view of a file.
func (r *Run) from(v View) string {
	return "SELECT " + v.selected + " FROM " + published.Rows(r.Directory, v.file)
}

// rows is the query for the rows of a view of a file. E-mails are hidden in every text, as on the
// page of the run, unless the run is open with persons: owners and campaigns may be named by them. A
// tag, which is the same in all views of the run, tells such texts apart, so that keys stay keys.
func (r *Run) rows(ctx context.Context, eng *engine.Engine, v View) (string, error) {
	from := r.from(v)
	if r.options.Personal {
		return from, nil
	}
	columns, err := columnsOf(ctx, eng, from)
	if err != nil {
		return "", err
	}
	salt := r.Manifest.SHA256 // without the run nobody can try out addresses
	var hidden []string
	for _, c := range columns {
		if name := engine.Name(c.Name); c.Type == "VARCHAR" {
			hidden = append(hidden, "CASE WHEN (contains("+name+", '@') OR contains("+name+", '%40')) AND regexp_matches("+name+", "+engine.Text(present.Address)+
				") THEN regexp_replace("+name+", "+engine.Text(present.Address)+", "+engine.Text(present.HiddenAddress)+", 'g') || ' #' || LEFT(SHA256("+engine.Text(salt)+" || "+name+"), 6) ELSE "+name+" END AS "+name)
		}
	}
	if len(hidden) == 0 {
		return from, nil
	}
	return "SELECT * REPLACE (" + strings.Join(hidden, ", ") + ") FROM (" + from + ")", nil
}

// reportViews are the reports. Findings about data name rows by their ids, which are those of
// persons in half of the tables.
func reportViews(personal bool) []View {
	var views []View
	for _, report := range reports.All() {
		v := View{
			Name: report.Name, Each: "one row per " + strings.Join(report.Grain, ", "), Key: report.Grain, Purpose: report.Purpose,
			file: published.ReportFile(report.Name), selected: "*",
			describe: func(column string) (string, string) {
				c, _ := report.Column(column)
				return c.Unit, c.Description
			},
		}
		if shown, isHidden := withoutPersons[report.Name]; isHidden && !personal {
			v.selected, v.hides = shown, true
		}
		views = append(views, v)
	}
	return views
}

// withoutPersons is what views show of files that hold ids of persons: texts of findings without the
// values that they quote, and examples only of tables whose keys are not persons'.
var withoutPersons = map[string]string{
	"findings": `* EXCLUDE (query) REPLACE (` + otherExamples + ` AS examples,
		regexp_replace(regexp_replace(message, '` + "`[^`]*`" + `', '...', 'g'), '"[^"]*"', '...', 'g') AS message)`,
	"data_quality":       `* REPLACE (` + otherExamples + ` AS examples)`,
	"identity_conflicts": `* REPLACE (CASE WHEN kind = 'person_of_several_accounts' THEN members END AS members)`, // of accounts
}

const otherExamples = `CASE WHEN "table" IN ('accounts', 'campaigns', 'opportunities', 'costs', 'exchange_rates', 'targets', 'capacity', 'control_totals') THEN examples END`

// personColumns are the columns of credits that name persons: ids of touchpoints too, which many
// presets make of those of persons.
var personColumns = []string{"person_id", "touch_id"}

// creditsView is the credit, conversion by conversion and touchpoint by touchpoint.
func creditsView(personal bool) View {
	v := View{
		Name: "credits", Each: "one row per conversion and touchpoint of its journey, or conversion and reason for which no touchpoint earns a part of it",
		Purpose: "Credit by model: sum a column `MODEL_minor` for money in minor units (cents), a column `MODEL_millionths` for conversions in millionths. Money has to be chosen by conversion_type: `pipeline` and `revenue` are two amounts of the same opportunity.",
		file:    published.Credits, selected: "*", describe: describeCredits,
	}
	if !personal {
		v.selected, v.hides = "COLUMNS(name -> name NOT IN ('"+strings.Join(personColumns, "', '")+"'))", true
	}
	return v
}

// dictionaryView is the data dictionary: of the reports, and of the other views too.
func dictionaryView() View {
	return View{
		Name: dictionary, Each: "one row per view and column", Key: []string{"report", "column"}, Purpose: "Unit and meaning of every column of every view.",
		describe: func(column string) (string, string) {
			return "text", map[string]string{
				"report": "the view", "position": "of the column in the view, from 1", "column": "its name", "is_key": "the column is a part of the view's key",
				"unit": "what its values are; the type of the column where the view declares none", "description": "what it means",
			}[column]
		},
	}
}

const dictionary = "data_dictionary"

// tableViews are the contract tables and what was derived from them. A table that has the name of a
// report is called table_NAME.
func (r *Run) tableViews() []View {
	files, _ := filepath.Glob(filepath.Join(r.Directory, "tables", "*.parquet")) // the pattern is well-formed
	slices.Sort(files)
	var views []View
	for _, file := range files {
		if info, err := os.Lstat(file); err != nil || !info.Mode().IsRegular() {
			continue
		}
		table := strings.TrimSuffix(filepath.Base(file), ".parquet")
		v := View{
			Name: table, Each: reports.TableGrain(table), file: published.TableFile(table), selected: "*",
			describe: func(string) (string, string) { return "", "" },
		}
		if v.Each = strings.ToLower(v.Each[:min(1, len(v.Each))]) + v.Each[min(1, len(v.Each)):]; v.Each == "" {
			v.Each, v.Purpose = "one row per loaded row", "The input, as it was loaded. docs/input.md describes its columns."
		}
		if r.View(table) != nil {
			v.Name = "table_" + table
		}
		views = append(views, v)
	}
	return views
}
