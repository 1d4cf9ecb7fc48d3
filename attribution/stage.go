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

// DefineFunctions makes the functions of functions.sql, in which SQL rounds: reports use them too.
func DefineFunctions(ctx context.Context, eng *engine.Engine) error {
	for function := range strings.SplitSeq(statement("functions"), ";\n") {
		if err := eng.Exec(ctx, function); err != nil {
			return fmt.Errorf("defining SQL functions: %w", err)
		}
	}
	return nil
}

// A Check is a promise that was put to the test in this run, over all of its rows.
type Check struct {
	Name string
	Doc  string // what it promises: the first comment of its file
}

// broken is the error of a check that Go makes: the first of what breaks its promise.
func (c Check) broken(format string, args ...any) error {
	return failure.Errorf(failure.Check, "check %s failed: %s: %s\nhint: nothing was published; report this as a defect of Tributary, unless the inputs changed during the run", c.Name, c.Doc, fmt.Sprintf(format, args...))
}

// check asks every file of sql/check; each answers with the rows that break its promise, and none
// may.
func check(ctx context.Context, eng *engine.Engine) ([]Check, error) {
	return Checks(ctx, eng, files, "sql/check")
}

// Checks asks every SQL file of a folder, in the order of names, for rows that break its promise. A
// row fails the run.
func Checks(ctx context.Context, eng *engine.Engine, files embed.FS, folder string) ([]Check, error) {
	entries, err := files.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	checks := make([]Check, len(entries))
	err = eng.Parallel(ctx, len(entries), func(ctx context.Context, worker *engine.Engine, i int) error {
		text := engine.File(files, path.Join(folder, entries[i].Name()))
		checks[i] = Check{Name: strings.TrimSuffix(entries[i].Name(), ".sql"), Doc: engine.HeadOf(text)}
		return checks[i].Ask(ctx, worker, text)
	})
	if err != nil {
		return nil, err
	}
	return checks, nil
}

// Ask asks for the rows that break the promise. A row fails the run.
func (c Check) Ask(ctx context.Context, eng *engine.Engine, query string) error {
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
