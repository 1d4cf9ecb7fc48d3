package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/acceptance"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/reports"
)

// Every command that prints JSON prints keys in snake_case, and numbers as numbers.
func TestJSONHasOneForm(t *testing.T) {
	acceptance.Nightly(t, "many commands")
	in, out := filepath.Join("testdata", "small"), filepath.Join(t.TempDir(), "out")
	lines := [][]string{
		{"run", "--input", in, "--out", out, "--json"},
		{"run", "--input", in, "--out", out, "--json", "--as-of", "2025-02-20"},
		{"runs", "--out", out, "--json"},
		{"verify", "--out", out, "--json"},
		{"gc", "--out", out, "--dry-run", "--json"},
		{"doctor", "--out", out, "--json"},
		{"validate", "--input", in, "--out", out, "--json"},
		{"models", "--json"},
		{"tables", "--json"},
		{"version", "--json"},
		{"explain", "o1", "--out", out, "--json"},
		{"explain", "contact:c1", "--out", out, "--json"},
		{"lead", "c1", "--out", out, "--format", "json"},
		{"compare", "channel", "--out", out, "--json"},
		{"compare", "--against", "crm", "--out", out, "--json"},
		{"diff", "--out", out, "--json"},
		{"what-if", "--set", "journey.lookback_days=1", "--out", out, "--run", "1", "--json"},
		{"plan", "--goal", "10000", "--average-deal", "1000", "--lead-to-customer", "0.02", "--json"},
		{"plan", "--goal", "10000", "--out", out, "--json"},
		{"generate", "--rates", "--json"},
	}
	for _, r := range reports.All() {
		lines = append(lines, []string{"report", r.Name, "--out", out, "--run", "1", "--format", "json"})
	}
	for _, args := range lines {
		var stdout, stderr bytes.Buffer
		if code := failure.Code(Main(args, &stdout, &stderr)); code != 0 && code != failure.Differences {
			t.Errorf("%v: exit code %d\n%s", args, code, &stderr)
			continue
		}
		decoder := json.NewDecoder(&stdout)
		decoder.UseNumber()
		var value any
		if err := decoder.Decode(&value); err != nil {
			t.Errorf("%v: %v", args, err)
			continue
		}
		if err := decoder.Decode(new(any)); !errors.Is(err, io.EOF) {
			t.Errorf("%v: more than one value", args)
		}
		isText := textKeys
		if r := reports.Find(args[1]); args[0] == "report" && r != nil {
			for _, c := range r.Columns {
				if c.Unit == "text" { // a band such as 10+ too
					isText = append(slices.Clone(isText), c.Name)
				}
			}
		}
		for _, wrong := range formOf(value, nil, isText) {
			t.Errorf("%s: %s", strings.Join(args[:2], " "), wrong)
		}
	}
}

var (
	snakeCase = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	decimal   = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
)

// textKeys are the keys whose values are texts of someone else, which may be digits.
var textKeys = []string{"examples", "settings", "columns"}

// formOf lists the keys below a value that are not in snake_case, and the numbers that are texts.
func formOf(value any, path, isText []string) []string {
	var wrong []string
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			if !snakeCase.MatchString(key) {
				wrong = append(wrong, fmt.Sprintf("the key %q of %v", key, path))
			}
			wrong = append(wrong, formOf(inner, append(slices.Clone(path), key), isText)...)
		}
	case []any:
		for _, inner := range v {
			wrong = append(wrong, formOf(inner, path, isText)...)
		}
	case string:
		key := path[len(path)-1]
		if decimal.MatchString(v) && !strings.HasSuffix(key, "_id") && !slices.ContainsFunc(path, func(part string) bool { return slices.Contains(isText, part) }) {
			wrong = append(wrong, fmt.Sprintf("%v is the text %q", path, v))
		}
	}
	return wrong
}
