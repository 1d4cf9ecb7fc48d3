package explain

import (
	"context"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
)

// unknown is the error about an argument that names nothing, with the ids that are nearest to it.
func unknown(ctx context.Context, eng *engine.Engine, run, given string) error {
	near, err := eng.Texts(ctx, queryText("near"), given)
	if err != nil && ctx.Err() != nil {
		return err
	}
	meant := ""
	if len(near) > 0 { // none either where the query fails: the argument is wrong all the same
		meant = " (did you mean " + strings.Join(near, " or ") + "?)"
	}
	return failure.Errorf(failure.Usage, "run %s has no opportunity %q, nor a person of that id%s\nhint: ids are compared byte by byte; write people as contact:ID or lead:ID", run, given, meant)
}
