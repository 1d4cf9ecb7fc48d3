// Package statement checks an analyst's SQL before the engine runs it: it must be one SELECT over
// known relations, and it must return the same rows every time.
package statement

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/words"
)

// A Statement is one SELECT that was checked.
type Statement struct {
	names     map[string]bool // every name in it, in lower case
	readsAll  bool            // it has a star, or a relation as a value
	relations []string        // the known ones that it reads, in the order of their names
	renamed   map[string]bool // names that it gives to columns, in lower case
	combines  bool            // a name of its answer may stand for several columns, or a changed one
}

// A Problem is what is wrong with a statement, and where: a line and a column of its text, in
// characters, both from 1; 0 where that is not known.
type Problem struct {
	Line, Column int
	Text         string
}

func (p *Problem) Error() string { return p.Text }

// Parse reads a text, which has to be one SELECT over the given relations and no other. A wrong one
// is a *Problem.
func Parse(ctx context.Context, eng *engine.Engine, text string, relations []string) (Statement, error) {
	var answer string
	if err := eng.Row(ctx, "SELECT CAST(JSON_SERIALIZE_SQL(CAST(? AS VARCHAR)) AS VARCHAR)", []any{text}, &answer); err != nil {
		return Statement{}, err
	}
	var parsed struct {
		Error      bool             `json:"error"`
		Message    string           `json:"error_message"`
		Kind       string           `json:"error_type"`
		Position   string           `json:"position"`
		Statements []map[string]any `json:"statements"`
	}
	if err := json.Unmarshal([]byte(answer), &parsed); err != nil {
		return Statement{}, fmt.Errorf("reading the engine's answer about a statement: %w", err)
	}
	switch {
	case parsed.Error && parsed.Kind == "parser":
		offset, err := strconv.Atoi(parsed.Position)
		if err != nil {
			offset = -1
		}
		return Statement{}, problemAt(text, offset, parsed.Message)
	case parsed.Error:
		return Statement{}, &Problem{Text: "is no SELECT, or one with PIVOT, which cannot be checked: want one SELECT statement"}
	case len(parsed.Statements) != 1:
		return Statement{}, &Problem{Text: "has " + words.Count(len(parsed.Statements), "statement") + ": want one SELECT"}
	}
	r := &reader{text: text, relations: relations, own: map[string]bool{}, found: Statement{names: map[string]bool{}, renamed: map[string]bool{}}}
	r.collect(parsed.Statements[0])
	r.walk(parsed.Statements[0])
	if r.problem != nil {
		return Statement{}, r.problem
	}
	slices.Sort(r.found.relations)
	r.found.relations = slices.Compact(r.found.relations)
	return r.found, nil
}

// Reads reports whether the statement may read a column of that name: it may where the name, in any
// case, is anywhere in it, or where it reads all columns.
func (s Statement) Reads(column string) bool { return s.readsAll || s.Names(column) }

// Names reports whether the name, in any case, is anywhere in the statement.
func (s Statement) Names(column string) bool { return s.names[strings.ToLower(column)] }

// A reader goes through the tree of a statement, as DuckDB's json_serialize_sql has it.
type reader struct {
	text      string
	relations []string
	own       map[string]bool // names of its WITH clauses, and of its relations and their aliases, in lower case
	with      []string        // names of its WITH clauses
	scope     []string        // those that hold where the walk is
	found     Statement
	problem   *Problem
}

// collect takes down the names of WITH clauses and of relations, wherever they are.
func (r *reader) collect(node any) {
	switch n := node.(type) {
	case []any:
		for _, child := range n {
			r.collect(child)
		}
	case map[string]any:
		if ctes, isMap := n["cte_map"].(map[string]any); isMap {
			list, _ := ctes["map"].([]any)
			for _, entry := range list {
				if e, isEntry := entry.(map[string]any); isEntry {
					name, _ := e["key"].(string)
					if isCatalog(name) {
						r.refuse(n, fmt.Sprintf("names a part of it %s, as a relation of the engine is named", strconv.Quote(name)))
					}
					r.with = append(r.with, strings.ToLower(name))
					r.own[strings.ToLower(name)] = true
				}
			}
		}
		switch n["type"] {
		case "BASE_TABLE", "SUBQUERY", "TABLE_FUNCTION", "EXPRESSION_LIST":
			for _, key := range []string{"alias", "table_name"} {
				if name, isText := n[key].(string); isText && name != "" {
					r.own[strings.ToLower(name)] = true
				}
			}
		}
		for _, child := range n {
			r.collect(child)
		}
	}
}

func (r *reader) walk(node any) {
	switch n := node.(type) {
	case string:
		r.found.names[strings.ToLower(n)] = true
	case []any:
		for _, child := range n {
			r.walk(child)
		}
	case map[string]any:
		r.look(n)
		r.rename(n)
		before := len(r.scope)
		r.define(n)
		for _, key := range slices.Sorted(maps.Keys(n)) {
			if key != "cte_map" {
				r.walk(n[key])
			}
		}
		r.scope = r.scope[:before]
	}
}

// define walks the WITH clauses of a node, each of which sees those before it, and lets their names
// hold. A relation of the same name is read outside their node, or in the clause itself.
func (r *reader) define(n map[string]any) {
	ctes, isMap := n["cte_map"].(map[string]any)
	if !isMap {
		r.walk(n["cte_map"])
		return
	}
	list, _ := ctes["map"].([]any)
	for _, entry := range list {
		r.walk(entry)
		if e, isEntry := entry.(map[string]any); isEntry {
			name, _ := e["key"].(string)
			r.scope = append(r.scope, strings.ToLower(name))
		}
	}
}

// look judges one node.
func (r *reader) look(n map[string]any) {
	name := func(key string) string { text, _ := n[key].(string); return text }
	if n["sample"] != nil {
		r.refuse(n, "takes a sample, which differs from run to run")
	}
	switch n["type"] {
	case "BASE_TABLE":
		r.relation(n, name("table_name"), name("schema_name")+name("catalog_name"))
	case "TABLE_FUNCTION":
		function, _ := n["function"].(map[string]any)
		called, _ := function["function_name"].(string)
		if !slices.Contains(tableFunctions, strings.ToLower(called)) {
			r.refuse(n, fmt.Sprintf("calls %s, and a statement reads only the relations that it is given (%s)", called, words.List(r.relations, 8)))
		}
	case "SHOW_REF", "PIVOT", "DELIM_GET", "CTE":
		r.refuse(n, "is no plain SELECT")
	case "STAR":
		r.found.readsAll = true
	case "JOIN":
		r.found.readsAll = r.found.readsAll || name("ref_type") == "NATURAL"
	case "FUNCTION", "WINDOW_AGGREGATE":
		called := strings.ToLower(name("function_name"))
		children, _ := n["children"].([]any)
		if slices.Contains(changing, called) || called == "age" && len(children) == 1 {
			r.refuse(n, fmt.Sprintf("calls %s, whose answer changes from run to run", called))
		}
		if slices.Contains(indirect, called) {
			r.refuse(n, fmt.Sprintf("calls %s, which calls a function that is named in a text: call that function itself, such as list_sum", called))
		}
		if slices.Contains(unchecked, called) {
			r.refuse(n, fmt.Sprintf("calls %s, which reads SQL of its own that is not checked", called))
		}
	case "COLUMN_REF":
		parts, _ := n["column_names"].([]any)
		if len(parts) != 1 {
			return
		}
		only, _ := parts[0].(string)
		only = strings.ToLower(only)
		if slices.Contains(clocks, only) {
			r.refuse(n, fmt.Sprintf("asks the clock (%s): its answer changes from run to run", only))
		}
		r.found.readsAll = r.found.readsAll || r.own[only] // a relation as a value is all of its columns
	case "VALUE_PARAMETER":
		r.refuse(n, "has a parameter without a value")
	}
}

func (r *reader) relation(n map[string]any, name, schema string) {
	isKnown := slices.ContainsFunc(r.relations, func(known string) bool { return strings.EqualFold(known, name) })
	isOwn := slices.Contains(r.with, strings.ToLower(name))
	if schema == "" && (isKnown || isOwn) {
		if isKnown && !slices.Contains(r.scope, strings.ToLower(name)) {
			r.found.relations = append(r.found.relations, strings.ToLower(name))
		}
		return
	}
	if schema != "" && isKnown {
		r.refuse(n, fmt.Sprintf("names a schema before %s, but its relations have none", strconv.Quote(name)))
		return
	}
	hint := words.DidYouMean(name, r.relations)
	if hint == "" {
		hint = " (it may read " + words.List(r.relations, 8) + ")"
	}
	r.refuse(n, fmt.Sprintf("reads %s, which is not one of its relations%s", strconv.Quote(name), hint))
}

// isCatalog reports whether relations of the engine have names like this one. Names of WITH clauses
// count for the whole statement here, and not for their part of it alone.
func isCatalog(name string) bool {
	return slices.ContainsFunc([]string{"duckdb_", "pragma_", "sqlite_", "pg_"}, func(prefix string) bool { return strings.HasPrefix(strings.ToLower(name), prefix) })
}

// refuse keeps the first problem, in the order of the text.
func (r *reader) refuse(n map[string]any, text string) {
	offset := -1
	if at, isNumber := n["query_location"].(float64); isNumber && at < float64(len(r.text)) {
		offset = int(at)
	}
	found := problemAt(r.text, offset, text)
	if r.problem == nil || found.Line > 0 && (found.Line < r.problem.Line || found.Line == r.problem.Line && found.Column < r.problem.Column) {
		r.problem = found
	}
}

// Functions in the place of a relation that read nothing but their arguments.
var tableFunctions = []string{"unnest", "range", "generate_series", "json_each", "json_tree", "repeat_row"}

// Functions that answer otherwise the next time, functions that plan or write SQL, and names that
// the engine takes for the clock.
var (
	changing = []string{
		"random", "setseed", "uuid", "gen_random_uuid", "uuidv4", "uuidv7", "nextval", "currval", "now", "today", "ago", "transaction_timestamp",
		"current_date", "current_time", "current_timestamp", "current_localtime", "current_localtimestamp", "get_current_time", "get_current_timestamp",
		"txid_current", "current_setting", "getvariable", "getenv", "pg_sleep", "sleep_ms", "version", "current_database", "current_query", "write_log",
		"pg_postmaster_start_time", "pg_conf_load_time", "reservoir_quantile", "approx_count_distinct", "approx_quantile", "approx_top_k",
	}
	indirect  = []string{"list_aggregate", "list_aggr", "array_aggregate", "array_aggr", "aggregate"}
	unchecked = []string{"json_serialize_plan", "json_serialize_sql", "json_deserialize_sql", "json_execute_serialized_sql"}
	clocks    = []string{"current_date", "current_time", "current_timestamp", "localtime", "localtimestamp"}
)

// problemAt names the line and the column of an offset in bytes.
func problemAt(text string, offset int, what string) *Problem {
	if offset < 0 || offset > len(text) {
		return &Problem{Text: what}
	}
	before := text[:offset]
	start := strings.LastIndexByte(before, '\n') + 1
	return &Problem{Line: strings.Count(before, "\n") + 1, Column: len([]rune(before[start:])) + 1, Text: what}
}
