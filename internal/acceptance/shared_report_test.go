package acceptance

import (
	"fmt"
	"math/big"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/oracle"
)

// compare holds every row of a report against the oracle's.
func (c sharedReport) compare(t *testing.T, directory string, w oracle.World, expected *oracle.Aligned) {
	t.Helper()
	if c.further != nil {
		c.values += c.further(w)
	}
	got, want := map[string]string{}, map[string]string{}
	for _, r := range ReadReport(t, filepath.Join(directory, "reports", c.name+".csv")) {
		r["primary"] = w.Options.Alignment.PrimaryModel
		if c.only != nil && !c.only(r) {
			continue
		}
		if c.rewrite != nil {
			c.rewrite(r, w)
		}
		r["period_start"] = firstDayOf(w, r["period_type"], r["period_start"])
		c.put(t, got, func(column string) string { name, _ := splitColumn(column); return undefused(r[name]) })
	}
	for _, r := range c.rows(expected) {
		if c.wanted == nil || c.wanted(r) {
			c.put(t, want, func(column string) string { _, name := splitColumn(column); return r[name] })
		}
	}
	var lines []string
	for k, value := range want {
		if got[k] != value {
			lines = append(lines, fmt.Sprintf("%s: expected %q, got %q", k, value, got[k]))
		}
	}
	for k, value := range got {
		if _, known := want[k]; !known && value != "" {
			lines = append(lines, fmt.Sprintf("%s: expected nothing, got %q", k, value))
		}
	}
	slices.Sort(lines)
	if len(lines) > 12 {
		lines = append(lines[:12], fmt.Sprintf("and %d more", len(lines)-12))
	}
	if len(lines) > 0 {
		t.Errorf("%s:\n%s", c.name, strings.Join(lines, "\n"))
	}
}

// put adds the values of one row, unless its sizes are all zero.
func (c sharedReport) put(t *testing.T, to map[string]string, cell func(column string) string) {
	t.Helper()
	empty := c.sizes != ""
	for _, column := range strings.Fields(c.values) {
		if name, _ := splitColumn(column); slices.Contains(strings.Fields(c.sizes), name) {
			empty = empty && strings.Trim(cell(column), "0.") == ""
		}
	}
	if empty {
		return
	}
	var key []string
	for _, column := range strings.Fields(c.keys) {
		value := cell(column)
		if name, _ := splitColumn(column); name == "stage" {
			value = plain(value)
		}
		key = append(key, value)
	}
	for _, column := range strings.Fields(c.values) {
		name, _ := splitColumn(column)
		k := strings.Join(key, " | ") + " | " + name
		if known, twice := to[k]; twice {
			t.Errorf("%s: two rows have the key %s: %s and %s", c.name, k, known, cell(column))
		}
		to[k] = sameNumber(cell(column))
		if head, _, _ := strings.Cut(column, "="); to[k] == "" && strings.HasSuffix(head, "?") {
			to[k] = "0"
		}
	}
}

func splitColumn(column string) (report, reference string) {
	report, reference, found := strings.Cut(column, "=")
	report = strings.TrimSuffix(report, "?")
	if !found {
		reference = report
	}
	return report, reference
}

// sameNumber writes a number in one way; other text stays.
func sameNumber(text string) string {
	if n, ok := new(big.Rat).SetString(text); ok && !strings.Contains(text, "/") {
		return n.RatString()
	}
	return text
}

// plain folds the spellings of a stage or a word.
func plain(word string) string {
	return strings.NewReplacer(" ", "", "-", "", "_", "").Replace(strings.ToLower(word))
}

// firstDayOf is the first day of the period of the calendar in which a period of a report, which
// may be cut at its ends, begins.
func firstDayOf(w oracle.World, kind, start string) string {
	if kind == "all" || kind == "" || start == "" {
		return map[bool]string{true: "", false: start}[kind == "all"]
	}
	day, err := time.Parse(time.DateOnly, start)
	if err != nil {
		return start
	}
	return w.Options.Alignment.FirstOfPeriod(kind, day).Format(time.DateOnly)
}
