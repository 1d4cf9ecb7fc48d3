package reports

import (
	"embed"
	"fmt"
	"strings"
	"text/template"

	"tributary/internal/engine"
)

//go:embed sql/*.sql sql/shared/*.sql sql/check/*.sql
var files embed.FS

// A writer's words: what templates of a run may say.
type words struct {
	models     []string
	minorScale int // decimals of the reporting currency
}

// functions are the words of the report files. Each takes and gives SQL text; NAME stands for the name in question.
func (w words) functions() template.FuncMap {
	return template.FuncMap{
		"money":      func(minor string) string { return decimal(minor, w.minorScale) },
		"micros":     func(micros string) string { return decimal(micros, 6) },
		"units":      func(millionths string) string { return decimal(millionths, 6) },
		"ratio":      ratio,
		"per_reason": func(text string) string { return per(Reasons, text) },
		"per_model":  func(text string) string { return per(w.models, text) },
		"measures": func() (string, error) {
			text, err := w.statement("shared/measures")
			return strings.TrimSuffix(text, "\n"), err
		},
	}
}

// statement returns the text of sql/<file>.sql with its words filled in.
func (w words) statement(file string) (string, error) {
	return engine.Statement(files, "sql/"+file+".sql", w.functions())
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
	return decimal(fmt.Sprintf("rounded_ratio((%s) * 1000000, NULLIF(%s, 0))", numerator, denominator), 6)
}

func per(names []string, text string) string {
	var said []string
	for _, name := range names {
		said = append(said, strings.ReplaceAll(text, "NAME", name))
	}
	return strings.Join(said, ",\n    ")
}
