package ingest

import (
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// Relations returns the relations that reading makes, in order. The contract tables are views, through
// which later stages read the loaded rows.
func Relations() []engine.Relation {
	var all, views []engine.Relation
	for _, t := range contract.Tables() {
		raw := "raw_" + t.Name
		if t.Streams {
			all = append(all,
				engine.Relation{Name: rawRead(t), Grain: "one row per row of " + t.Name + " that Go typed", MadeBy: "ingest/read.go"},
				engine.Relation{Name: removed(t), Grain: "one row per row that was removed from " + t.Name + " after it was read", MadeBy: "ingest/raw.go"},
				engine.Relation{Name: raw, Grain: "one row per loaded row of " + t.Name, MadeBy: "ingest/raw.go", Reads: []string{rawRead(t), removed(t)}})
		} else {
			all = append(all, engine.Relation{Name: raw, Grain: "one row per loaded row of " + t.Name + ", with its file and line", MadeBy: "ingest/read.go"})
		}
		views = append(views, engine.Relation{Name: t.Name, Grain: "one row per loaded row, in the columns of the contract", MadeBy: "ingest/load.go", Reads: []string{"currencies", raw}})
	}
	all = append(all,
		engine.Relation{Name: "late_touches", Grain: "one row per touchpoint after as-of", MadeBy: "ingest/resolve_as_of.go", Reads: []string{"raw_touchpoints"}},
		engine.Relation{Name: "touch_moments", Grain: "one row per corrected touchpoint: when it was recorded, and when it happened", MadeBy: "ingest/corrections.go", Reads: []string{"raw_touch_corrections", "raw_touchpoints"}},
		engine.Relation{Name: "currencies", Grain: "one row per currency of the data: the decimals of its minor unit", MadeBy: "ingest/resolve_currency.go"})
	return append(append(all, views...),
		engine.Relation{Name: "touch_files", Grain: "one row per file of touchpoints: the number of its first row", MadeBy: "ingest/touches.go", Reads: []string{"raw_touchpoints"}},
		engine.Relation{Name: "touch_names", Grain: "one row per combination of ids by which touchpoints name a person", MadeBy: "ingest/touches.go", Reads: []string{"raw_touchpoints"}},
		engine.Relation{Name: "kept_assets", Grain: "one row per asset of touchpoints that is told apart: the 10,000 with the most touchpoints", MadeBy: "ingest/touches.go", Reads: []string{"raw_touchpoints"}},
		engine.Relation{Name: "kept_sources", Grain: "the same of sources", MadeBy: "ingest/touches.go", Reads: []string{"raw_touchpoints"}},
		engine.Relation{Name: "kept_mediums", Grain: "the same of mediums", MadeBy: "ingest/touches.go", Reads: []string{"raw_touchpoints"}},
		engine.Relation{Name: "touch_kinds", Grain: "one row per combination of channel, campaign, type, status, asset, source and medium of touchpoints", MadeBy: "ingest/touches.go", Reads: []string{"kept_assets", "kept_mediums", "kept_sources", "raw_touchpoints"}},
		engine.Relation{Name: "touch_rows", Grain: "one row per touchpoint: its number, id, instant, name and kind", MadeBy: "ingest/touches.go", Reads: []string{"kept_assets", "kept_mediums", "kept_sources", "raw_touchpoints", "touch_files"}},
		engine.Relation{Name: "control_lines", Grain: "one row per control total", MadeBy: "ingest/control_totals.go", Reads: []string{"control_totals"}},
	)
}
