package attribution

import (
	"context"
	"embed"
	"fmt"
	"path"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

//go:embed sql/*.sql sql/check/*.sql
var files embed.FS

// statement returns the SQL text of sql/<file>.sql.
func statement(file string) string { return engine.File(files, "sql/"+file+".sql") }

//go:embed queries/*.sql
var queries embed.FS

// queryText is the SQL of queries/NAME.sql, with each {NAME} of these pairs replaced by what follows
// it: statements that Go runs with its own values, or whose rows Go reads.
func queryText(name string, replaced ...string) string {
	return engine.Statement(queries, "queries/"+name+".sql", replaced...)
}

// DefineFunctions makes the rounding functions of functions.sql, which reports use too.
func DefineFunctions(ctx context.Context, eng *engine.Engine) error {
	if err := eng.Exec(ctx, statement("functions")); err != nil {
		return fmt.Errorf("defining SQL functions: %w", err)
	}
	return nil
}

// A Check is a rule of the results that was tested in this run, over all rows.
type Check struct {
	Name string
	Doc  string // the rule: the comment at the top of its file
}

// broken is the error of a check in Go, with the first case that breaks its rule.
func (c Check) broken(format string, args ...any) error {
	return failure.Errorf(failure.Check, "check %s failed: %s: %s\nhint: nothing was published; report this as a defect of Tributary, unless the inputs changed during the run", c.Name, c.Doc, fmt.Sprintf(format, args...))
}

// check runs every query of sql/check.
func check(ctx context.Context, eng *engine.Engine) ([]Check, error) {
	return Checks(ctx, eng, files, "sql/check")
}

// Checks runs every SQL file of a folder, in the order of names. Each query returns the rows that
// break its rule, so any row fails the run.
func Checks(ctx context.Context, eng *engine.Engine, files embed.FS, folder string) ([]Check, error) {
	entries, err := files.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	checks := make([]Check, len(entries))
	err = eng.Parallel(ctx, len(entries), func(ctx context.Context, worker *engine.Engine, i int) error {
		text := engine.File(files, path.Join(folder, entries[i].Name()))
		checks[i] = Check{Name: strings.TrimSuffix(entries[i].Name(), ".sql"), Doc: engine.HeadOf(text)}
		return checks[i].Run(ctx, worker, text)
	})
	if err != nil {
		return nil, err
	}
	return checks, nil
}

// Run runs the query of a check. Any row that it returns is an error.
func (c Check) Run(ctx context.Context, eng *engine.Engine, query string) error {
	var broken int64
	var example string
	query = "SELECT COUNT(*), COALESCE(MIN(CAST(TO_JSON(b) AS VARCHAR)), '') FROM (" + query + ") AS b"
	if err := eng.Row(ctx, query, nil, &broken, &example); err != nil {
		return fmt.Errorf("check %s: %w", c.Name, err)
	}
	if broken > 0 {
		return failure.Errorf(failure.Check, "check %s failed: %s: %s this%s %s\nhint: nothing was published; report this as a defect of Tributary, unless the inputs changed during the run", c.Name, c.Doc,
			words.Count(broken, "row")+words.Choose(broken, " breaks", " break"), words.Choose(broken, ":", ", one of them is"), example)
	}
	return nil
}
