package ingest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"
)

// Deleted rows are left out and counted, whatever else is wrong with them; a mark that is no
// boolean is not guessed.
func TestDeletedRowsAreLeftOut(t *testing.T) {
	in, tables, err := load(t, map[string]string{
		"opportunities.csv": oneOpportunity,
		"touchpoints.csv": "touch_id,occurred_at,contact_id,IsDeleted,_fivetran_deleted\n" +
			"live,2025-01-01,c1,false,\nlive2,2025-01-01,c1,0,F\n" +
			"gone,2025-01-01,c1,TRUE,\ngone2,someday,,1,\ngone3,2025-01-01,c1,maybe,t\ngone4,2025-01-01,\xff,true,\n" +
			"odd,2025-01-01,c1,maybe,false\nodd2,2025-01-01,c1,yes,\n\"odd3\",2025-01-01,c1\n",
	}, func(j *config.Job) { j.Quarantine = map[string]float64{"touchpoints": 0.5} })
	if err != nil {
		t.Fatal(err)
	}
	if got, want := tables.text(`SELECT STRING_AGG(touch_id, ',' ORDER BY touch_id) FROM touchpoints`), "live,live2"; got != want {
		t.Errorf("loaded %s, want %s", got, want)
	}
	var bad []string
	for _, q := range in.Quarantined {
		reason, _, _ := strings.Cut(q.Reason, "; ")
		bad = append(bad, fmt.Sprint(q.Line, " ", q.Column, " ", q.Value, " ", reason))
	}
	if got, want := strings.Join(bad, "; "), "8 IsDeleted maybe is neither true nor false, so it is not known whether the row is deleted; "+
		"9 IsDeleted yes is neither true nor false, so it is not known whether the row is deleted; 10   has 3 fields and the header has 5"; got != want {
		t.Errorf("quarantined %s, want %s", got, want)
	}
	f := fileOf(in, "touchpoints")
	if f.RowsIn != 9 || f.Loaded != 2 || f.Quarantined != 3 || f.Deduplicated != 4 || f.Deleted != 4 || len(f.UnknownColumns) > 0 {
		t.Errorf("%+v", f)
	}
	for _, found := range in.Findings {
		if found.Table == "touchpoints" && (found.Check == "rows_deleted" && found.Rows != 4 || found.Check == "rows_deduplicated" && found.Rows != 0) {
			t.Errorf("%+v", found)
		}
	}
}

// A header that the configuration maps is read for that column alone, and others that only look
// like it are no marks.
func TestMappedDeletionColumnsAreColumns(t *testing.T) {
	in, tables, err := load(t, map[string]string{
		"touchpoints.csv":   "touch_id,occurred_at,contact_id,deleted,IsDeletedBy\na,2025-01-01,c1,true,true\n",
		"opportunities.csv": "opportunity_id,created_at,stage,amount,currency,isdeleted\no1,2025-01-01,Won,1.00,USD,true\n",
	}, func(j *config.Job) {
		source := j.Tables["opportunities"][0]
		source.Columns = map[string]config.Column{"is_closed": {From: "isdeleted"}}
		j.Tables["opportunities"] = config.Sources{source}
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := tables.text(`SELECT CAST(is_closed AS VARCHAR) FROM opportunities`) + tables.text(`SELECT touch_id FROM touchpoints`); got != "truea" {
		t.Error(got)
	}
	if f := fileOf(in, "touchpoints"); f.Deleted != 0 || len(f.UnknownColumns) != 2 {
		t.Errorf("%+v", f)
	}
}

func TestDeletedRowsOfParquet(t *testing.T) {
	for _, mark := range []string{"d", "CAST(d AS VARCHAR)", "CAST(d AS INTEGER)"} {
		source := writeParquet(t, `SELECT 't' || i AS touch_id, DATE '2025-03-01' AS occurred_at, 'c' AS contact_id, `+mark+` AS "_FIVETRAN_DELETED"
			FROM (SELECT i, CASE WHEN i < 5 THEN TRUE WHEN i > 7 THEN FALSE END AS d FROM range(10) r(i))`)
		e, opt := openFor(t, source)
		files, bad, err := readTable(t.Context(), e, tableNamed(t, "touchpoints"), config.Sources{source}, opt)
		if err != nil {
			t.Fatal(err)
		}
		if f := files[0]; f.RowsIn != 10 || f.Loaded != 5 || f.Deleted != 5 || f.Deduplicated != 5 || len(bad) > 0 || len(f.UnknownColumns) > 0 {
			t.Errorf("%s: %+v, %v", mark, f, bad)
		}
	}
}

func fileOf(in Inputs, table string) File {
	for _, f := range in.Files {
		if f.Table == table {
			return f
		}
	}
	return File{}
}
