package ingest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// oddCells are SQL of the cells that a column of a type may have, by type: good ones, and those at
// the edges of every rule.
var edgeCells = map[string][]string{
	"VARCHAR": {"'a'", "'Ann@Example.COM'", "' b@x.example '", "'é@x.example'", "''", "' '", "'x' || CHR(0)", "'x' || CHR(10) || 'y'", "'x' || CHR(13)",
		"'true'", "'1'", "'0'", "'no'", "'FALSE'", "'lead'", "'contact'", "'costs'", "'12.50'", "'-3'"},
	"VARCHAR currency": {"'USD'", "'JPY'", "'KWD'", "'CLF'", "'XXX'", "'usd'", "'XXQ'", "'USD '", "''"},
	"VARCHAR instant": {"'2024-05-18T17:30:57Z'", "'2024-05-18T17:30:57.123Z'", "'2024-05-18T17:30:57.123456Z'", "'2024-05-18T17:30:57.1234567Z'",
		"'2024-05-18T17:30:57.12Z'", "'2024-05-18T24:00:00Z'", "'2024-05-18T23:59:60Z'", "'1989-12-31T23:59:59Z'", "'1990-01-01T00:00:00Z'", "'9999-12-31T23:59:59Z'",
		"'2024-02-30T10:00:00Z'", "'2024-05-18T 7:30:57Z'", "'2024-05-18 17:30:57Z'", "'2024-05-18T17:30:5.Z'", "'2024-05-18T17:30:57+0'", "'2024-05-18T17:30:57+02:00'",
		"'2024-05-18T17:30+02:00Z'", "'2024-05-18'", "'2024-05-18T17:30:57'", "' 990-05-18T17:30:57Z'", "'infinity'", "''", "'2024/05/18T17:30:57Z'"},
	"VARCHAR date": {"'2024-05-18'", "'1989-05-18'", "'0044-03-15'", "'2024-5-018'", "'2024-02-30'", "'2024-05-18 '", "'infinity'", "'epoch'", "''", "'9999-12-31'", "'2024/05/18'"},
	"TIMESTAMPTZ": {"TIMESTAMPTZ '2024-05-18 17:30:57.123456+02'", "TIMESTAMPTZ '1989-12-31 23:59:59.999999+00'", "TIMESTAMPTZ '1990-01-01 00:00:00+00'",
		"TIMESTAMPTZ '9999-12-31 23:59:59.999999+00'", "TIMESTAMPTZ '10000-01-01 00:00:00+00'", "TIMESTAMPTZ '0044-01-01 00:00:00+00'"},
	"TIMESTAMP": {"TIMESTAMP '2024-05-18 17:30:57.5'", "TIMESTAMP '2024-03-10 02:30:00'", "TIMESTAMP '1989-12-31 23:59:59.999999'", "TIMESTAMP '1990-01-01 00:00:00'",
		"TIMESTAMP '9999-12-31 23:59:59.999999'", "TIMESTAMP '10000-01-01 00:00:00'"},
	"TIMESTAMP_NS":   {"TIMESTAMP_NS '2024-05-18 17:30:57.123456'", "TIMESTAMP_NS '2024-05-18 17:30:57.123456789'", "TIMESTAMP_NS '1989-12-31 23:59:59'"},
	"DATE":           {"DATE '2024-05-18'", "DATE '2024-03-10'", "DATE '1989-12-31'", "DATE '1990-01-01'", "DATE '9999-12-31'", "DATE '10000-01-01'", "DATE '0044-03-15'", "DATE '0044-03-15 (BC)'"},
	"BOOLEAN":        {"TRUE", "FALSE"},
	"BIGINT":         {"0", "1", "2", "-1", "12", "9223372036854775807", "-9223372036854775808", "-9223372036854775807", "9000000000000", "9300000000000"},
	"UBIGINT":        {"0", "1", "9223372036854775807", "18446744073709551615"},
	"HUGEINT":        {"0", "-5", "99999999999999999999999999"},
	"TINYINT":        {"0", "1", "-128"},
	"DECIMAL(18,2)":  {"12.34", "0.00", "12.50", "-0.05", "100.00", "-9999999999999999.99", "9999999999999999.99", "9000000000000.00", "9300000000000.00"},
	"DECIMAL(4,1)":   {"0.0", "0.5", "-99.9", "100.0"},
	"DECIMAL(2,2)":   {"0.05", "-0.50", "0.00"},
	"DECIMAL(18,6)":  {"1.2345", "0.000001", "5.100000", "5.123", "12.000000", "-999999999999.999999"},
	"DECIMAL(18,8)":  {"0.00000001", "5.10000000", "12.12345600", "12.00000000"},
	"DECIMAL(38,10)": {"5.0000000000", "5.0050000000", "9999999999999999.99", "99999999.0000000001", "99999999999999999999"},
	"DECIMAL(38,38)": {"0.00000000000000000000000000000000000001", "0.5"},
	"DOUBLE":         {"0.1", "5", "5.5"},
	"UUID":           {"UUID '0b87a8c5-2d5d-4f8c-9b0f-1d6a4f0f3a11'"},
}

// typesOf are the types that a column of a kind is given, the usual ones first.
func typesOf(kind contract.Kind) []string {
	switch {
	case kind.IsInstant():
		return []string{"VARCHAR instant", "TIMESTAMPTZ", "TIMESTAMP", "TIMESTAMP_NS", "DATE", "VARCHAR date"}
	case kind == contract.Date:
		return []string{"DATE", "VARCHAR date", "TIMESTAMP"}
	case kind == contract.Bool:
		return []string{"BOOLEAN", "VARCHAR", "BIGINT", "TINYINT"}
	case kind == contract.Money, kind == contract.Micros, kind == contract.Rate, kind == contract.Whole:
		return []string{"DECIMAL(18,2)", "BIGINT", "DECIMAL(18,6)", "DECIMAL(18,8)", "DECIMAL(4,1)", "DECIMAL(2,2)", "DECIMAL(38,10)", "UBIGINT", "HUGEINT", "TINYINT", "DOUBLE", "DECIMAL(38,38)"}
	case kind == contract.Currency:
		return []string{"VARCHAR currency"}
	case kind == contract.Email:
		return []string{"VARCHAR"}
	}
	return []string{"VARCHAR", "VARCHAR", "VARCHAR", "BIGINT", "UUID"}
}

// plainCells are cells that a column without surprises has: a row of odd cells alone is nearly
// always bad.
var plainCells = map[string]string{"VARCHAR": "'a'", "VARCHAR instant": "'2024-05-18T17:30:57Z'", "VARCHAR date": "'2024-05-18'", "VARCHAR currency": "'USD'"}

// randomParquet is a query for a small file of a table.
func randomParquet(random *rand.Rand, table contract.Table) string {
	var columns []string
	for _, c := range table.Columns {
		isOne := len(table.OneOf) > 0 && table.OneOf[0] == c.Name
		if !c.Required && !isOne && random.IntN(4) == 0 {
			continue
		}
		types := typesOf(c.Kind)
		chosen := types[random.IntN(1+random.IntN(len(types)))] // rather the usual ones: one column can leave the file to Go
		usual := plainCells[chosen]
		switch {
		case usual == "":
			usual = edgeCells[chosen][0]
		case c.Allowed != nil:
			usual = engine.Text(c.Allowed[0])
		case c.Kind == contract.Bool:
			usual = "'true'"
		}
		if c.Kind == contract.Rate && strings.HasPrefix(chosen, "DECIMAL") {
			usual = "0.01"
		}
		name, _, _ := strings.Cut(chosen, " ")
		cells := []string{"NULL", usual}
		for range 5 {
			cells = append(cells, edgeCells[chosen][random.IntN(len(edgeCells[chosen]))])
		}
		for i := range cells {
			cells[i] = "CAST(" + cells[i] + " AS " + name + ")"
		}
		columns = append(columns, fmt.Sprintf("CASE WHEN RANDOM() < 0.85 THEN %s ELSE ([%s])[1 + CAST(FLOOR(RANDOM() * %d) AS INTEGER)] END AS %s",
			cells[1], strings.Join(cells, ", "), len(cells), engine.Name(c.Name)))
	}
	if random.IntN(4) == 0 {
		columns = append(columns, []string{"RANDOM() < 0.1", "CASE WHEN RANDOM() < 0.1 THEN 'True' WHEN RANDOM() < 0.1 THEN 'odd' ELSE 'f' END",
			"CAST(FLOOR(RANDOM() * 3) AS INTEGER)", "CASE WHEN RANDOM() < 0.5 THEN '' END"}[random.IntN(4)]+" AS IsDeleted")
	}
	return "SELECT " + strings.Join(columns, ", ") + " FROM range(100)"
}

// What the engine types by itself is what Go makes of it: the same rows, the same quarantine and
// the same figures.
func TestTheEngineTypesParquetAsGoDoes(t *testing.T) {
	const files = 200
	random, plain := rand.New(rand.NewPCG(1, 2)), 0
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	writer := t.TempDir()
	e, err := engine.Open(t.Context(), engine.Options{Threads: 2, TempDir: writer})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for i := range files {
		table := contract.Tables()[random.IntN(len(contract.Tables()))]
		query := randomParquet(random, table)
		path := fmt.Sprintf("%s/in%d.parquet", writer, i)
		if err := e.Exec(t.Context(), "COPY ("+query+") TO "+engine.Text(path)+" (FORMAT parquet)"); err != nil {
			t.Fatal(query, err)
		}
		source := config.Source{Files: []string{"in.parquet"}, Paths: []string{path}, Columns: map[string]config.Column{}}
		source.TimeZone = []string{"", "UTC", "UTC", "America/New_York"}[random.IntN(4)]
		if c := table.Columns[random.IntN(len(table.Columns))]; random.IntN(3) == 0 && (c.Kind == contract.Text || c.Kind == contract.Currency) && c.Allowed == nil {
			source.Columns[c.Name] = config.Column{Value: "EUR"}
		}
		zone := []*time.Location{time.UTC, newYork}[random.IntN(2)]
		var answers [2]string
		for j, onlyGo := range []bool{true, false} {
			opt := readOptions{ReportingZone: zone, Threads: 2, LinkDir: t.TempDir(), chunkRows: 17, onlyGo: onlyGo}
			// The links are outside of the engine's directory: it may read what it is given by
			// name.
			opt.LinkDir = fmt.Sprintf("%s/links%d_%v", writer, i, onlyGo)
			if err := os.Mkdir(opt.LinkDir, 0o700); err != nil {
				t.Fatal(err)
			}
			read, bad, err := readTable(t.Context(), e, table, config.Sources{source}, opt)
			if err != nil {
				t.Fatalf("%s\n%v", query, err)
			}
			f := read[0]
			rows, err := e.Texts(t.Context(), "SELECT CAST(r AS VARCHAR) FROM "+"raw_"+table.Name+" AS r ORDER BY r.line")
			if err != nil {
				t.Fatal(err)
			}
			answers[j] = fmt.Sprint(f.RowsIn, f.Loaded, f.Quarantined, f.Deduplicated, f.Deleted, f.digitsCut, f.Columns, f.UnknownColumns) + "\n" + strings.Join(rows, "\n")
			for _, q := range bad {
				answers[j] += fmt.Sprintf("\n%+v", q)
			}
			if n, _ := e.Texts(t.Context(), "SELECT CAST(COUNT(*) AS VARCHAR) FROM "+"raw_"+table.Name); !onlyGo && slices.Equal(n, []string{"100"}) {
				plain++
			}
		}
		if answers[0] != answers[1] {
			t.Errorf("%s\n%s (-Go +engine)", query, cmp.Diff(strings.Split(answers[0], "\n"), strings.Split(answers[1], "\n")))
		}
	}
	t.Log(plain, "files were plain as a whole")
}
