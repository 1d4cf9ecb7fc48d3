package attribution

import (
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
)

// Stretches of days that overlap or follow each other become one; a day between them keeps them
// apart. The contacts K1 and K2 are of one person, 1, and the days are as long as microseconds. An
// open end has no day after it, an open start none before it.
func TestStretchesAtAnAccountAreJoined(t *testing.T) {
	for _, c := range []struct{ name, rows, want string }{
		{"a row per day", "(1, 'K1', 3, 3), (1, 'K1', 1, 1), (1, 'K1', 2, 2)", "1: 10 to 39"},
		{"a gap of a day", "(1, 'K1', 1, 1), (1, 'K1', 3, 3)", "1: 10 to 19, 1: 30 to 39"},
		{"an overlap", "(1, 'K1', 1, 3), (1, 'K2', 2, 5)", "1: 10 to 59"},
		{"one inside of another, and the day after the longer one", "(1, 'K1', 1, 4), (1, 'K1', 2, 2), (1, 'K1', 5, 5)", "1: 10 to 59"},
		{"the last day and everything after it", "(1, 'K1', 1, 1), (1, 'K1', 2, NULL)", "1: 10 to max"},
		{"everything up to a day, and the day after it", "(1, 'K1', NULL, 4), (1, 'K1', 5, 5)", "1: min to 59"},
		{"an open end, and days after it", "(1, 'K1', 1, NULL), (1, 'K1', 4, 4)", "1: 10 to max"},
		{"open on both sides, twice", "(1, 'K1', NULL, NULL), (1, 'K2', NULL, NULL)", "1: min to max"},
		{"at two accounts", "(1, 'K1', 1, 1), (2, 'K1', 2, 2)", "1: 10 to 19, 2: 20 to 29"},
	} {
		t.Run(c.name, func(t *testing.T) {
			eng, err := engine.Open(t.Context(), engine.Options{TempDir: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			defer eng.Close()
			for _, statement := range []string{
				`CREATE TABLE account_contacts AS SELECT CAST(a AS VARCHAR) AS account_id, c AS contact_id, s AS starts_on, e AS ends_on
					FROM (VALUES ` + c.rows + `) AS v(a, c, s, e)`,
				`CREATE TABLE node_persons AS SELECT * FROM (VALUES (0, 'K1', 0, 1), (1, 'K2', 0, 1)) AS v(node_key, id, kind, person_key)`,
				`CREATE TABLE membership_days AS SELECT d AS day, CAST(10 * d AS BIGINT) AS starts_us, CAST(10 * d + 9 AS BIGINT) AS ends_us FROM RANGE(1, 9) AS r(d)`,
				`CREATE TABLE person_records (person_key BIGINT, node_key BIGINT, kind INTEGER, account_id VARCHAR)`,
				`CREATE TABLE people (person_key BIGINT, account_id VARCHAR, match_method VARCHAR)`,
			} {
				if err := eng.Exec(t.Context(), statement); err != nil {
					t.Fatal(err)
				}
			}
			if err := sql("account_people").run(t.Context(), &work{engine: eng}); err != nil {
				t.Fatal(err)
			}
			got, err := eng.Texts(t.Context(), `
				SELECT account_id || ': ' || CASE WHEN from_us = -9223372036854775808 THEN 'min' ELSE CAST(from_us AS VARCHAR) END
					|| ' to ' || CASE WHEN until_us = 9223372036854775807 THEN 'max' ELSE CAST(until_us AS VARCHAR) END
				FROM account_people ORDER BY account_id, from_us`)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(got, ", "); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}
