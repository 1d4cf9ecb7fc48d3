package planning

import (
	"context"
	"time"

	"github.com/tributary-engine/tributary/internal/engine"
)

// Run makes one relation, for the tests of stages. Weeks begin on Monday, in UTC.
func Run(ctx context.Context, eng *engine.Engine, name string) error {
	if err := defineFunctions(ctx, eng); err != nil {
		return err
	}
	for _, t := range tasks() {
		if t.relation.Name == name {
			return t.run(ctx, eng, options{time.UTC, "monday"})
		}
	}
	panic(name)
}
