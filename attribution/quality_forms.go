package attribution

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
)

// formsOfIDs returns the checks of ids that would match another table if both exports wrote ids in the
// same way, one for each table with references. The examples have both forms. An id that would match
// several ids of the other table, ignoring case, blanks and .0, is not found.
func formsOfIDs() []findings.Check {
	var checks []findings.Check
	for _, r := range pointers() {
		if slices.ContainsFunc(checks, func(c findings.Check) bool { return c.Table == r.table }) {
			continue
		}
		checks = append(checks, findings.Check{Table: r.table, Name: "ids_meet_but_for_their_form", Grain: "id, with the form of the other table", Severity: findings.Warning,
			Meaning: "{id matches|ids match} no row as written, but would match without a \".0\" at the end, blanks around {it|them}, or differences of case", Remedy: "export ids as text",
			From: "id_forms", Key: "forms", Rows: "n", Where: "table_name = '" + r.table + "'"})
	}
	return checks
}

// findIDForms makes id_forms: one row per table and pair of forms of an id, the one of
// unknown_references and that of the other table, with the rows that have the first one.
func findIDForms(ctx context.Context, eng *engine.Engine) error {
	others, err := eng.Texts(ctx, `SELECT DISTINCT other FROM unknown_references ORDER BY other`)
	if err != nil {
		return err
	}
	known := []string{"SELECT CAST(NULL AS VARCHAR) AS other, CAST(NULL AS VARCHAR) AS id, CAST(NULL AS VARCHAR) AS plain WHERE FALSE"}
	for _, other := range others { // ids that point nowhere are few: they alone are put into a hash table, and those of the other tables pass by
		known = append(known, reference{other: other}.named("SELECT '{other}', {key}, "+plainID("{key}")+" FROM {other}"))
	}
	query := checkQuery("shapes/id_forms", "{plain}", plainID("key"), "{known}", strings.Join(known, "\nUNION ALL "))
	if err := eng.Exec(ctx, query); err != nil {
		return fmt.Errorf("comparing ids by their form: %w", err)
	}
	return nil
}

// plainID is the SQL of an id without the changes that exports make: blanks around it, a .0 at its
// end, and its case. Most ids have none of them, so the slow steps are only taken for ids that need
// them.
func plainID(id string) string {
	trimmed := "TRIM({id}, ' ' || CHR(9) || CHR(160))"
	return strings.ReplaceAll("LOWER(CASE WHEN CONTAINS({id}, ' ') OR CONTAINS({id}, CHR(9)) OR CONTAINS({id}, CHR(160)) OR ENDS_WITH({id}, '.0') THEN "+
		"CASE WHEN ENDS_WITH("+trimmed+", '.0') THEN LEFT("+trimmed+", LENGTH("+trimmed+") - 2) ELSE "+trimmed+" END ELSE {id} END)", "{id}", id)
}
