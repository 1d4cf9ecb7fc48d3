package findings

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"tributary/internal/config"
	"tributary/internal/engine"
)

// A Check is a question to the engine's tables about one oddity. To add one is to add it to a list.
type Check struct {
	Table    string
	Name     string
	Severity Severity // where it finds something
	Meaning  string   // reads on from the number of rows, with alternatives for one row and for several: "{touch names|touches name} a contact that contacts does not have"
	Query    string   // answers with one line per key: key (text, or NULL where there is none to show) and n, the rows that it stands for
	Currency Currency // if set, Query has a third column, micros: the money that depends on these rows, in millionths of this currency, or NULL
	From     string   // a relation, each row of which stands for Rows rows of the table: those are found for which Where holds, and Key is shown of them. Checks of one relation are asked in one scan; Query, if it is there, says the same to people
	Key      string   // SQL over From
	Rows     string   // SQL over From; empty: one
	Where    string   // SQL over From
	Near     string   // if set, a query for the words among which one was probably meant: each example gets the nearest as its hint
}

// Ask puts every check to the engine, and returns as many findings, in the order of the list.
func Ask(ctx context.Context, eng *engine.Engine, checks []Check) ([]Finding, error) {
	found := make([]Finding, len(checks))
	together := map[string][]int{}
	for i, c := range checks {
		if c.From != "" {
			together[c.From] = append(together[c.From], i)
			continue
		}
		f, err := c.ask(ctx, eng)
		if err != nil {
			return nil, fmt.Errorf("check %s of %s: %w", c.Name, c.Table, err)
		}
		found[i] = f
	}
	for from, indexes := range together {
		if err := scan(ctx, eng, from, checks, indexes, found); err != nil {
			return nil, fmt.Errorf("checks of %s: %w", from, err)
		}
	}
	return found, nil
}

// scan asks all checks of one relation at once.
func scan(ctx context.Context, eng *engine.Engine, from string, checks []Check, indexes []int, found []Finding) error {
	var columns []string
	answers := make([]any, 2*len(indexes))
	for n, i := range indexes {
		c := checks[i]
		count := "COUNT(*) FILTER (WHERE " + c.Where + ")"
		if c.Rows != "" {
			count = "CAST(COALESCE(SUM(" + c.Rows + ") FILTER (WHERE " + c.Where + "), 0) AS BIGINT)"
		}
		columns = append(columns, count,
			fmt.Sprintf("MIN(%s, %d) FILTER (WHERE %s AND NOT CONTAINS(%s, '@'))", c.Key, MaxExamples, c.Where, c.Key))
		answers[2*n], answers[2*n+1] = new(int64), new(any)
	}
	if err := eng.Row(ctx, "SELECT "+strings.Join(columns, ", ")+" FROM "+from, nil, answers...); err != nil {
		return err
	}
	for n, i := range indexes {
		c := checks[i]
		f := Of(c.Table, c.Name, c.Severity, *answers[2*n].(*int64), c.Meaning)
		if f.Query = dedented(c.Query); c.Query == "" {
			f.Query = "SELECT " + c.Key + " AS key, 1 AS n FROM " + from + " WHERE " + c.Where
		}
		f.show(*answers[2*n+1].(*any))
		found[i] = f
	}
	return nil
}

// show makes examples of a list of keys as the engine answers with.
func (f *Finding) show(keys any) {
	list, _ := keys.([]any)
	for _, key := range list {
		f.Examples = append(f.Examples, Shortened(key.(string)))
	}
}

// ask reads the sum of an answer, and its least keys by bytes. A key with an @ may be an e-mail, whatever its column is
// called: it is counted and not shown.
func (c Check) ask(ctx context.Context, eng *engine.Engine) (Finding, error) {
	micros := "0"
	if c.Currency.Code != "" {
		micros = "COALESCE(SUM(micros), 0)"
	}
	var total int64
	var keys any // a list of texts; NULL if there are none
	var money string
	err := eng.Row(ctx, fmt.Sprintf(`
		SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT), MIN(key, %d) FILTER (WHERE NOT CONTAINS(key, '@')), CAST(%s AS VARCHAR)
		FROM (%s) AS found`, MaxExamples, micros, c.Query), nil, &total, &keys, &money)
	if err != nil {
		return Finding{}, err
	}
	f := Of(c.Table, c.Name, c.Severity, total, c.Meaning)
	f.Query = dedented(c.Query)
	if money != "0" {
		f.Amount = c.Currency.Amount(money)
	}
	f.show(keys)
	if c.Near == "" || len(f.Examples) == 0 {
		return f, nil
	}
	words, err := eng.Texts(ctx, c.Near)
	if err != nil {
		return Finding{}, err
	}
	f.Hint(words)
	return f, nil
}

// Hint gives each example the nearest of these words as its hint, where one is near. A word with an @ is never shown.
func (f *Finding) Hint(words []string) {
	words = slices.DeleteFunc(slices.Clone(words), func(word string) bool { return strings.Contains(word, "@") })
	f.Hints = map[string]string{}
	for _, key := range f.Examples {
		if near := config.Nearest(key, words); near != "" {
			f.Hints[key] = near
		}
	}
}

// Shortened is a key of at most a hundred bytes, cut between two characters.
func Shortened(key string) string {
	const longest = 100
	if len(key) <= longest {
		return key
	}
	end := longest
	for !utf8.RuneStart(key[end]) {
		end--
	}
	return strings.TrimSpace(key[:end]) + "..."
}

// dedented is a query as a person would write it: without the indent that it has in the program.
func dedented(query string) string {
	lines := strings.Split(strings.TrimSpace(query), "\n")
	indent := -1
	for _, line := range lines[1:] {
		if text := strings.TrimLeft(line, "\t"); text != "" && (indent < 0 || len(line)-len(text) < indent) {
			indent = len(line) - len(text)
		}
	}
	for i := range lines[1:] {
		lines[1+i] = strings.ReplaceAll(lines[1+i][min(max(indent, 0), len(lines[1+i])):], "\t", "    ")
	}
	return strings.Join(lines, "\n")
}
