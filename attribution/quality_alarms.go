package attribution

import (
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/findings"
)

// alarms are checks of what can be read, keeps every rule, and is probably not meant: each with the
// limit from which it speaks. "Most" is more than half.
func alarms(reporting findings.Currency) []findings.Check {
	return slices.Concat(
		mostlyExcluded(), lateConversions(reporting), misplacedSpend(reporting), leadsInRoles(reporting), invertedRates(reporting),
		oddMidnights(reporting), formsOfIDs(),
	)
}

// mostlyExcluded are alarms of rules that take more than half of all touches. The examples are the
// commonest words, with their touches.
func mostlyExcluded() []findings.Check {
	by := func(column, remedy string) findings.Check {
		return findings.Check{Table: "touchpoints", Name: "mostly_excluded_by_" + column, Severity: findings.Warning,
			Meaning: "{touchpoint is|touchpoints are} excluded by " + column + ", more than half of all", Remedy: remedy,
			Query: strings.ReplaceAll(`WITH taken AS (
					SELECT COALESCE({column}, '(none)') AS word, SUM(touches) AS n FROM touch_groups
					WHERE excluded_reason = '{column}' GROUP BY {column}
				),
				placed AS (SELECT word, n, ROW_NUMBER() OVER (ORDER BY n DESC, word) AS place, SUM(n) OVER () AS all_taken FROM taken)
				SELECT CASE WHEN p.place <= 3 THEN p.word || ' (' || CAST(p.n AS BIGINT) || ')' END AS key, p.n
				FROM placed AS p
				WHERE 2 * p.all_taken > (SELECT SUM(touches) FROM touch_groups)`, "{column}", column)}
	}
	return []findings.Check{
		by("status", "list the statuses that count under journey.responses, and those that do not under journey.not_responses"),
		by("touch_type", "list the types that count under journey.touch_types"),
	}
}

// lateConversions are alarms of kinds of conversions that as-of leaves nothing of.
func lateConversions(reporting findings.Currency) []findings.Check {
	return []findings.Check{
		{Table: findings.Run, Name: "every_conversion_after_as_of", Severity: findings.Warning, Currency: reporting,
			// An opportunity is pipeline first and revenue then: its amount counts once.
			Meaning: "{conversion is|conversions are} after as-of, like all others of {its|their} type, so none of that type is counted", Remedy: "check --as-of",
			Query: `WITH late AS (
					SELECT conversion_type, COUNT(*) AS n, SUM(CAST(value_minor AS HUGEINT)) AS minor
					FROM conversions GROUP BY conversion_type HAVING NOT BOOL_OR(is_counted)
				)
				SELECT y.name AS key, l.n,
					CASE WHEN l.conversion_type = (SELECT MAX(conversion_type) FROM late WHERE conversion_type <= 1) THEN l.minor * 1000000 // g.minor_per_unit END AS micros
				FROM late AS l
				INNER JOIN conversion_types AS y ON y.conversion_type = l.conversion_type
				CROSS JOIN settings AS g`},
	}
}
