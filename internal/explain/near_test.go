package explain

import (
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
)

// An id that is not known is answered with those that were probably meant.
func TestUnknownIdNamesTheNearestOnes(t *testing.T) {
	eng, err := engine.Open(t.Context(), engine.Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	for _, s := range []string{
		`CREATE TABLE conversions AS SELECT UNNEST(['OPP-103', 'OPP-101', 'OPP-100', 'OPP-102', 'OPP-102', '006A0000001abcd', NULL]) AS opportunity_id`,
		`CREATE TABLE person_ids AS SELECT * FROM (VALUES ('contact', 'C-77'), ('lead', 'L-9')) AS v(kind, id)`,
	} {
		if err := eng.Exec(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ what, given, want string }{
		{"a person without its kind", "c-77", "contact:C-77"},
		{"other letters", "opp-101", "OPP-101 or OPP-100 or OPP-102"}, // the other two are one edit away, as OPP-103 is
		{"the beginning of four, of which three are named", "OPP-", "OPP-100 or OPP-101 or OPP-102"},
		{"18 characters of an id of 15", "006a0000001ABCDEAY", "006A0000001abcd"},
		{"two characters exchanged", "OPP-010", "OPP-100"},
		{"a kind with a typing error", "contat:C-77", "contact:C-77"},
		{"two edits in seven characters", "OPX-X00", ""},
		{"nothing near", "something else", ""},
	} {
		want := `run 000007 has no opportunity "` + c.given + `", nor a person of that id`
		if c.want != "" {
			want += " (did you mean " + c.want + "?)"
		}
		err := unknown(t.Context(), eng, "000007", c.given)
		if got, _, _ := strings.Cut(err.Error(), "\n"); got != want {
			t.Errorf("%s: %s, want %s", c.what, got, want)
		}
	}
}
