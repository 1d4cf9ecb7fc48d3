package reports

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"tributary/attribution"
	"tributary/internal/engine"
)

//go:embed sql/*.sql sql/shared/*.sql sql/check/*.sql
var files embed.FS

// A writer's words: what templates of a run may say.
type words struct {
	models     []string
	stages     []stage
	minorScale int // decimals of the reporting currency

	ratedWhere string // SQL: the rows that have ratios; empty: all
}

// A stage of persons, whose conversions reports count. TRACKED is whether anyone entered it by as-of: where no one did, it is not
// known how many there were, which is not the same as none.
type stage struct {
	id             string // singular; units are called by its plural
	conversionType int    // -1: the funnel has no such stage
	isTracked      bool
}

// mainStages are those that every report has columns for, in their place; further ones of the configuration stand at the end.
var mainStages = []string{"lead", "mql", "sql"}

// functions are the words of the report files. Each takes and gives SQL text; NAME stands for the name in question.
func (w words) functions() template.FuncMap {
	return template.FuncMap{
		"money":  func(minor string) string { return decimal(minor, w.minorScale) },
		"micros": func(micros string) string { return decimal(micros, 6) },
		"units":  func(millionths string) string { return decimal(millionths, 6) },
		"ratio":  func(numerator, denominator string) string { return w.rated(ratio(numerator, denominator)) },
		"rated":  w.rated,
		// A ratio for the rows that have a cost: the others need not be divided.
		"cost_ratio": func(numerator, denominator string) string {
			return w.rated("CASE WHEN p.cost <> 0 THEN " + ratio(numerator, denominator) + " END")
		},
		"unrated":     w.unrated,
		"days":        days,
		"per_reason":  func(text string) string { return per(attribution.Reasons, text) },
		"per_model":   func(text string) string { return per(w.models, text) },
		"per_measure": func(text string) string { return perMeasure(w.measured(), text) },
		"all_stages":  func(separator, text string) string { return perStage(w.stages, separator, text) },
		"main_stages": func(separator, text string) string {
			return perStage(w.stages[:len(mainStages)], separator, text)
		},
		"further_stages": func(separator, text string) string {
			return perStage(w.stages[len(mainStages):], separator, text)
		},
		"tracked": func(id string) string { return sqlBool(w.stages[slices.Index(mainStages, id)].isTracked) },
		// Performance by some keys (added_up), and the costs of units of the company as a whole (company), if so asked for each of some keys.
		"added_up": func(keys, companyBy string) (string, error) {
			if companyBy != "" {
				companyBy = ", " + companyBy
			}
			text, err := w.statement("shared/added_up")
			return strings.TrimSuffix(strings.NewReplacer("KEYS", keys, "ALSO_BY", companyBy).Replace(text), "\n"), err
		},
		// The measures of performance, their ratios only where the condition holds, if there is one.
		"measures": func(ratedWhere string) (string, error) {
			w.ratedWhere = ratedWhere
			text, err := w.statement("shared/measures")
			return strings.TrimSuffix(text, "\n"), err
		},
	}
}

// rated is an expression for the rows that have ratios, NULL elsewhere.
func (w words) rated(expression string) string {
	if w.ratedWhere == "" {
		return expression
	}
	return "CASE WHEN " + w.ratedWhere + " THEN " + expression + " END"
}

// unrated begins a CASE that is NULL for rows without ratios.
func (w words) unrated() string {
	if w.ratedWhere == "" {
		return ""
	}
	return "WHEN NOT (" + w.ratedWhere + ") THEN NULL\n        "
}

// statement returns the text of sql/<file>.sql with its words filled in.
func (w words) statement(file string) (string, error) {
	return engine.Statement(files, "sql/"+file+".sql", w.functions())
}

// defineFunctions makes the functions of shared/functions.sql, with which reports divide.
func defineFunctions(ctx context.Context, eng *engine.Engine) error {
	text, err := files.ReadFile("sql/shared/functions.sql")
	if err != nil {
		return err
	}
	for statement := range strings.SplitSeq(string(text), ";\n") {
		if err := eng.Exec(ctx, statement); err != nil {
			return fmt.Errorf("defining SQL functions of reports: %w", err)
		}
	}
	return nil
}

// decimal prints a whole number of 10^-scale as DECIMAL(38, scale), exactly.
func decimal(whole string, scale int) string {
	if scale == 0 {
		return fmt.Sprintf("CAST(%s AS DECIMAL(38,0))", whole)
	}
	unit := "0." + strings.Repeat("0", scale-1) + "1"
	return fmt.Sprintf("CAST(%s AS DECIMAL(%d,0)) * CAST(%s AS DECIMAL(%d,%d))", whole, 38-scale, unit, scale, scale)
}

// ratio divides once, exactly, rounding half away from zero to six decimals; it is NULL where the denominator is 0.
func ratio(numerator, denominator string) string {
	return decimal(fmt.Sprintf("divided((%s) * 1000000, NULLIF(%s, 0))", numerator, denominator), 6)
}

// days prints microseconds as days, rounded half away from zero to six decimals; they are not negative.
func days(us string) string { return decimal("("+us+" + 43200) // 86400", 6) }

func per(names []string, text string) string {
	var said []string
	for _, name := range names {
		said = append(said, strings.ReplaceAll(text, "NAME", name))
	}
	return strings.Join(said, ",\n    ")
}

// perMeasure repeats text for each measure that adds up: NAME is its column.
func perMeasure(names []string, text string) string {
	var said []string
	for _, name := range names {
		said = append(said, strings.ReplaceAll(text, "NAME", engine.Name(name)))
	}
	return strings.Join(said, ",\n    ")
}

// stagesOf reads which stages of persons there are, and which of them anyone entered by as-of: the main ones, then the further ones.
func stagesOf(ctx context.Context, eng *engine.Engine) ([]stage, error) {
	var stages []stage
	for _, id := range mainStages {
		stages = append(stages, stage{id: id, conversionType: -1})
	}
	rows, err := eng.Rows(ctx, `
		WITH entered AS (
			SELECT DISTINCT e.position FROM person_entries AS e CROSS JOIN settings AS g WHERE e.entered_us <= g.as_of_us
		)
		SELECT t.name, t.conversion_type, e.position IS NOT NULL
		FROM conversion_types AS t
		INNER JOIN funnel_stages AS s ON s.conversion_type = t.conversion_type
		LEFT JOIN entered AS e ON e.position = s.position
		ORDER BY t.conversion_type`)
	if err != nil {
		return nil, fmt.Errorf("reading the stages of persons: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var s stage
		if err := rows.Scan(&s.id, &s.conversionType, &s.isTracked); err != nil {
			return nil, fmt.Errorf("reading the stages of persons: %w", err)
		}
		if i := slices.Index(mainStages, s.id); i >= 0 {
			stages[i] = s
		} else {
			stages = append(stages, s)
		}
	}
	return stages, rows.Err()
}

// measured are the columns of performance that add up.
func (w words) measured() []string {
	names := []string{"cost"}
	for _, s := range w.stages {
		names = append(names, s.units())
	}
	return append(names, "opportunities", "won", "pipeline", "open_pipeline", "revenue")
}

func (s stage) units() string { return s.id + "s" }

// perStage repeats text for each stage: UNITS is its column, the plural of its id; COST_PER and COST_PER_ALL the
// costs of a unit, there and in the company as a whole; TYPE is its conversion type, TRACKED a truth value. Columns are quoted: a stage may be
// called as the language calls something else.
func perStage(stages []stage, separator, text string) string {
	var said []string
	for _, s := range stages {
		said = append(said, strings.NewReplacer(
			"UNITS", engine.Name(s.units()),
			"COST_PER_ALL", engine.Name("cost_per_"+s.id+"_all"), "COST_PER", engine.Name("cost_per_"+s.id), "TYPE", strconv.Itoa(s.conversionType), "TRACKED", sqlBool(s.isTracked),
		).Replace(text))
	}
	return strings.Join(said, separator)
}

func sqlBool(b bool) string { return strings.ToUpper(strconv.FormatBool(b)) }
