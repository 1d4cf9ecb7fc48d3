package job

import (
	"slices"

	"tributary/activation"
	"tributary/attribution"
	"tributary/gates"
	"tributary/ingest"
	"tributary/internal/engine"
	"tributary/reports"
)

// Relations returns every table and view that a run makes in the engine, in the order in which it
// does.
func Relations() []engine.Relation {
	return slices.Concat(ingest.Relations(), gates.Relations(), attribution.Relations(), reports.Relations(), activation.Relations())
}
