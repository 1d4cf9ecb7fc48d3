//go:build duckdb_arrow

package engine

import (
	"context"
)

// Texts reads the one text column of a query's small answer.
func (e *Engine) Texts(ctx context.Context, query string, args ...any) ([]string, error) {
	var found []string
	err := e.Each(ctx, query, func(scan Scan) error {
		var text string
		if err := scan(&text); err != nil {
			return err
		}
		found = append(found, text)
		return nil
	}, args...)
	if err != nil {
		return nil, err
	}
	return found, nil
}
