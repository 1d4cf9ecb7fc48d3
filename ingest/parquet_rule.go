package ingest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// A rule is the SQL of one column of a Parquet file that the engine reads by itself. It must never
// disagree with cell.Read. If its condition is not TRUE, Go reads the row, and only Go reports errors.
type rule struct {
	values []string // of the storage columns, in the order of Column.fields
	plain  string   // TRUE only where cell.read accepts the cell and stores just these values; empty: always. It never fails
}

// A filledRule is a rule for cells that are not NULL. mayBeEmpty says that the empty text is a cell
// without a value.
type filledRule struct {
	values     []string
	plain      string
	mayBeEmpty bool
}

// never is the condition of a rule that accepts no cell with a value.
const never = "FALSE"

// ruleOf finds the rule for the column x of an engine's type. It is not certain for what only Go
// can read: declared formats, words and marks, text of numbers, floating point.
func ruleOf(d declaration, x, databaseType string) (r rule, isCertain bool) {
	var filled filledRule
	if !d.IsPlain() || d.key != nil {
		return rule{}, false
	}
	switch d.Column.Kind {
	case contract.ID, contract.Text, contract.Email, contract.Currency:
		filled, isCertain = textRule(d.Column, x, databaseType)
	case contract.Instant, contract.DayStart, contract.DayEnd:
		filled, isCertain = instantRule(d, x, databaseType)
	case contract.Date:
		filled, isCertain = dateRule(d, x, databaseType)
	case contract.Bool:
		filled, isCertain = boolRule(d, x, databaseType)
	default:
		filled, isCertain = numberRule(d.Column, x, databaseType)
	}
	switch {
	case !isCertain || d.Column.Required && filled.plain == never:
		return rule{}, false
	case d.Column.Required && filled.mayBeEmpty:
		return rule{filled.values, both(x+" <> ''", filled.plain)}, true
	case d.Column.Required:
		return rule{filled.values, both(x+" IS NOT NULL", filled.plain)}, true
	case filled.plain == "":
		return rule{filled.values, ""}, true
	case filled.mayBeEmpty:
		return rule{filled.values, "(" + x + " IS NULL OR " + x + " = '' OR " + filled.plain + ")"}, true
	}
	return rule{filled.values, "(" + x + " IS NULL OR " + filled.plain + ")"}, true
}

func both(a, b string) string {
	if b == "" {
		return a
	}
	return a + " AND " + b
}

// textRule holds for text and, since ids are often numbers, for whole numbers.
func textRule(c contract.Column, x, databaseType string) (filledRule, bool) {
	isName := c.Kind == contract.ID || c.Kind == contract.Text
	if isName && c.Allowed == nil && (isInteger(databaseType) || databaseType == "UUID") {
		return filledRule{values: []string{"CAST(" + x + " AS VARCHAR)"}}, true
	}
	if databaseType != "VARCHAR" {
		return filledRule{}, false
	}
	r := filledRule{values: []string{"NULLIF(" + x + ", '')"}, mayBeEmpty: true}
	lacks := func(code int) string { return fmt.Sprintf("NOT CONTAINS(%s, CHR(%d))", x, code) }
	switch {
	case c.Allowed != nil:
		r.plain = isIn(x, c.Allowed)
	case c.Kind == contract.Currency:
		r.plain = isIn(x, slices.Concat(contract.CurrenciesOf(0), contract.CurrenciesOf(2), contract.CurrenciesOf(3), contract.CurrenciesOf(4)))
	case c.Kind == contract.Email: // of ASCII without blanks: what else folding does is Go's
		r.values[0] = "LOWER(NULLIF(" + x + ", ''))"
		r.plain = "REGEXP_FULL_MATCH(" + x + ", '[!-~]+')"
	case c.Kind == contract.ID:
		r.plain = lacks(0) + " AND " + lacks('\n') + " AND " + lacks('\r')
	default:
		r.plain = lacks(0)
	}
	return r, true
}

func isIn(x string, words []string) string {
	texts := make([]string, len(words))
	for i, word := range words {
		texts[i] = engine.Text(word)
	}
	return x + " IN (" + strings.Join(texts, ", ") + ")"
}

func isInteger(databaseType string) bool {
	return isNumber(databaseType) && !isFloat(databaseType) && !isDecimal(databaseType)
}

// boolRule holds for the words that need no declaration.
func boolRule(d declaration, x, databaseType string) (filledRule, bool) {
	if !slices.Equal(d.Yes, value.DefaultYes) || !slices.Equal(d.No, value.DefaultNo) {
		return filledRule{}, false
	}
	switch {
	case databaseType == "BOOLEAN":
		return filledRule{values: []string{x}}, true
	case isInteger(databaseType):
		return filledRule{values: []string{x + " = 1"}, plain: x + " IN (0, 1)"}, true
	case databaseType == "VARCHAR":
		yes, no := isIn(x, d.Yes), isIn(x, d.No)
		return filledRule{values: []string{"CASE WHEN " + yes + " THEN TRUE WHEN " + no + " THEN FALSE END"}, plain: "(" + yes + " OR " + no + ")", mayBeEmpty: true}, true
	}
	return filledRule{}, false
}

// keepsRule is the SQL condition that a row is not marked as deleted, as in layout.isDeleted.
func keepsRule(x, databaseType string) (plain string, isCertain bool) {
	switch {
	case databaseType == "BOOLEAN":
		return "(" + x + " IS NULL OR NOT " + x + ")", true
	case isInteger(databaseType):
		return "(" + x + " IS NULL OR " + x + " = 0)", true
	case databaseType == "VARCHAR":
		return "(" + x + " IS NULL OR LOWER(" + x + ") IN ('', 'false', 'f', '0'))", true
	}
	return "", false
}

// constantRule is the rule of a value that the configuration gives for every row. declare has checked
// that it can be read.
func constantRule(d declaration) (r rule, isCertain bool) {
	c := newCell(d)
	if c.Read(d.constant) != "" || c.Null || c.IsCut {
		return rule{}, false // digits that are cut are counted for each row
	}
	number := func(n int64) string { return fmt.Sprintf("CAST(%d AS BIGINT)", n) }
	switch d.Column.Kind {
	case contract.ID, contract.Text, contract.Email, contract.Currency:
		r.values = []string{engine.Text(string(c.Text))}
	case contract.Instant:
		r.values = []string{"MAKE_TIMESTAMP(" + number(c.Whole) + ")"}
	case contract.DayStart, contract.DayEnd:
		r.values = []string{"MAKE_TIMESTAMP(" + number(c.Whole) + ")", number(c.Span)}
	case contract.Date:
		r.values = []string{fmt.Sprintf("DATE '1970-01-01' + CAST(%d AS INTEGER)", c.Whole)}
	case contract.Bool:
		r.values = []string{fmt.Sprint(c.Whole == 1)}
	case contract.Money, contract.Rate:
		r.values = []string{number(c.Whole), fmt.Sprintf("CAST(%d AS TINYINT)", c.Scale)}
	default:
		r.values = []string{number(c.Whole)}
	}
	return r, true
}

// absentRule is the rule of a column that the file does not have.
func absentRule(c contract.Column) (r rule) {
	for _, f := range c.Fields() {
		r.values = append(r.values, "CAST(NULL AS "+storageType(f.Type)+")")
	}
	return r
}

// storageType is the engine's name of the type of a storage column.
func storageType(t arrow.DataType) string {
	switch t.ID() {
	case arrow.TIMESTAMP:
		return "TIMESTAMP"
	case arrow.DATE32:
		return "DATE"
	case arrow.BOOL:
		return "BOOLEAN"
	case arrow.INT64:
		return "BIGINT"
	case arrow.INT8:
		return "TINYINT"
	}
	return "VARCHAR"
}
