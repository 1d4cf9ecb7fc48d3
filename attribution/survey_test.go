package attribution

import (
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/stagetest"
)

// "run survey" makes surveyed, one row per reach, and unmatched, one row per control total that does
// not match the input.
func TestSurveyOfSmallCompanies(t *testing.T) {
	stagetest.Dir(t, "testdata/survey", stagetest.Stages{Run: func(t *testing.T, eng *engine.Engine, _ string) {
		stagetest.CompleteContract(t, eng, false)
		found, err := Survey(t.Context(), eng, smallOptions(t), nil)
		if err != nil {
			t.Fatal(err)
		}
		must(t, eng, `CREATE TABLE surveyed (units VARCHAR, reach VARCHAR, n BIGINT, total BIGINT)`)
		must(t, eng, `CREATE TABLE unmatched (message VARCHAR)`)
		for _, r := range found.Coverage {
			must(t, eng, `INSERT INTO surveyed VALUES (?, ?, ?, ?)`, r.Of, r.Reach, r.Count, r.Total)
		}
		if found.Unmatched != nil {
			for message := range strings.SplitSeq(found.Unmatched.Error(), "\n") {
				must(t, eng, `INSERT INTO unmatched VALUES (?)`, message)
			}
		}
	}})
}

// must runs a statement of a test.
func must(t *testing.T, eng *engine.Engine, statement string, args ...any) {
	t.Helper()
	if err := eng.Exec(t.Context(), statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
