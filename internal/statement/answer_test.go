package statement_test

import (
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/statement"
)

func TestRelationsAndColumnsOfTheAnswer(t *testing.T) {
	eng := open(t)
	for _, c := range []struct{ text, relations, keeps string }{
		{"SELECT m.Id, Name FROM Members AS m", "members", "id name"},
		{"SELECT * FROM members JOIN campaigns USING (Id) WHERE EXISTS (FROM members)", "campaigns members", "id name"},
		{"WITH members AS (SELECT 1 AS id) SELECT id FROM members", "", "name"},
		{"WITH w AS (WITH members AS (SELECT 1 AS id) SELECT id FROM members) SELECT w.id FROM w, members", "members", "name"},
		{"SELECT MAX(Name) AS name, Id FROM members", "members", "id"},
		{"SELECT id FROM (SELECT Name FROM members) AS t(id)", "members", "name"},
		{"WITH w(id) AS (SELECT Name FROM members) SELECT id FROM w", "members", "name"},
		{"SELECT Id FROM members UNION ALL SELECT Name FROM members", "members", ""},
		{"SELECT * REPLACE (1 AS id) FROM members", "members", ""},
		{"SELECT * RENAME (Id AS Name) FROM members", "members", ""},
		{"SELECT COLUMNS(*) FROM members", "members", ""},
		{"SELECT {'id': 1}.id", "", "name"},
	} {
		s, err := statement.Parse(t.Context(), eng, c.text, []string{"members", "campaigns"})
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		var keeps []string
		for _, name := range []string{"id", "name"} {
			if s.Keeps(name) {
				keeps = append(keeps, name)
			}
		}
		if got := strings.Join(s.Relations(), " "); got != c.relations || strings.Join(keeps, " ") != c.keeps {
			t.Errorf("%s\n reads %q, want %q; keeps %q, want %q", c.text, got, c.relations, keeps, c.keeps)
		}
	}
}
