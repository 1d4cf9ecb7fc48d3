package reports

import "tributary/internal/engine"

// Relations returns what reports make in the engine, in the order in which they do.
func Relations() []engine.Relation {
	all := []engine.Relation{
		{Name: "findings", Grain: "one row per finding", MadeBy: "internal/findings/store.go"},
		{Name: "report_period", Grain: "one row: the reporting period and the currency", MadeBy: "reports/write.go", Reads: []string{"settings"}},
		{Name: "opportunity_types", Grain: "one row per opportunity type: its place in reports", MadeBy: "reports/write.go"},
		{Name: "performance", Grain: "one row per basis, opportunity type, model, month, campaign and channel", MadeBy: "reports/sql/shared/performance.sql", Reads: []string{"cost_days", "cube", "models"}},
		{Name: "funnel_volumes", Grain: "one row per stage and cell of the funnel", MadeBy: "reports/funnel_rates.go", Reads: []string{"opportunity_entries", "person_entries"}},
		{Name: "funnel_rates", Grain: "one row per stage, later stage and cell of the funnel", MadeBy: "reports/funnel_rates.go", Reads: []string{"opportunity_entries", "person_entries"}},
	}
	for _, r := range All() {
		all = append(all, engine.Relation{Name: "report_" + r.Name, Grain: r.Doc, MadeBy: "reports/sql/" + r.Name + ".sql"})
	}
	return all
}
