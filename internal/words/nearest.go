package words

import (
	"slices"
	"strings"
)

// Nearest returns the known name that was most likely meant by name, or "" when none is near.
// Letter case, underscores, hyphens and spaces do not count.
func Nearest(name string, known []string) string {
	best, least := "", 0
	for _, k := range slices.Sorted(slices.Values(known)) {
		a, b := folded(name), folded(k)
		if len(a) > 100 || a == "" {
			continue
		}
		distance := edits(a, b)
		if strings.HasPrefix(b, a) && len(a) >= 3 || strings.HasPrefix(a, b) && len(b) >= 3 {
			distance = min(distance, 2)
		}
		if distance > max(1, len(b)/3) || 2*distance >= len(a) {
			continue
		}
		if best == "" || distance < least {
			best, least = k, distance
		}
	}
	return best
}

// DidYouMean returns " (did you mean x?)", or "" when nothing known is near.
func DidYouMean(name string, known []string) string {
	if n := Nearest(name, known); n != "" {
		return " (did you mean " + n + "?)"
	}
	return ""
}

// DidYouMeanOneOf is DidYouMean where a name is often only the beginning of the known ones, or its
// plural: it returns all that begin with it, " (did you mean channel_mapping or channel_performance?)".
// A known name that few edits turn name into comes first, and alone.
func DidYouMeanOneOf(name string, known []string) string {
	beginning := strings.TrimSuffix(folded(name), "s")
	var begun []string
	for _, k := range slices.Sorted(slices.Values(known)) {
		if len(beginning) >= 3 && strings.HasPrefix(folded(k), beginning) {
			begun = append(begun, k)
		}
	}
	nearest := Nearest(name, known)
	if len(begun) == 0 || nearest != "" && edits(folded(name), folded(nearest)) <= 2 {
		return DidYouMean(name, known)
	}
	last := len(begun) - 1
	if last == 0 {
		return " (did you mean " + begun[0] + "?)"
	}
	return " (did you mean " + strings.Join(begun[:last], ", ") + " or " + begun[last] + "?)"
}

func folded(name string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(name))
}

// edits is the number of bytes to insert, remove, replace or swap with their neighbour that turn a
// into b.
func edits(a, b string) int {
	before, last := []int(nil), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
