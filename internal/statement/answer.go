package statement

import (
	"slices"
	"strings"
)

// Relations are those of the known relations that the statement reads, in lower case and in the
// order of their names.
func (s Statement) Relations() []string { return slices.Clone(s.relations) }

// ReadsAll reports whether the statement reads all columns of a relation.
func (s Statement) ReadsAll() bool { return s.readsAll }

// Keeps reports whether a column of that name in the answer is certainly the column of that name of a
// relation, unchanged. It says no where that would take more than looking for names: in unions, and
// where a name is given to anything.
func (s Statement) Keeps(column string) bool {
	return !s.combines && !s.renamed[strings.ToLower(column)]
}

// rename takes down the names that a node gives to columns.
func (r *reader) rename(n map[string]any) {
	switch n["type"] {
	case "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE":
		r.found.combines = true
	case "STAR":
		for _, changed := range []string{"replace_list", "rename_list"} {
			list, _ := n[changed].([]any)
			r.found.combines = r.found.combines || len(list) > 0
		}
		r.found.combines = r.found.combines || n["columns"] == true
	}
	if alias, isText := n["alias"].(string); isText {
		r.found.renamed[strings.ToLower(alias)] = true
	}
	for _, key := range []string{"column_name_alias", "aliases"} {
		list, _ := n[key].([]any)
		for _, name := range list {
			if text, isText := name.(string); isText {
				r.found.renamed[strings.ToLower(text)] = true
			}
		}
	}
}
