package presets

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
)

// A Written says how the times of a column are written.
type Written struct {
	Formats   []string // for the key format; none: ISO 8601
	Exchanged []string // the same with day and month exchanged, which fits as well: no value tells which is meant
	Epoch     string   // for the key epoch
	Midnight  bool     // every time is 00:00:00: they are dates
	NeedsZone bool     // times have no zone of their own
	Unknown   string   // a value that no format reads
	Example   string   // a value that both readings take
}

// order is whether days or months come first, and what stands between them; empty where the format
// does not leave it open.
func order(format string) (separator, order string) {
	for _, separator := range separators {
		switch {
		case strings.HasPrefix(format, "%m"+separator+"%d"):
			return separator, "month"
		case strings.HasPrefix(format, "%d"+separator+"%m"):
			return separator, "day"
		}
	}
	return "", ""
}

var separators = []string{"/", ".", "-"}

// formatsKnown are the ways in which exports write times, beside ISO 8601. Of two that differ in the
// order of day and month, only the values can tell.
func formatsKnown() []string {
	var formats []string
	for _, separator := range separators {
		for _, day := range []string{"%m" + separator + "%d" + separator, "%d" + separator + "%m" + separator} {
			for _, year := range []string{"%Y", "%y"} {
				for _, clock := range []string{"", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", ", %I:%M %p", ", %H:%M"} {
					formats = append(formats, day+year+clock)
				}
			}
		}
	}
	return append(formats,
		"%Y/%m/%d", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y%m%d", "%Y-%m-%d %I:%M %p", "%Y-%m-%d %I:%M:%S %p",
		"%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y %H:%M", "%b %d, %Y %I:%M %p", "%B %d, %Y %I:%M %p", "%b %d, %Y, %I:%M %p",
		"%Y-%m-%d %H:%M:%S UTC", "%Y-%m-%d %H:%M:%S.%f UTC", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f")
}

// howWritten finds out how the times in some columns of a file are written.
func howWritten(f File, headers []string) (w Written, err error) {
	var columns []int
	for _, header := range headers {
		if at := headerAt(f.Headers, header); at >= 0 {
			columns = append(columns, at)
		}
	}
	if len(columns) == 0 {
		return w, nil
	}
	if f.types != nil {
		w.NeedsZone = slices.ContainsFunc(columns, func(at int) bool {
			return strings.HasPrefix(f.types[at], "TIMESTAMP") && f.types[at] != "TIMESTAMPTZ"
		})
		return w, nil
	}
	seen := map[string]bool{}
	var values []string
	err = f.values(columns, func(row []string) {
		for _, text := range row {
			if shape := text; !isNoTime(text) && !seen[shape] && len(values) < 20_000 {
				seen[shape] = true
				values = append(values, text)
			}
		}
	})
	if err != nil {
		return w, fmt.Errorf("%s: %w", f.Name, err)
	}
	return formatsOfValues(values), nil
}

// isNoTime reports whether a cell is certainly no time: reports end with lines such as "Total:
// Account" or "Total rows: 35", mark empty cells with "--", and some end with a copyright.
func isNoTime(text string) bool {
	return !strings.ContainsAny(text, "0123456789") || strings.HasPrefix(strings.ToLower(text), "total") || strings.HasPrefix(text, "©") || strings.HasPrefix(text, "@")
}

// formatsOfValues finds the formats that together read all of some values. Of several formats with the
// same meaning it takes the first, and it takes none that reads no value.
func formatsOfValues(values []string) (w Written) {
	if len(values) == 0 {
		return w
	}
	var rest []string
	isMidnight, hasTime := true, false
	for _, text := range values {
		var m value.Moment
		switch value.ISOMoment([]byte(text), &m) {
		case "":
		case value.ReasonSentinel:
			continue // a placeholder, whose row is quarantined
		default:
			rest = append(rest, text)
			continue
		}
		if len(text) > 10 {
			hasTime = true
			isMidnight = isMidnight && m.Hour == 0 && m.Minute == 0 && m.Second == 0
			w.NeedsZone = w.NeedsZone || !hasZone(text)
		}
	}
	if len(rest) == 0 {
		w.Midnight = hasTime && isMidnight
		w.NeedsZone = w.NeedsZone && !w.Midnight
		return w
	}
	if len(rest) == len(values) {
		if epoch := epochOf(values); epoch != "" {
			return Written{Epoch: epoch}
		}
	}
	found := fitting(rest)
	if len(found) == 0 {
		return Written{Unknown: rest[0]}
	}
	iso := []string{}
	if len(rest) < len(values) {
		iso = isoFormats(values)
	}
	w.Formats = joined(found[0], iso)
	if len(found) > 1 {
		w.Exchanged, w.Example = joined(found[1], iso), rest[0]
	}
	w.NeedsZone = w.NeedsZone || slices.ContainsFunc(w.Formats, func(format string) bool {
		return strings.ContainsAny(format, "HI") && !strings.Contains(format, "%z")
	})
	return w
}

// joined are the formats of both, each once.
func joined(formats, others []string) []string {
	return append(slices.Clone(formats), slices.DeleteFunc(slices.Clone(others), func(format string) bool { return slices.Contains(formats, format) })...)
}

func hasZone(text string) bool {
	rest := text[10:]
	return strings.ContainsAny(rest, "Z+") || strings.Contains(rest, "-")
}

// isoFormats are the formats of values in ISO 8601, where they stand beside others.
func isoFormats(values []string) []string {
	var found []string
	for _, format := range []string{"%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%d %H:%M"} {
		if reads(format, values) > 0 {
			found = append(found, format)
		}
	}
	return found
}

// reads counts the values that a format reads.
func reads(format string, values []string) (count int) {
	r, err := readerOf(format)
	if err != nil {
		return 0
	}
	for _, text := range values {
		if r.Read([]byte(text)) == "" {
			count++
		}
	}
	return count
}

func readerOf(format string) (value.Reader, error) {
	rule, err := value.NewRule("format", contract.Column{Name: "at", Kind: contract.Instant}, config.Column{Format: config.Texts{format}}, "UTC", "", time.UTC)
	return value.NewReader(rule), err
}

// fitting are the ways to read all values: a format, or the formats of one order of day, month and
// year that read them together. There are two where day and month can be exchanged.
func fitting(values []string) (ways [][]string) {
	var some []string
	orders := map[string]bool{}
	take := func(formats []string) {
		separator, first := order(formats[0])
		if key := separator + first; !orders[key] && (len(ways) == 0 || first != "") {
			orders[key] = true
			ways = append(ways, formats)
		}
	}
	for _, format := range formatsKnown() {
		switch count := reads(format, values); {
		case count == len(values):
			take([]string{format})
		case count > 0:
			some = append(some, format)
		}
	}
	if len(ways) > 0 {
		return ways
	}
	for _, first := range some {
		date, _, _ := strings.Cut(strings.ReplaceAll(first, ",", ""), " ")
		var together []string
		for _, format := range some {
			if other, _, _ := strings.Cut(strings.ReplaceAll(format, ",", ""), " "); other == date {
				together = append(together, format)
			}
		}
		if covers(together, values) {
			take(together)
		}
	}
	return ways
}

func covers(formats, values []string) bool {
	left := values
	for _, format := range formats {
		r, err := readerOf(format)
		if err != nil {
			return false
		}
		left = slices.DeleteFunc(slices.Clone(left), func(text string) bool { return r.Read([]byte(text)) == "" })
	}
	return len(left) == 0
}

// epochOf is the unit of numbers since 1970, by their size: each is between 1990 and 2100 in one
// unit alone.
func epochOf(values []string) string {
	for unit, digits := range map[string]int{"s": 1, "ms": 1_000, "us": 1_000_000} {
		isIt := true
		for _, text := range values {
			var n int64
			if _, err := fmt.Sscanf(text, "%d", &n); err != nil || fmt.Sprint(n) != text || n < 631_152_000*int64(digits) || n > 4_102_444_800*int64(digits) {
				isIt = false
				break
			}
		}
		if isIt {
			return unit
		}
	}
	return ""
}
