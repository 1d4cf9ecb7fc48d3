package attribution

import (
	"context"
	"fmt"
	"strings"

	"tributary/internal/engine"
)

// countPaths tells by which path of the buying group conversions came to their journeys, and how many have none.
func countPaths(ctx context.Context, eng *engine.Engine) (string, error) {
	counts, err := eng.Texts(ctx, `
		SELECT COUNT(*) || ' by ' || path FROM journeys WHERE path IS NOT NULL GROUP BY path
		UNION ALL
		SELECT COUNT(*) || ' unattributed: ' || reason FROM journeys WHERE reason IS NOT NULL GROUP BY reason
		ORDER BY 1`)
	if err != nil {
		return "", fmt.Errorf("counting paths: %w", err)
	}
	if len(counts) == 0 {
		return "none", nil
	}
	return strings.Join(counts, ", "), nil
}
