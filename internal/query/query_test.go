package query_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/query"
	"github.com/tributary-engine/tributary/internal/query/querytest"
)

func open(t *testing.T, directory string, o query.Options) *query.Run {
	t.Helper()
	run, err := query.Open(directory, o)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// csv is the answer to a query, or the text of its error.
func csv(t *testing.T, run *query.Run, text string) string {
	t.Helper()
	a, err := run.Ask(t.Context(), text, "")
	if err != nil {
		return "error: " + err.Error()
	}
	defer a.Close()
	var out bytes.Buffer
	if err := a.WriteCSV(t.Context(), &out, false); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// One run serves all tests of the package's promises: it takes seconds.
func TestQueries(t *testing.T) {
	directory, _ := querytest.Run(t)
	plain, personal := open(t, directory, query.Options{}), open(t, directory, query.Options{Personal: true})
	t.Run("answers", func(t *testing.T) { answers(t, plain, personal) })
	t.Run("errors", func(t *testing.T) { errors(t, plain) })
	t.Run("attacks", func(t *testing.T) { attacks(t, directory, plain, personal) })
	t.Run("persons stay hidden", func(t *testing.T) { personsStayHidden(t, plain, personal) })
	t.Run("limits", func(t *testing.T) { limits(t, directory) })
	t.Run("units and notes", func(t *testing.T) { unitsAndNotes(t, plain) })
	t.Run("file", func(t *testing.T) { stored(t, plain) })
}

func answers(t *testing.T, plain, personal *query.Run) {
	for _, c := range []struct {
		run        *query.Run
		text, want string
	}{
		{plain, "SELECT channel, revenue FROM channel_performance WHERE basis = 'period' AND model = 'linear' AND revenue > 0 ORDER BY channel", "channel,revenue\nEmail,500.00\nWebinar,500.00\n"},
		{plain, "SELECT SUM(linear_minor) AS minor FROM credits WHERE conversion_type = 'revenue'", "minor\n100000\n"},
		{plain, "WITH w AS (SELECT 1 AS a UNION ALL SELECT 2) SELECT a, a * 2 AS a FROM w; -- twice", "a,a_1\n1,2\n2,4\n"},
		{plain, "SELECT DISTINCT campaign_name FROM campaign_performance WHERE campaign_id = 'k1'", "campaign_name\n'=Spring Webinar\n"},
		{plain, `SELECT DISTINCT regexp_full_match(campaign_name, 'Calls of \(e-mail hidden\) #[0-9a-f]{6}') AS hidden FROM campaign_performance WHERE campaign_id = 'k3'`, "hidden\ntrue\n"},
		{personal, "SELECT DISTINCT campaign_name FROM campaign_performance WHERE campaign_id = 'k3'", "campaign_name\nCalls of whispered.rep@own.example\n"},
		{plain, "WITH w AS (SELECT 2 AS n), x AS (WITH credits AS (SELECT 1 AS n) SELECT n FROM credits) SELECT (SELECT COUNT(*) FROM credits) > 5 AS several, n FROM x", "several,n\ntrue,1\n"},
		{plain, "SELECT [campaign_name] AS l, {'n': campaign_name} AS s, DATE '2025-01-31' AS d, INTERVAL 1 DAY AS i FROM campaign_performance WHERE campaign_id = 'k1' LIMIT 1",
			"l,s,d,i\n['=Spring Webinar'],{'n': '=Spring Webinar'},2025-01-31,1 day\n"},
		{plain, "SELECT unit, is_key FROM data_dictionary WHERE report = 'channel_performance' AND \"column\" = 'revenue'", "unit,is_key\nmoney,false\n"},
		{plain, "SELECT 1 AS a WHERE FALSE", "a\n"},
		{plain, "SELECT COUNT(*) > 5 AS several FROM credits", "several\ntrue\n"},
		{plain, "SELECT COUNT(DISTINCT c) > 5 AS several FROM credits AS c", "several\ntrue\n"},
		{plain, "SELECT COUNT(*) AS n FROM findings WHERE severity = 'refuse'", "n\n0\n"},
		{personal, "SELECT COUNT(*) AS n FROM contacts", "n\n5\n"},
		{personal, "SELECT amount FROM table_targets", "error: the query, line 1, column 8: Binder Error: Referenced column \"amount\" not found in FROM clause (did you mean amount_micros?)\nhint: `tributary query --describe table_targets` lists its columns"},
		{personal, "SELECT metric FROM targets", "metric\nleads\n"},
	} {
		if got := csv(t, c.run, c.text); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func errors(t *testing.T, plain *query.Run) {
	const views = "\nhint: `tributary query` without a query lists the views and their columns"
	for _, c := range []struct{ text, want string }{
		{"SELECT *\nFRM funnel", "the query, line 2, column 5: syntax error at or near \"funnel\"" + views},
		{"SELECT * FROM chanel_performance", "the query, line 1, column 15: there is no view \"chanel_performance\" (did you mean channel_performance?)" + views},
		{"SELECT channel,\n  revnue FROM channel_performance", "the query, line 2, column 3: Binder Error: Referenced column \"revnue\" not found in FROM clause (did you mean revenue?)\nhint: `tributary query --describe channel_performance` lists its columns"},
		{"SELECT * FROM contacts", "the query, line 1, column 15: there is no view \"contacts\"\nhint: it is a table of the run, with ids of persons: --personal shows it"},
		{"SELECT person_id FROM credits", "the query, line 1, column 8: Binder Error: Referenced column \"person_id\" not found in FROM clause\nhint: ids of persons, and of touchpoints, which may contain them, are shown with --personal"},
		{"SELECT CAST(channel AS DATE) FROM channel_performance WHERE channel = 'Email'", "the query, line 1, column 8: Conversion Error: invalid date field format: \"Email\", expected format is (YYYY-MM-DD) when casting from source column channel" + views},
		{"", "the query: has 0 statements: want one SELECT" + views},
	} {
		_, err := plain.Ask(t.Context(), c.text, "")
		if err == nil || err.Error() != c.want || failure.CodeOf(err) != failure.Usage {
			t.Errorf("%s\n got %v\nwant %s", c.text, err, c.want)
		}
	}
}

// No query gets out of the views: neither with persons nor without.
func attacks(t *testing.T, directory string, runs ...*query.Run) {
	outside := filepath.Join(t.TempDir(), "written")
	people := filepath.Join(directory, "tables", "people.parquet")
	for _, text := range []string{
		"SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM read_text('/etc/passwd')", "SELECT * FROM read_blob('/etc/passwd')", "SELECT * FROM '/etc/passwd'",
		"SELECT * FROM read_parquet('" + people + "')", "FROM '" + people + "'", `SELECT * FROM "` + people + `"`, "SELECT * FROM parquet_scan(['" + people + "'])",
		"SELECT * FROM read_parquet('" + filepath.Join(directory, "credits.parquet") + "')", "SELECT * FROM parquet_metadata('" + people + "')",
		"SELECT * FROM (SELECT * FROM read_json('" + filepath.Join(directory, "manifest.json") + "'))", "WITH x AS (FROM glob('/etc/*')) SELECT * FROM x",
		"SELECT (SELECT content FROM read_text('/etc/passwd'))", "SELECT * FROM funnel WHERE EXISTS (FROM '/etc/passwd')", "SELECT * FROM glob('*')", "SELECT * FROM sniff_csv('/etc/passwd')",
		"COPY (SELECT 1) TO '" + outside + "'", "COPY funnel TO '" + outside + "'", "EXPORT DATABASE '" + outside + "'", "ATTACH '" + outside + "'", "USE x",
		"SELECT 1; SELECT 2", "SELECT 1; COPY (SELECT 1) TO '" + outside + "'", "CREATE TABLE t AS SELECT 1", "INSERT INTO funnel SELECT 1", "DROP VIEW funnel", "DELETE FROM funnel",
		"PRAGMA database_list", "SET threads = 9", "RESET lock_configuration", "CALL duckdb_settings()", "INSTALL httpfs", "LOAD httpfs", "FORCE CHECKPOINT", "VACUUM", "EXPLAIN SELECT 1", "DESCRIBE funnel", "SHOW TABLES", "SUMMARIZE funnel",
		"SELECT getenv('HOME')", "SELECT current_setting('allowed_paths')", "SELECT getvariable('x')", "SELECT version()",
		"SELECT * FROM duckdb_settings()", "SELECT * FROM duckdb_views()", "SELECT * FROM duckdb_secrets()", "SELECT * FROM pragma_table_info('credits')", "SELECT * FROM information_schema.tables", "SELECT * FROM sqlite_master", "SELECT * FROM main.funnel", "SELECT * FROM pg_catalog.pg_class", "SELECT * FROM duckdb_logs",
		"SELECT * FROM query('SELECT 1')", "SELECT * FROM query_table('funnel')", "SELECT json_serialize_plan('SELECT * FROM read_text(''/etc/passwd'')')", "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
		"SELECT * FROM 'https://example.com/x.parquet'", "SELECT * FROM read_csv('s3://bucket/x.csv')",
		"SELECT sql FROM duckdb_views, (WITH duckdb_views AS (SELECT 1) SELECT 1) AS x", "WITH Pragma_Database_List AS (SELECT 1) SELECT 1",
		"SELECT pg_postmaster_start_time()", "SELECT list_aggregate([1], 'reservoir_quantile', 0.5, 2)",
		"SELECT now()", "SELECT random()", "SELECT $1", "SELECT nextval('s')", "SELECT write_log('x')",
		"SELECT " + strings.Repeat("1 + ", 20000) + "1", "SELECT '" + strings.Repeat("x", 1<<20) + "'",
	} {
		for _, run := range runs {
			a, err := run.Ask(t.Context(), text, "")
			if err == nil {
				a.Close()
			}
			if failure.CodeOf(err) != failure.Usage {
				t.Errorf("%.200s: %v", text, err)
			}
		}
		if _, err := os.Stat(outside); err == nil {
			t.Fatalf("%s wrote a file", text)
		}
	}
}

// No cell of any view, no message and no byte of a stored file has an id or an e-mail of a person;
// with persons, the ids are there: the test sees what it looks for.
func personsStayHidden(t *testing.T, plain, personal *query.Run) {
	seen := 0
	for _, run := range []*query.Run{plain, personal} {
		for _, view := range run.Views {
			answer := csv(t, run, "SELECT * FROM "+engine.Name(view.Name))
			if strings.HasPrefix(answer, "error") {
				t.Errorf("%s: %s", view.Name, answer)
			}
			if !strings.Contains(answer, querytest.Secret) {
				continue
			}
			if seen++; run == plain {
				for line := range strings.Lines(answer) {
					if strings.Contains(line, querytest.Secret) {
						t.Errorf("%s shows a person: %s", view.Name, line)
					}
				}
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d views have persons, whoever asks", seen)
	}
	// What a view leaves out is not in the engine: whatever gets past the check of the statement.
	for _, text := range []string{
		"SELECT credits FROM credits", "SELECT COLUMNS('person.*') FROM credits", "SELECT * FROM credits WHERE person_id = 'whispered1'", "SELECT CAST(findings AS VARCHAR) FROM findings",
		"SELECT to_json(d) FROM data_quality AS d", "SELECT person_id FROM (SELECT * FROM credits)",
	} {
		if answer := csv(t, plain, text); strings.Contains(strings.ReplaceAll(answer, text, ""), querytest.Secret) {
			t.Errorf("%s: %s", text, answer)
		}
	}
}

func limits(t *testing.T, directory string) {
	run := open(t, directory, query.Options{MemoryLimit: "300MB"})
	_, err := run.Ask(t.Context(), "SELECT * FROM range(1000000000)", "")
	if failure.CodeOf(err) != failure.Resources || !strings.Contains(err.Error(), "raise --memory-limit") || strings.Contains(err.Error(), "--threads") {
		t.Errorf("code %d, %v", failure.CodeOf(err), err)
	}
	const endless = "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n > 0) SELECT COUNT(*) FROM t"
	cause := failure.Errorf(failure.Interrupted, "stopped")
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(200*time.Millisecond, func() { cancel(cause) })
	if _, err := run.Ask(ctx, endless, ""); failure.CodeOf(err) != failure.Interrupted && failure.CodeOf(err) != failure.Resources {
		t.Errorf("code %d, %v", failure.CodeOf(err), err)
	}
}

func unitsAndNotes(t *testing.T, plain *query.Run) {
	for _, c := range []struct{ text, units, notes string }{
		{"SELECT channel, revenue, roi, revenue / 2 AS half FROM channel_performance WHERE basis = 'period' AND model = 'linear'", "text, money, ratio, ", ""},
		{"SELECT channel, SUM(revenue) AS revenue FROM channel_performance GROUP BY ALL", "text, ", "the query does not name these columns of the key of channel_performance: basis (2 values), model (14 values). Choose one value of each or group by it: otherwise rows that must not be added may be added"},
		{"SELECT revenue FROM channel_performance WHERE basis || model = 'x' UNION ALL SELECT leads FROM channel_performance", "", ""},
		{"SELECT * REPLACE (1 AS revenue) FROM (SELECT revenue FROM channel_performance)", "", ""},
		{"SELECT linear_minor, value_minor FROM credits", "minor units, minor units", ""},
	} {
		a, err := plain.Ask(t.Context(), c.text, "")
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		a.Close()
		var units []string
		for _, column := range a.Columns {
			units = append(units, column.Unit)
		}
		if got, notes := strings.Join(units, ", "), strings.Join(a.Notes, "\n"); got != c.units || notes != c.notes {
			t.Errorf("%s\n got %q\nwant %q\n got %s\nwant %s", c.text, got, c.units, notes, c.notes)
		}
	}
}

// The DuckDB file has every view with its comments, and no person in any of its bytes.
func stored(t *testing.T, plain *query.Run) {
	directory := t.TempDir()
	path := filepath.Join(directory, "open.duckdb")
	if err := plain.Store(t.Context(), directory, path); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(content, []byte(querytest.Secret)) {
		t.Error("the file has an id of a person")
	}
	entries, err := os.ReadDir(directory)
	if err != nil || len(entries) != 1 {
		t.Errorf("beside the file: %v, %v", entries, err)
	}
	eng, err := engine.Open(t.Context(), engine.Options{Directories: []string{directory}})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	if err := eng.Exec(t.Context(), "ATTACH "+engine.Text(path)+" AS stored (READ_ONLY)"); err != nil {
		t.Fatal(err)
	}
	var tables, uncommented int
	var comment, column string
	for _, ask := range []struct {
		query string
		to    any
	}{
		{"SELECT COUNT(*) FROM duckdb_tables() WHERE database_name = 'stored'", &tables},
		{"SELECT COUNT(*) FROM duckdb_columns() WHERE database_name = 'stored' AND comment IS NULL", &uncommented},
		{"SELECT comment FROM duckdb_tables() WHERE database_name = 'stored' AND table_name = 'weekly'", &comment},
		{"SELECT comment FROM duckdb_columns() WHERE database_name = 'stored' AND table_name = 'channel_performance' AND column_name = 'roi'", &column},
	} {
		if err := eng.Row(t.Context(), ask.query, nil, ask.to); err != nil {
			t.Fatal(err)
		}
	}
	if tables != len(plain.Views) || uncommented > 0 {
		t.Errorf("%d tables of %d views, %d columns without a comment", tables, len(plain.Views), uncommented)
	}
	if !strings.HasPrefix(comment, "One row per department, line. Run 000001, as of 2025-") || !strings.HasPrefix(column, "unit: ratio; return on investment: ") {
		t.Errorf("%s\n%s", comment, column)
	}
}
