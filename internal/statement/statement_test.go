package statement_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/statement"
)

func open(t *testing.T) *engine.Engine {
	t.Helper()
	eng, err := engine.Open(t.Context(), engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { eng.Close() })
	for _, s := range []string{
		"CREATE TEMP TABLE members (Id VARCHAR, Name VARCHAR, Day VARCHAR)", "CREATE TEMP TABLE campaigns (Id VARCHAR, Type VARCHAR)",
		"INSERT INTO members VALUES ('1', 'Ann', '2025-01-05'), ('2', 'Ben', 'x')", "CREATE TABLE secret AS SELECT 1 AS a",
	} {
		if err := eng.Exec(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	return eng
}

// shown is the place and the text of what is wrong, or "fine".
func shown(err error) string {
	if problem, is := errors.AsType[*statement.Problem](err); is {
		return fmt.Sprintf("%d:%d: %s", problem.Line, problem.Column, problem.Text)
	}
	if err != nil {
		return "another error: " + err.Error()
	}
	return "fine"
}

func TestStatements(t *testing.T) {
	eng := open(t)
	for _, c := range []struct{ text, want string }{
		{"SELECT m.Id, c.Type FROM members AS m LEFT JOIN campaigns AS c ON c.Id = m.Id", "fine"},
		{"FROM members", "fine"},
		{"SELECT Id FROM MEMBERS; -- the end", "fine"},
		{"WITH m AS (SELECT * FROM members) SELECT * FROM m UNION ALL SELECT * FROM members ORDER BY 1", "fine"},
		{"SELECT UNNEST([Id, Name]) FROM members", "fine"},
		{"SELECT x FROM members, UNNEST(STRING_SPLIT(Name, 'n')) AS u(x)", "fine"},
		{"SELECT (SELECT MAX(Type) FROM campaigns) FROM members QUALIFY ROW_NUMBER() OVER (ORDER BY Id) = 1", "fine"},
		{"VALUES (1)", "fine"},
		{"SELECT LIST_AGGREGATE([1], 'sum')", "1:8: calls list_aggregate, which calls a function that is named in a text: call that function itself, such as list_sum"},
		{"", "0:0: has 0 statements: want one SELECT"},
		{"SELECT 1; SELECT 2", "0:0: has 2 statements: want one SELECT"},
		{"DROP TABLE members", "0:0: is no SELECT, or one with PIVOT, which cannot be checked: want one SELECT statement"},
		{"COPY (SELECT 1) TO 'p'", "0:0: is no SELECT, or one with PIVOT, which cannot be checked: want one SELECT statement"},
		{"SELECT *\nFRM members", `2:5: syntax error at or near "members"`},
		{"SELECT 1 -- é\nFROM secret", `2:6: reads "secret", which is not one of its relations (it may read members, campaigns)`},
		{"SELECT 'é' FROM secret", `1:17: reads "secret", which is not one of its relations (it may read members, campaigns)`},
		{"SELECT * FROM member", `1:15: reads "member", which is not one of its relations (did you mean members?)`},
		{"SELECT * FROM main.members", `1:15: names a schema before "members", but its relations have none`},
		{"SELECT * FROM 'x.csv'", `1:15: reads "x.csv", which is not one of its relations (it may read members, campaigns)`},
		{"SELECT * FROM members WHERE EXISTS (SELECT 1 FROM secret)", `1:51: reads "secret", which is not one of its relations (it may read members, campaigns)`},
		{"SELECT * FROM read_csv('x')", "1:15: calls read_csv, and a statement reads only the relations that it is given (members, campaigns)"},
		{"SELECT * FROM query('SELECT 1')", "1:15: calls query, and a statement reads only the relations that it is given (members, campaigns)"},
		{"SELECT * FROM duckdb_settings()", "1:15: calls duckdb_settings, and a statement reads only the relations that it is given (members, campaigns)"},
		{"DESCRIBE members", "0:0: is no plain SELECT"},
		{"SELECT NOW() FROM members", "1:8: calls now, whose answer changes from run to run"},
		{"SELECT Id,\n  CURRENT_DATE FROM members", "2:3: asks the clock (current_date): its answer changes from run to run"},
		{"SELECT RANDOM() FROM members", "1:8: calls random, whose answer changes from run to run"},
		{"SELECT AGE(TIMESTAMP '2020-01-01') FROM members", "1:8: calls age, whose answer changes from run to run"},
		{"SELECT AGE(TIMESTAMP '2020-01-01', TIMESTAMP '2021-01-01') FROM members", "fine"},
		{"SELECT * FROM members USING SAMPLE 1", "0:0: takes a sample, which differs from run to run"},
		{"SELECT ? FROM members", "0:0: has a parameter without a value"},
	} {
		_, err := statement.Parse(t.Context(), eng, c.text, []string{"members", "campaigns"})
		if got := shown(err); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// A column that is not read need not be loaded; one that may be has to.
func TestReads(t *testing.T) {
	eng := open(t)
	for _, c := range []struct{ text, want string }{
		{"SELECT m.Id FROM members AS m", "id"},
		{"SELECT id FROM members WHERE \"NAME\" = 'x'", "id name"},
		{"SELECT * FROM members", "id name day"},
		{"SELECT COLUMNS('I.*') FROM members", "id name day"},
		{"SELECT m FROM members AS m", "id name day"},
		{"SELECT 1 FROM members NATURAL JOIN campaigns", "id name day"},
		{"SELECT Type FROM members JOIN campaigns USING (Id)", "id"},
		{"WITH w AS (SELECT day AS x FROM members) SELECT x FROM w", "day"},
		{"SELECT COUNT(*) FROM members", ""},
	} {
		s, err := statement.Parse(t.Context(), eng, c.text, []string{"members", "campaigns"})
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
		}
		var read []string
		for _, name := range []string{"id", "name", "day"} {
			if s.Reads(strings.ToUpper(name)) {
				read = append(read, name)
			}
		}
		if got := strings.Join(read, " "); got != c.want {
			t.Errorf("%s\n got %q, want %q", c.text, got, c.want)
		}
	}
}

// What the engine finds wrong is named in the analyst's own text.
func TestPlacesOfTheEngine(t *testing.T) {
	eng := open(t)
	for _, c := range []struct{ text, want string }{
		{"SELECT Id FROM members", "fine"},
		{"SELECT Id,\n  Nme FROM members", `2:3: Binder Error: Referenced column "Nme" not found in FROM clause! Candidate bindings: "Name"`},
		{"SELECT 'é', nofun(Id)\nFROM members", `1:13: Catalog Error: Scalar Function with name nofun does not exist! Did you mean "count"?`},
		{"SELECT\n  CAST(Day AS DATE)\nFROM members", `2:3: Conversion Error: invalid date field format: "x", expected format is (YYYY-MM-DD) when casting from source column Day`},
		{"SELECT " + strings.Repeat("'", 2) + strings.Repeat(" || Name", 20) + " || Nme FROM members", `1:174: Binder Error: Referenced column "Nme" not found in FROM clause! Candidate bindings: "Name"`},
	} {
		err := statement.CreateTable(t.Context(), eng, "answer", c.text)
		if got := shown(err); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}
