package gates

import "github.com/tributary-engine/tributary/internal/engine"

// Relations returns the relations that the gates make: the measures of this run, those of the
// baselines, and small tables of settings and inputs.
func Relations() []engine.Relation {
	relation := func(name, grain, file string, reads ...string) engine.Relation {
		return engine.Relation{Name: name, Grain: grain, MadeBy: "gates/" + file, Reads: reads}
	}
	return []engine.Relation{
		relation("baselines", "one row per measure of one of the last published runs", "evaluator.go"),
		relation("baseline", "one row per measure of the last published run", "evaluator.go", "baselines"),
		relation("input_files", "one row per input file", "inputs.go"),
		relation("input_parts", "one row per input file, and per file of a SELECT: its rows", "inputs.go"),
		relation("baseline_parts", "the same, of the last published run", "inputs.go"),
		relation("baseline_files", "one row per input file of the last published run", "inputs.go"),
		relation("damaged_runs", "one row per published run that cannot be compared", "inputs.go"),
		relation("named_words", "one row per column and word that the configuration names", "inputs.go"),
		relation("gate_tables", "one row per table of the contract: what is expected of it", "inputs.go"),
		relation("gate_settings", "one row: the instants and days by which gates compare", "sql/gate_settings.sql"),
		relation("newest_rates", "one row per currency: its newest exchange rate", "sql/newest_rates.sql", "currencies", "exchange_rates"),
		relation("measures", "one row per measure of this run", "measures.go", "newest_rates"),
	}
}
