package reports

import (
	"slices"
	"strings"
	"testing"
)

// Every report says what it shows, and shows the columns that tell its rows apart. All panics if a
// view names a column that the report does not have.
func TestEveryReportDeclaresItsView(t *testing.T) {
	context := []string{"basis", "period_type", "period_start", "period_end", "opportunity_type", "model", "currency"} // said above a table
	for _, r := range All() {
		if len(r.View.Shows) < 4 {
			t.Errorf("%s shows %v", r.Name, r.View.Shows)
		}
		for i, name := range r.View.Shows {
			if slices.Contains(r.View.Shows[:i], name) {
				t.Errorf("%s shows %s twice", r.Name, name)
			}
		}
		isChosen := func(column string) bool {
			return slices.ContainsFunc(r.View.Defaults, func(d Default) bool { return d.Column == column && d.Operator == "=" })
		}
		for _, key := range r.Grain {
			if !slices.Contains(r.View.Shows, key) && !slices.Contains(context, key) && !isChosen(key) && key != "path_id" && key != "line" {
				t.Errorf("%s: the key %s is neither shown nor chosen by default", r.Name, key)
			}
		}
		if strings.Contains(r.Purpose, "shows:") || strings.Contains(r.Purpose, "bar:") {
			t.Errorf("%s: the view is part of the purpose: %s", r.Name, r.Purpose)
		}
	}
}

func TestEveryReportAnswersOneQuestion(t *testing.T) {
	answered := map[string]int{}
	for _, q := range Questions() {
		for _, name := range q.Reports {
			answered[name]++
			if Find(name) == nil {
				t.Errorf("%s: there is no report %s", q.Text, name)
			}
		}
	}
	for _, r := range All() {
		if answered[r.Name] != 1 {
			t.Errorf("%s is in %d groups", r.Name, answered[r.Name])
		}
	}
}

func TestViewsThatCannotBeRead(t *testing.T) {
	for head, want := range map[string]string{
		"-- a purpose\n-- default: basis period":        "is not COLUMN = VALUE",
		"-- a purpose\n-- bar: revenue\n-- and another": "does not belong to the purpose",
	} {
		var r Report
		if _, err := r.readView(head); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", head, err, want)
		}
	}
	r := Report{Columns: []Column{{Name: "revenue"}}, View: View{Bar: "roi"}}
	if err := r.checkView(); err == nil {
		t.Error("a bar of no column")
	}
}
