package ingest

import (
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/internal/findings"
)

// costZones is the check of costs whose days are those of several time zones.
const costZones = "cost_days_of_several_zones"

// findCostZones says where sources of costs declare different zones for their days. A date is never
// shifted: the day of one platform begins some hours before that of another, and the costs of a day
// are not of the same hours.
func (l *loading) findCostZones() findings.Finding {
	reporting := l.job.Reporting.TimeZone
	var parts []string
	rows := int64(0)
	next := 0
	sources, files := l.job.Tables["costs"], l.files["costs"]
	for i, source := range sources {
		zone, names := source.TimeZone, sources.Names("costs", i)
		if zone == "" {
			zone = reporting
		}
		for _, f := range files[min(next, len(files)):min(next+len(names), len(files))] {
			if zone != reporting {
				rows += f.Loaded
			}
		}
		next += len(names)
		parts = append(parts, fmt.Sprintf("%s: %s", strings.Join(names, ", "), zone))
	}
	f := findings.Of("costs", costZones, findings.Warning, rows, "{row of costs is|rows of costs are} of days in another time zone than the reports")
	if rows > 0 {
		f.Sentence = fmt.Sprintf("costs: the days of these sources are of different time zones, and reports are in %s: %s; a cost near midnight may be booked on the day before or after", reporting, strings.Join(parts, "; "))
	}
	return f
}
