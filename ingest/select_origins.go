package ingest

import (
	"slices"
)

// Columns that every relation of a SELECT has beside those of its files. An answer that hands them
// on lets messages and the quarantine name the file and line of a row.
const (
	originFile = "_file"
	originLine = "_line"
)

// origins is the table of where the rows of answers come from: one row per row of a SELECT that
// hands on _file and _line.
func origins(table string) string { return "origins_" + table }

// hasOrigins reports whether rows of a table come from a SELECT that says where from.
func (l *loading) hasOrigins(table string) bool {
	return slices.ContainsFunc(l.files[table], func(f File) bool { return f.hasOrigins })
}

// joinOrigins joins where rows come from to rows with file_number and line, which are called o.
func (l *loading) joinOrigins(table string) string {
	if !l.hasOrigins(table) {
		return ""
	}
	return " LEFT JOIN " + origins(table) + " AS x ON x.file_number = o.file_number AND x.line = o.line"
}

// originColumns are the file of such a row, empty where nothing but its number says it, and the
// line.
func (l *loading) originColumns(table string) string {
	if !l.hasOrigins(table) {
		return "'', o.line"
	}
	return "COALESCE(x.origin_file, ''), COALESCE(x.origin_line, o.line)"
}
