package reports

import (
	"context"

	"github.com/tributary-engine/tributary/internal/engine"
)

// DefineFunctions makes the macros of reports for those who read a published run: they round as the
// reports do. The scale is that of minor units.
func DefineFunctions(ctx context.Context, eng *engine.Engine, minorScale int) error {
	return defineFunctions(ctx, eng, minorScale)
}
