package main

import (
	"bytes"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/synthetic"
)

func TestGroupsOfStages(t *testing.T) {
	for stage, want := range map[string]string{
		"reading touchpoints.parquet":            read,
		"reading touchpoints":                    crediting,
		"checking the input":                     keys,
		"stitching people and their touchpoints": identity,
		"crediting":                              crediting,
		"checking credit":                        checks,
		"comparing control totals":               checks,
		"writing credits":                        making,
		"hashing and publishing":                 publish,
		"a stage of tomorrow":                    other,
		betweenStages:                            other,
	} {
		if got := groupOf(stage); got != want {
			t.Errorf("%q is in %q, want %q", stage, got, want)
		}
	}
}

const metricsOfARun = `# TYPE tributary_stage_seconds gauge
tributary_stage_seconds{stage="reading touchpoints.csv"} 2
tributary_stage_seconds{stage="reading a \"b\".csv"} 1
tributary_stage_seconds{stage="a stage of tomorrow"} 1.5
tributary_stage_cpu_seconds{stage="reading touchpoints.csv"} 4
tributary_stage_cpu_seconds{stage="reading a \"b\".csv"} 1e-06
tributary_run_seconds 5
`

// Every second of a run is in a group, whatever its stages are called.
func TestNoTimeIsLost(t *testing.T) {
	r := round{Whole: cost{Wall: 6, CPU: 5}}
	r.group(stagesOf(metricsOfARun))
	var sum cost
	for _, g := range groups {
		sum.Wall, sum.CPU = sum.Wall+r.Groups[g].Wall, sum.CPU+r.Groups[g].CPU
	}
	if math.Abs(sum.Wall-6) > 1e-9 || math.Abs(sum.CPU-5) > 1e-9 {
		t.Errorf("groups add up to %+v", sum)
	}
	if r.Groups[read] != (cost{Wall: 3, CPU: 4.000001}) || r.Touchfile != (cost{Wall: 2, CPU: 4}) || r.Unnamed["a stage of tomorrow"].Wall != 1.5 || r.Unnamed[betweenStages].Wall != 1.5 {
		t.Errorf("%+v", r)
	}
}

// No line of the table of stages is hidden by an earlier one.
func TestEveryLineOfTheStagesIsUsed(t *testing.T) {
	for i, s := range stageGroups {
		for _, earlier := range stageGroups[:i] {
			if beginning, isBeginning := strings.CutSuffix(earlier.stage, "..."); isBeginning && strings.HasPrefix(s.stage, beginning) || earlier.stage == s.stage {
				t.Errorf("%q is never asked, because %q takes it", s.stage, earlier.stage)
			}
		}
	}
}

func TestTable(t *testing.T) {
	of := func(wall float64) round {
		r := round{Whole: cost{wall, 2 * wall, 100e6}, Yardsticks: map[string]cost{scanSQL: {0.5, 0.5, 50e6}, handwrittenSQL: {wall * 2, wall, 200e6}}}
		r.group([]stage{{"crediting", cost{Wall: wall / 2, CPU: wall}}, {"a stage of tomorrow", cost{Wall: wall / 4, CPU: wall}}})
		return r
	}
	got := table([]result{
		{Title: "1 M touches", Touches: 1_000_000, Rounds: []round{of(4), of(1), of(2)}, Failed: map[string]string{naiveSQL: "out of\nmemory"}},
		{Title: "even", IsSkew: true, JourneyRows: 1_000_000, Rounds: []round{of(2)}},
		{Title: "one account", IsSkew: true, JourneyRows: 2_000_000, Rounds: []round{of(6)}},
	})
	for _, line := range []string{
		"1 M touches (median of 3) wall s CPU s peak MB touches/s x scan x hand-written x naive",
		"journeys and credit 1.000 2.000 1,000,000 2.00 0.25 failed",
		"other 1.000 2.000 1,000,000 2.00 0.25 failed",
		"whole 2.000 4.000 100 500,000 4.00 0.50 failed",
		"ratios of CPU 8.00 2.00 failed",
		"ratios of peak memory 2.00 0.50 failed",
		"SQL: scan 0.500 0.500 50 2,000,000 1.00 0.12 failed",
		"SQL: hand-written 4.000 2.000 200 250,000 8.00 1.00 failed",
		"1 M touches: other is a stage of tomorrow 0.500 s, between stages 0.500 s",
		"1 M touches: naive.sql failed: out of memory",
		"one account 6.000 12.000 100 2,000,000 3000 1.50 1500 1.50",
	} {
		if !strings.Contains(squeezed(got), "\n"+line+"\n") {
			t.Errorf("no line %q in\n%s", line, got)
		}
	}
}

// squeezed is the text with single spaces and without those at the ends of lines.
func squeezed(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.Join(strings.Fields(lines[i]), " ")
	}
	return strings.Join(lines, "\n")
}

func TestPictures(t *testing.T) {
	var sizes []result
	for _, touches := range []int64{100_000, 1_000_000} {
		r := round{Whole: cost{float64(touches) / 1e5, 2, 100e6}, Yardsticks: map[string]cost{scanSQL: {0.5, 0.5, 50e6}}}
		r.group([]stage{{"crediting", cost{Wall: 0.5}}})
		sizes = append(sizes, result{Title: inMillions(touches) + " M touches", Touches: touches, Rounds: []round{r}})
	}
	b := &bench{options: options{data: t.TempDir(), pictures: t.TempDir()}}
	for i := range sizes { // one after the other, as two commands draw them
		if err := b.draw(sizes[i : i+1]); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"performance_stages.svg", "performance_growth.svg"} {
		text, err := os.ReadFile(filepath.Join(b.pictures, name))
		if err != nil || !bytes.HasPrefix(text, []byte("<?xml")) || !bytes.Contains(text, []byte(">0.1")) || !bytes.Contains(text, []byte(">1 M<")) && name == "performance_stages.svg" {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
	}
}

// The SQL texts run on what the generator writes, and on what skew.sql writes.
func TestQueries(t *testing.T) {
	c, files := synthetic.Company{Seed: 5, Accounts: 50, Touches: 2000}, filepath.Join(t.TempDir(), "company")
	for _, format := range []synthetic.Format{synthetic.Parquet, synthetic.CSV} {
		if _, err := synthetic.Generate(t.Context(), c, format, files+"."+string(format), nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, q := range []struct{ name, in, want string }{
		{scanSQL, files + ".parquet", `"First":`},
		{handwrittenSQL, files + ".parquet", `"First":"`},
		{naiveSQL, files + ".parquet", `"First":"`},
		{readCSVSQL, files + ".csv", `"First":"2`}, // two thousand and some copies
		{skewSQL, t.TempDir(), `"First":"100"`},
	} {
		var out bytes.Buffer
		args := append([]string{"-threads", "1", "-memory-limit", "1GB", "-spill", t.TempDir(), q.name, "in=" + q.in}, skewed{2, 3, 50, 4, 1000}.values()...)
		if err := answer(t.Context(), args, &out); err != nil || !strings.Contains(out.String(), q.want) || strings.Contains(out.String(), `"First":"0"`) {
			t.Errorf("%s: %v, %s", q.name, err, &out)
		}
	}
	if err := answer(t.Context(), []string{"nothing", "in=x"}, io.Discard); err == nil {
		t.Error("a query that is not there was answered")
	}
}
