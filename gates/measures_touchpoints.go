package gates

import (
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
)

// lateTouches is the SQL of the number of touchpoints after as-of, which were set aside. It depends on
// as-of, and not on the file.
const lateTouches = "(SELECT COUNT(*) FROM late_touches)"

// filledOfTouches counts the values of the columns of touchpoints. To scan less, it reads most columns
// from touch_names and touch_kinds, which have one row for all touchpoints with the same values.
func filledOfTouches(t contract.Table) []string {
	names := []string{"contact_id", "lead_id", "email", "anonymous_id"}
	kinds := []string{"channel", "campaign_id", "touch_type", "status", "asset", "source", "medium"}
	scanned := slices.DeleteFunc(slices.Clone(t.Columns), func(c contract.Column) bool { return slices.Contains(slices.Concat(names, kinds), c.Name) })
	queries := []string{filled(t, "raw_touchpoints", scanned)}
	for relation, columns := range map[string][]string{"touch_names": names, "touch_kinds": kinds} {
		var counts []string
		for _, c := range columns {
			counts = append(counts, "COALESCE(SUM(CASE WHEN "+c+" IS NOT NULL THEN touches END), 0)")
		}
		queries = append(queries, "SELECT 'filled', 'touchpoints', UNNEST(['"+strings.Join(columns, "', '")+"']), NULL, NULL, UNNEST(counts), total, NULL "+
			"FROM (SELECT ["+strings.Join(counts, ", ")+"] AS counts, COALESCE(SUM(touches), 0) AS total FROM "+relation+")")
	}
	return queries
}
