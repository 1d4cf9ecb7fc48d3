package ingest

import (
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/zone"
)

// The words of a command: headers of the file, declared formats, values of the configuration,
// several files.
func TestCommandFor(t *testing.T) {
	berlin, err := zone.Load("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	from, to := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2025, 3, 31, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		table, currency string
		source          config.Source
		headers         map[string]string
		want            string
	}{
		"dates": {"costs", "", config.Source{Files: []string{"costs.csv"}}, map[string]string{"starts_on": "starts_on"},
			`duckdb -c "SELECT * FROM read_csv('costs.csv', header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"') WHERE TRY_CAST(starts_on AS DATE) BETWEEN '2025-03-01' AND '2025-03-31'"`},
		"dates in a format, under another header, in a currency": {"costs", "EUR",
			config.Source{Files: []string{"it's $5.csv", "b.csv.gz"}, Delimiter: ";", Columns: map[string]config.Column{"starts_on": {From: "Start", Format: config.Texts{"%e.%m.%Y"}}}},
			map[string]string{"starts_on": "Start", "currency": "currency"},
			`duckdb -c "SELECT * FROM read_csv(['it''s \$5.csv', 'b.csv.gz'], union_by_name = true, header = true, all_varchar = true, delim = ';', quote = '\"', escape = '\"') WHERE CAST(TRY_STRPTIME(CAST(\"Start\" AS VARCHAR), '%d.%m.%Y') AS DATE) BETWEEN '2025-03-01' AND '2025-03-31' AND COALESCE(currency, 'EUR') = 'EUR'"`},
		"a currency that the file does not have": {"costs", "USD", config.Source{Files: []string{"a.parquet"}}, map[string]string{"starts_on": "starts_on"},
			`duckdb -c "SELECT * FROM read_parquet('a.parquet') WHERE TRY_CAST(starts_on AS DATE) BETWEEN '2025-03-01' AND '2025-03-31' AND NULL = 'USD'"`},
		"instants, over a change of the clocks": {"touchpoints", "", config.Source{Files: []string{"t.parquet", "t.csv"}, TimeZone: "UTC"}, map[string]string{"occurred_at": "When?"},
			`duckdb -c "SET TimeZone = 'UTC'; SELECT * FROM (FROM read_csv('t.csv', header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"') UNION ALL BY NAME FROM read_parquet('t.parquet')) WHERE TRY_CAST(\"When?\" AS TIMESTAMPTZ) >= '2025-03-01T00:00:00+01:00' AND TRY_CAST(\"When?\" AS TIMESTAMPTZ) < '2025-04-01T00:00:00+02:00'"`},
		"won deals": {"opportunities", "EUR", config.Source{Files: []string{"o.csv"}, Columns: map[string]config.Column{"currency": {Value: "EUR"}, "is_won": {True: []string{"ja"}, False: []string{"nein"}}}},
			map[string]string{"closed_at": "closed_at", "stage": "stage", "is_won": "is_won"},
			`duckdb -c "SET TimeZone = 'Europe/Berlin'; SELECT * FROM read_csv('o.csv', header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"') WHERE TRY_CAST(closed_at AS TIMESTAMPTZ) >= '2025-03-01T00:00:00+01:00' AND TRY_CAST(closed_at AS TIMESTAMPTZ) < '2025-04-01T00:00:00+02:00' AND (CAST(is_won AS VARCHAR) IN ('ja') OR CAST(is_won AS VARCHAR) IS NULL AND stage IN ('Gewonnen')) AND COALESCE('EUR', 'EUR') = 'EUR'"`},
		"no file": {"costs", "", config.Source{}, nil, ""},
	} {
		f := File{Table: c.table}
		for column, header := range c.headers {
			f.Columns = append(f.Columns, Mapping{Column: column, Header: header})
		}
		l := &loading{zone: berlin, currency: "EUR", files: map[string][]File{c.table: {f}}, job: config.Job{Tables: map[string]config.Sources{c.table: {c.source}}}}
		if got := l.commandFor(controlLine{table: c.table, from: from, to: to, currency: c.currency}, []string{"Gewonnen"}); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

func TestEveryControlledTableHasItsDate(t *testing.T) {
	for _, c := range contract.Controlled {
		if kind := kindOf(*contract.Find(c.Name), c.Dated); !kind.IsTime() {
			t.Errorf("%s: %s is no date", c.Name, c.Dated)
		}
	}
}
