package ingest

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/words"
)

// hint names the candidate that is nearest to name; it is empty if none is near.
func hint(name string, candidates []string) string {
	nearest := words.Nearest(name, candidates)
	if nearest == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %s?)", quotedHeader(nearest))
}
