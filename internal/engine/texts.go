//go:build duckdb_arrow

package engine

import (
	"context"
)

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
