package ingest

import (
	"fmt"
	"slices"
	"strings"

	"tributary/internal/findings"
)

// costZones is the check of costs whose days are those of several time zones.
const costZones = "cost_days_of_several_zones"

// findCostZones says where sources of costs declare different zones for their days. A date is never
// shifted: the day of one platform begins some hours before that of another, and the costs of a day
// are not of the same hours.
func (l *loading) findCostZones() findings.Finding {
	reporting := l.job.Reporting.TimeZone
	var zones, parts []string
	rows := int64(0)
	next := 0
	for _, source := range l.job.Tables["costs"] {
		zone, names := source.TimeZone, source.Files
		if zone == "" {
			zone = reporting
		}
		if source.Select != "" {
			names = []string{source.SelectFile}
		}
		count := max(len(source.Files), 1)
		for _, f := range l.files["costs"][min(next, len(l.files["costs"])):min(next+count, len(l.files["costs"]))] {
			if zone != reporting {
				rows += f.Loaded
			}
		}
		next += count
		if !slices.Contains(zones, zone) {
			zones = append(zones, zone)
		}
		parts = append(parts, fmt.Sprintf("%s: %s", strings.Join(names, ", "), zone))
	}
	f := findings.Of("costs", costZones, findings.Warning, 0, "{row of costs is|rows of costs are} of days in another time zone than the reports")
	if len(zones) == 0 || len(zones) == 1 && zones[0] == reporting {
		return f
	}
	f = findings.Of("costs", costZones, findings.Warning, rows, "{row of costs is|rows of costs are} of days in another time zone than the reports")
	if rows > 0 {
		f.Sentence = fmt.Sprintf("costs: the days of these sources are of different time zones, and reports are in %s: %s; a cost near midnight may be booked on the day before or after", reporting, strings.Join(parts, "; "))
	}
	return f
}
