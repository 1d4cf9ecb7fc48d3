package job

import (
	"slices"

	"github.com/tributary-engine/tributary/activation"
	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/gates"
	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/reports"
)

// Relations returns every table and view that a run makes in the engine, in the order in which it
// does.
func Relations() []engine.Relation {
	return slices.Concat(ingest.Relations(), gates.Relations(), attribution.Relations(), reports.Relations(), activation.Relations())
}
