//go:build duckdb_arrow

package engine

import (
	"context"
	"io/fs"
	"strings"
	"text/template"
)

// Statement returns the SQL text of a file with its words filled in: names and what engines say differently. Values of
// the data never go this way; they are bound.
func Statement(files fs.FS, file string, words template.FuncMap) (string, error) {
	text, err := fs.ReadFile(files, file)
	if err != nil {
		return "", err
	}
	t, err := template.New(file).Funcs(words).Parse(string(text))
	if err != nil {
		return "", err
	}
	var filled strings.Builder
	if err := t.Execute(&filled, nil); err != nil {
		return "", err
	}
	return filled.String(), nil
}

// Texts reads the one text column of a query's small answer.
func (e *Engine) Texts(ctx context.Context, query string, args ...any) ([]string, error) {
	rows, err := e.Rows(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		found = append(found, text)
	}
	return found, rows.Err()
}
