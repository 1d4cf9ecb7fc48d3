package findings

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/words"
)

// A Check is a query of the engine's tables for one kind of suspicious data.
type Check struct {
	Table    string
	Name     string
	Grain    string   // the meaning of key, in words: the query returns one row for each
	Severity Severity // of the finding, if it finds anything
	Meaning  string   // reads on from the number of rows, with alternatives for one row and for several: "{touch names|touches name} a contact that contacts does not have"
	Remedy   string   // what to do, as an instruction in lower case, with alternatives as in Meaning; empty: nothing, or it is obvious
	Currency Currency // if set, the answer has money that depends on the rows, in millionths of this currency
	Near     string   // if set, a query for the words among which one was probably meant: each example gets the nearest as its hint

	// Query returns one row per key: key (text, or NULL if there is none to show), n, the number of
	// rows with this key and, with a Currency, micros, which may be NULL.
	Query string

	// From is a relation. Each of its rows represents one row of the table, or as many as Rows
	// says. The check finds the rows for which Where is true, and shows their Key, which is unique.
	// All are SQL. Checks of one relation share one scan. If a check has a From, its Query is not
	// run: it is only what the finding shows to readers.
	From, Key, Where, Rows, Micros string
}

// RunChecks runs every check, and returns one finding for each, in the order of the list.
func RunChecks(ctx context.Context, eng *engine.Engine, checks []Check) ([]Finding, error) {
	found := make([]Finding, len(checks))
	var relations []string
	asked := map[string][]int{} // by relation: indexes of its checks
	for i, c := range checks {
		relation := c.From
		if relation == "" {
			relation = "(" + c.Query + ") AS found"
		}
		if asked[relation] == nil {
			relations = append(relations, relation)
		}
		asked[relation] = append(asked[relation], i)
	}
	for _, relation := range relations {
		if err := scan(ctx, eng, relation, checks, asked[relation], found); err != nil {
			first := checks[asked[relation][0]]
			return nil, fmt.Errorf("check %s of %s: %w", first.Name, first.Table, err)
		}
	}
	for i, c := range checks {
		if c.Near == "" || len(found[i].Examples) == 0 {
			continue
		}
		words, err := eng.Texts(ctx, c.Near)
		if err != nil {
			return nil, fmt.Errorf("check %s of %s: %w", c.Name, c.Table, err)
		}
		found[i].Hint(words)
	}
	return found, nil
}

// scan runs all checks of one relation with one query: how many rows each finds, its first keys in
// byte order, and its money. A key with an @ may be an e-mail, whatever its column is called, so it
// is counted and not shown.
func scan(ctx context.Context, eng *engine.Engine, relation string, checks []Check, indexes []int, found []Finding) error {
	type answer struct {
		rows   int64
		keys   any // a list of texts; NULL if there are none
		micros string
	}
	answers := make([]answer, len(indexes))
	var columns, answered, wheres []string
	var cells []any
	for n, i := range indexes {
		c := checks[i]
		where, key, rows, micros := "("+c.Where+")", c.Key, c.Rows, c.Micros
		if c.From == "" {
			where, key, rows, micros = "TRUE", "key", "n", "micros"
		}
		columns = append(columns, fmt.Sprintf("%[2]s AS is_found%[1]d, CASE WHEN NOT CONTAINS(%[3]s, '@') THEN %[3]s END AS key%[1]d", n, where, key))
		keys := fmt.Sprintf("MIN(key%[1]d, %[2]d) FILTER (WHERE is_found%[1]d)", n, MaxExamples)
		counted, money := fmt.Sprintf("COUNT(*) FILTER (WHERE is_found%d)", n), "'0'"
		if rows != "" {
			columns = append(columns, fmt.Sprintf("%s AS n%d", rows, n))
			counted = fmt.Sprintf("CAST(COALESCE(SUM(n%[1]d) FILTER (WHERE is_found%[1]d), 0) AS BIGINT)", n)
		}
		if c.Currency.Code != "" {
			columns = append(columns, fmt.Sprintf("%s AS micros%d", micros, n))
			money = fmt.Sprintf("CAST(COALESCE(SUM(micros%[1]d) FILTER (WHERE is_found%[1]d), 0) AS VARCHAR)", n)
		}
		answered = append(answered, counted, keys, money)
		wheres = append(wheres, where)
		cells = append(cells, &answers[n].rows, &answers[n].keys, &answers[n].micros)
	}
	// Rows that no check finds are filtered out before the engine joins the columns that are shown of
	// the others.
	query := "SELECT " + strings.Join(answered, ", ") +
		" FROM (SELECT " + strings.Join(columns, ", ") + " FROM " + relation + " WHERE " + strings.Join(wheres, " OR ") + ") AS asked"
	if err := eng.Row(ctx, query, nil, cells...); err != nil {
		return err
	}
	for n, i := range indexes {
		c, a := checks[i], answers[n]
		f := Of(c.Table, c.Name, c.Severity, a.rows, c.Meaning)
		f.Query, f.Remedy = c.published(), Chosen(c.Remedy, a.rows)
		if a.micros != "0" {
			f.Amount = c.Currency.Amount(a.micros)
		}
		f.show(a.keys)
		found[i] = f
	}
	return nil
}

// published is the SELECT that shows the rows, or their keys, to a reader.
func (c Check) published() string {
	if c.Query != "" {
		return dedented(c.Query)
	}
	rows := c.Rows
	if rows == "" {
		rows = "1"
	}
	query := "SELECT " + c.Key + " AS key, " + rows + " AS n"
	if c.Micros != "" {
		query += ", " + c.Micros + " AS micros"
	}
	return query + "\nFROM " + dedented(c.From) + "\nWHERE " + c.Where
}

// show adds the keys of a list, as the engine returns it, to the examples.
func (f *Finding) show(keys any) {
	list, _ := keys.([]any)
	for _, key := range list {
		f.Examples = append(f.Examples, Shortened(key.(string)))
	}
}

// Hint gives each example the nearest of these words as its hint, if one is near. A word with an @
// is never shown.
func (f *Finding) Hint(known []string) {
	known = slices.DeleteFunc(slices.Clone(known), func(word string) bool { return strings.Contains(word, "@") })
	f.Hints = map[string]string{}
	for _, key := range f.Examples {
		if near := words.Nearest(key, known); near != "" {
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
