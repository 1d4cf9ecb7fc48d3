package attribution

import (
	"context"
	"fmt"
	"slices"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/progress"
)

// Credit makes the conversions, the costs and the credit of a run from the contract tables, and checks
// them. It makes no other relations of reports, and compares no control totals.
func Credit(ctx context.Context, eng *engine.Engine, models []credit.Model, o Options, show *progress.Display) error {
	return creditFrom(ctx, eng, models, o, show, slices.Concat(defining, stitching, findingConversions, crediting))
}

// Recredit makes the conversions and the credit again under other options, in an engine in which
// Credit has run. The options must stitch people in the same way, because their relations are used
// again.
func Recredit(ctx context.Context, eng *engine.Engine, models []credit.Model, o Options, show *progress.Display) error {
	tasks := slices.Concat(defining, findingConversions, crediting)
	var names []string
	for _, t := range tasks {
		for _, r := range t.makes {
			names = append(names, r.Name)
		}
	}
	slices.Reverse(names) // a view before what it reads
	for _, name := range names {
		var kind string
		if err := eng.Row(ctx, `SELECT COALESCE(MAX(table_type), '') FROM information_schema.tables WHERE table_name = ?`, []any{name}, &kind); err != nil {
			return err
		}
		object := map[string]string{"BASE TABLE": "TABLE", "VIEW": "VIEW"}[kind]
		if object == "" {
			continue
		}
		if err := eng.Exec(ctx, "DROP "+object+" "+engine.Name(name)); err != nil {
			return fmt.Errorf("dropping %s: %w", name, err)
		}
	}
	return creditFrom(ctx, eng, models, o, show, tasks)
}

func creditFrom(ctx context.Context, eng *engine.Engine, models []credit.Model, o Options, show *progress.Display, tasks []task) error {
	w := &work{engine: eng, options: o, models: models, show: show}
	if err := w.take(ctx, tasks); err != nil {
		return err
	}
	_, err := check(ctx, eng)
	return err
}
