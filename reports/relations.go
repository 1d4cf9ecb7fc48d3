package reports

import (
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
)

// Relations returns what reports make in the engine, in the order in which they do.
func Relations() []engine.Relation {
	all := []engine.Relation{
		{Name: "findings", Grain: "one row per finding", MadeBy: "internal/findings/store.go"},
		{Name: "report_period", Grain: "one row: the reporting period and the currency", MadeBy: "reports/sql/shared/report_period.sql", Reads: []string{"settings"}},
	}
	for _, name := range shared {
		all = append(all, engine.RelationOf(text("shared/"+name), name, "reports/sql/shared/"))
	}
	for _, name := range performance {
		all = append(all, engine.RelationOf(text("performance/"+name), name, "reports/sql/performance/"))
	}
	for _, r := range All() {
		all = append(all, engine.Relation{Name: "report_" + r.Name, Grain: "one row per " + strings.Join(r.Grain, ", "),
			MadeBy: "reports/sql/" + r.Name + ".sql", Reads: engine.ReadsOf(r.query)})
	}
	return append(all, engine.Relation{Name: "data_dictionary", Grain: "one row per report and column", MadeBy: "reports/dictionary.go"})
}
