package presets

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/words"
)

// nearest says which relation a file that fits none is most like, and what keeps it from that: "is
// like Opportunity of salesforce, but lacks CloseDate". Files named as a relation come first, then
// those that lack the fewest columns. It is empty where less than half of the columns are there or, of a
// file that is not named as the relation, less than three quarters: a few columns such as Id and Name
// say nothing.
func nearest(all []Preset, file File) string {
	best, fewest, isNamed := "", 0, false
	for _, p := range all {
		for _, r := range p.Relations {
			var lacks []string
			for _, header := range r.Headers {
				if headerAt(file.Headers, header) < 0 {
					lacks = append(lacks, header)
				}
			}
			named := r.isNamed(file.Name)
			present := len(r.Headers) - len(lacks)
			if r.Borrowed || 2*present < len(r.Headers) || !named && (present < 2 || 4*present < 3*len(r.Headers)) {
				continue
			}
			text := fmt.Sprintf("is like %s of %s, but lacks %s", r.Title, p.Name, words.List(lacks, 6))
			if len(lacks) == 0 {
				others := slices.DeleteFunc(slices.Clone(r.Without), func(header string) bool { return headerAt(file.Headers, header) < 0 })
				text = fmt.Sprintf("is like %s of %s, but has %s", r.Title, p.Name, words.List(others, 6))
			}
			isBetter := best == "" || named && !isNamed ||
				named == isNamed && (len(lacks) < fewest || len(lacks) == fewest && strings.Compare(text, best) < 0)
			if isBetter {
				best, fewest, isNamed = text, len(lacks), named
			}
		}
	}
	return best
}
