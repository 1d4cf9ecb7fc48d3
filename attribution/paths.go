package attribution

import (
	"context"
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/words"
)

// paths are the ways to a journey, in the order of docs/reference/people.md.
var paths = []string{"roles", "account", "roles_and_account", "person"}

// countPaths describes how many conversions found their journey by which path of the buying group,
// and how many have none, by reason.
func countPaths(ctx context.Context, eng *engine.Engine) (string, error) {
	counts := map[string]int64{}
	err := eng.Each(ctx, `
		SELECT COALESCE(path, ''), COALESCE(reason, ''), COUNT(*)
		FROM journeys
		GROUP BY COALESCE(path, ''), COALESCE(reason, '')`, func(scan engine.Scan) error {
		var path, reason string
		var count int64
		if err := scan(&path, &reason, &count); err != nil {
			return err
		}
		counts[path+reason] = count // a conversion has a path or a reason
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("counting paths: %w", err)
	}
	return pathCounts(counts), nil
}

// pathCounts writes counts by path and by reason as a sentence: totals, then their parts in the
// order of the lists.
func pathCounts(counts map[string]int64) string {
	var groups []string
	for _, group := range []struct {
		name, part string
		members    []string
	}{
		{"attributed", "%s by %s", paths},
		{"unattributed", "%s %s", Reasons},
	} {
		total, parts := int64(0), []string(nil)
		for _, member := range group.members {
			if n := counts[member]; n > 0 {
				total += n
				parts = append(parts, fmt.Sprintf(group.part, words.Number(n), member))
			}
		}
		if total > 0 {
			groups = append(groups, fmt.Sprintf("%s %s (%s)", words.Number(total), group.name, strings.Join(parts, ", ")))
		}
	}
	if len(groups) == 0 {
		return "none"
	}
	return strings.Join(groups, "; ")
}
