package ingest

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/words"
)

// hint names the candidate that was most likely meant by name, or nothing where none is near.
func hint(name string, candidates []string) string {
	nearest := words.Nearest(name, candidates)
	if nearest == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %s?)", quotedHeader(nearest))
}
