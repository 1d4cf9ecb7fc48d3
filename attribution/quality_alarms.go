package attribution

import "github.com/tributary-engine/tributary/internal/findings"

// mostlyExcluded returns the checks of rules that exclude more than half of all touchpoints. The
// examples are the most frequent words, with their numbers of touchpoints.
func mostlyExcluded() []findings.Check {
	by := func(column, remedy string) findings.Check {
		return findings.Check{Table: "touchpoints", Name: "mostly_excluded_by_" + column, Severity: findings.Warning, Grain: column,
			Meaning: "{touchpoint is|touchpoints are} excluded by " + column + ", more than half of all", Remedy: remedy,
			Query: checkQuery("shapes/mostly_excluded", "{column}", column)}
	}
	return []findings.Check{
		by("status", "list the statuses that count under journey.responses, and those that do not under journey.not_responses"),
		by("touch_type", "list the types that count under journey.touch_types"),
	}
}
