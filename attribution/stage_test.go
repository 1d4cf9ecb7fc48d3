package attribution

import (
	"slices"
	"testing"

	"tributary/internal/engine"
)

// Every way to break a promise is found, and what keeps it is not.
func TestChecksFindWhatIsBroken(t *testing.T) {
	for _, c := range []struct {
		check  string
		tables []string
		column string
		broken []string
	}{
		{"conversions_have_journey_or_reason", []string{
			`CREATE TABLE conversions AS SELECT * FROM (VALUES
				(1, 'touched', TRUE), (2, 'reasoned', TRUE), (3, 'late', FALSE), (4, 'forgotten', TRUE), (5, 'both', TRUE), (6, 'neither', TRUE),
				(7, 'late with a journey', FALSE)) AS v (conversion_key, opportunity_id, is_counted)`,
			`CREATE TABLE journeys AS SELECT * FROM (VALUES (1, 2, NULL), (2, 0, 'no_touches'), (5, 2, 'no_touches'), (6, 0, NULL), (7, 2, NULL)) AS v (conversion_key, touches, reason)`,
		}, "opportunity_id", []string{"both", "forgotten", "late with a journey", "neither"}},
		{"every_stage_entry_is_kept", []string{
			`CREATE TABLE funnel_stages AS SELECT * FROM (VALUES (1, 2), (2, 3), (9, NULL)) AS v (position, conversion_type)`,
			`CREATE TABLE person_entries AS SELECT * FROM (VALUES (10, 1), (10, 1), (10, 2), (11, 1), (12, 1), (13, 9), (NULL, 1)) AS v (person_key, position)`,
			`CREATE TABLE conversions AS SELECT * FROM (VALUES (10, 2), (10, 3), (10, 0), (12, 2), (12, 2), (14, 3), (NULL, 2), (NULL, 1)) AS v (person_key, conversion_type)`,
		}, "COALESCE(CAST(person_key AS VARCHAR), 'none')", []string{"11", "12", "13", "14", "none"}},
	} {
		eng, err := engine.Open(t.Context(), engine.Options{Threads: 2})
		if err != nil {
			t.Fatal(err)
		}
		defer eng.Close()
		for _, table := range c.tables {
			if err := eng.Exec(t.Context(), table); err != nil {
				t.Fatal(err)
			}
		}
		text, err := statement("check/" + c.check)
		if err != nil {
			t.Fatal(err)
		}
		broken, err := eng.Texts(t.Context(), "SELECT "+c.column+" FROM ("+text+") ORDER BY 1")
		if err != nil || !slices.Equal(broken, c.broken) {
			t.Errorf("%s: found %q, %v, want %q", c.check, broken, err, c.broken)
		}
	}
}
