package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

// Checks of values that need the raw tables.
const (
	scientificIDs  = "ids_in_scientific_notation"
	currencyOfName = "currency_differs_from_file_name"
)

// look checks for values that are valid and look wrong.
func (l *loading) look(ctx context.Context) error {
	for _, t := range contract.Tables() {
		if slices.ContainsFunc(t.Columns, func(c contract.Column) bool { return c.Kind == contract.ID }) {
			found, err := findings.RunChecks(ctx, l.engine, []findings.Check{scientific(t)})
			if err != nil {
				return err
			}
			l.looked[t.Name] = append(l.looked[t.Name], found...)
		}
		if namesCurrencies[t.Name] != "" && l.currency != "" {
			found, err := l.currencyOfNames(ctx, t)
			if err != nil {
				return fmt.Errorf("table %s: comparing currencies with names of files: %w", t.Name, err)
			}
			l.looked[t.Name] = append(l.looked[t.Name], found)
		}
	}
	return nil
}

// scientific is the check of ids that a spreadsheet rewrote: it turns 10551412345678901 and similar
// numbers into the same 1.05514E+16.
func scientific(t contract.Table) findings.Check {
	var parts []string
	for _, c := range t.Columns {
		if c.Kind == contract.ID {
			parts = append(parts, "SELECT "+engine.Name(c.Name)+" AS key FROM "+engine.Name("raw_"+t.Name)+
				" WHERE CONTAINS("+engine.Name(c.Name)+`, '+') AND REGEXP_FULL_MATCH(`+engine.Name(c.Name)+`, '[0-9]([.][0-9]+)?[eE][+][0-9]+')`)
		}
	}
	return findings.Check{Table: t.Name, Name: scientificIDs, Severity: findings.Warning,
		Meaning: "{id is|ids are} in scientific notation: a spreadsheet removed the last digits, so different ids became the same and match nothing",
		Remedy:  "export again with the column as text",
		Query: "SELECT key, COUNT(*) AS n FROM (\n" + strings.Join(parts, "\nUNION ALL ") + `
			) AS ids GROUP BY key`}
}

// namesCurrencies are the tables whose amounts have a currency in their rows, with the SQL of the
// amount in millionths.
var namesCurrencies = map[string]string{
	"campaigns": "CAST(r.budget_micros AS HUGEINT)",
	"costs":     "CAST(r.amount_micros AS HUGEINT)",
	// After resolveCurrency, amounts have no more decimals than their currency.
	"opportunities": "CAST(r.amount_digits AS HUGEINT) * 1000000 // CAST('1' || REPEAT('0', r.amount_scale) AS HUGEINT)",
}

// currencyOfNames finds files whose name has a currency, as a word of its own, and most of whose
// rows are in another one.
func (l *loading) currencyOfNames(ctx context.Context, t contract.Table) (findings.Finding, error) {
	const meaning = "{row is|rows are} in another currency than the name of {its|their} file says"
	found := findings.Of(t.Name, currencyOfName, findings.Warning, 0, meaning)
	var texts []string
	for i, f := range l.files[t.Name] {
		named := currenciesOf(f.Name)
		if len(named) == 0 {
			continue
		}
		list := make([]string, len(named))
		for j, code := range named {
			list[j] = engine.Text(code)
		}
		var rows, others int64
		var currencies, micros string
		if err := l.engine.Row(ctx, `
			SELECT COUNT(*), COUNT(CASE WHEN NOT named THEN 1 END),
				COALESCE(ARRAY_TO_STRING(LIST_SORT(LIST(DISTINCT currency) FILTER (WHERE NOT named)), ', '), ''),
				CAST(COALESCE(SUM(CASE WHEN NOT named AND currency = ? THEN micros END), 0) AS VARCHAR)
			FROM (
				SELECT COALESCE(r.currency, ?) AS currency, COALESCE(r.currency, ?) IN (`+strings.Join(list, ", ")+`) AS named, `+namesCurrencies[t.Name]+` AS micros
				FROM `+engine.Name("raw_"+t.Name)+` AS r WHERE r.file_number = ?
			) AS placed`, []any{l.currency, l.currency, l.currency, i}, &rows, &others, &currencies, &micros); err != nil {
			return found, err
		}
		if 2*others <= rows {
			continue
		}
		money := ""
		if micros != "0" {
			money = "; these amounts come to " + findings.Currency{Code: l.currency, Decimals: l.scale}.Amount(micros)
		}
		found.Rows, found.Severity = found.Rows+others, findings.Warning
		found.Examples = append(found.Examples, findings.Shortened(f.Name))
		texts = append(texts, fmt.Sprintf("%s: its name says %s, and %s of %s %s in %s%s (look at the export; currency: {value: %s} under columns sets that of every row of the table)",
			printable(f.Name), strings.Join(named, ", "), words.Number(others), words.Count(rows, "row"), words.Choose(others, "is", "are"), currencies, money, named[0]))
	}
	slices.Sort(found.Examples)
	found.Examples = found.Examples[:min(findings.MaxExamples, len(found.Examples))]
	found.Sentence = strings.Join(texts, "\n")
	return found, nil
}

// currenciesOf are the currencies that the name of a file, without its folder, has as words in
// capitals. In a name that is all capitals the codes that are also words of English are none.
func currenciesOf(name string) []string {
	name = name[strings.LastIndexByte(name, '/')+1:]
	stem, _, _ := strings.Cut(name, ".")
	isUpperCase := stem == strings.ToUpper(stem)
	var found []string
	for _, word := range strings.FieldsFunc(stem, func(r rune) bool { return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z') }) {
		_, known := contract.Exponent(word)
		if known && !(isUpperCase && slices.Contains([]string{"ALL", "TOP", "TRY"}, word)) && !slices.Contains(found, word) {
			found = append(found, word)
		}
	}
	return found
}
