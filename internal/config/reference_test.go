package config

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// referenceTables are the tables of keys in docs/input.md, by the path above their keys. A key is in
// the table with the longest path above it.
var referenceTables = []string{"", "control_totals[]", "custom_models[]", "channels.rules[]", "funnel.stages[]", "tables.<table>", "tables.<table>.from.<relation>", "tables.<table>.columns.<column>"}

const referencePage = "../../docs/input.md"

// docs/input.md shows every key as it is declared. UPDATE_DOCS=1 writes its tables anew.
func TestTheReferenceShowsEveryKey(t *testing.T) {
	rows := map[string][]string{}
	for _, place := range Places() {
		table, path := tableOf(place.Path)
		rows[table] = append(rows[table], row(path, place.Key))
	}
	for _, table := range referenceTables {
		name := "keys"
		if table != "" {
			name = "keys of " + table
		}
		if len(rows[table]) == 0 {
			t.Errorf("no key is in the table %q", table)
		}
		wantBlock(t, name, "| key | value | default | meaning |\n|---|---|---|---|\n"+strings.Join(rows[table], ""))
	}
}

// tableOf finds the table of a key and its path in this table.
func tableOf(path string) (table, inTable string) {
	for _, candidate := range referenceTables {
		if strings.HasPrefix(path, candidate+".") && len(candidate) > len(table) {
			table = candidate
		}
	}
	return table, strings.TrimPrefix(strings.TrimPrefix(path, table), ".")
}

func row(path string, k Key) string {
	required := ""
	if k.Required {
		required = " *"
	}
	meaning := k.About
	if k.See != "" {
		meaning += " See " + k.See + "."
	}
	byDefault := k.DefaultText()
	if k.Otherwise == "" && k.Default != nil {
		byDefault = "`" + byDefault + "`"
	}
	return fmt.Sprintf("| `%s`%s | %s | %s | %s |\n", path, required, cell(valueOf(k.Rule)), cell(byDefault), cell(meaning))
}

// cell writes a text so that no reader of Markdown takes part of it for a column or a tag.
func cell(text string) string {
	text = strings.ReplaceAll(text, "|", `\|`)
	if strings.Contains(text, "`") {
		return text
	}
	return strings.NewReplacer("<", `\<`, "*", `\*`).Replace(text)
}

// valueOf says what a key takes, as messages do.
func valueOf(rule Rule) string {
	if rule.Title == "" && rule.Ref != "" {
		i := slices.IndexFunc(definitions, func(k Key) bool { return defined(k.Name).Ref == rule.Ref })
		return valueOf(definitions[i].Rule)
	}
	switch {
	case rule.Type == "object" && len(rule.Keys) > 0:
		return "a mapping" // its keys have rows of their own
	case rule.Title != "":
		return rule.Title
	case len(rule.Enum) > 0:
		var words []string
		for _, word := range rule.Enum {
			words = append(words, "`"+listed([]string{fmt.Sprint(word)})+"`")
		}
		return strings.Join(words, ", ")
	case rule.Const != nil:
		return fmt.Sprintf("`%v`", rule.Const)
	case rule.Ref == defined("texts").Ref || rule.Type == "array":
		return "a list of texts"
	}
	return typeNames([]string{fmt.Sprint(rule.Type)})
}

func wantBlock(t *testing.T, name, want string) {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(referencePage))
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), "<!-- "+name+" -->\n")
	got, after, ended := strings.Cut(rest, "<!-- end -->")
	switch {
	case !found || !ended:
		t.Fatalf("%s has no block %s", referencePage, name)
	case got == want:
	case os.Getenv("UPDATE_DOCS") == "":
		t.Errorf("%s: the block %s is out of date: run the test with UPDATE_DOCS=1", referencePage, name)
	default:
		if err := os.WriteFile(referencePage, []byte(before+"<!-- "+name+" -->\n"+want+"<!-- end -->"+after), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Every key says what it is for, what it takes, and what holds without it.
func TestEveryKeyIsDescribed(t *testing.T) {
	for _, place := range Places() {
		if !strings.HasSuffix(place.About, ".") {
			t.Errorf("%s: %q is not a description", place.Path, place.About)
		}
		if valueOf(place.Rule) == "" {
			t.Errorf("%s has no type", place.Path)
		}
		hasDefault := place.DefaultText() != "" || place.Required || len(place.Rule.Keys) > 0 || strings.HasSuffix(place.Path, ">")
		if !hasDefault {
			t.Errorf("%s has no default and is not required", place.Path)
		}
		if place.Default == nil && place.LateDefault && place.Otherwise == "" {
			t.Errorf("%s has LateDefault without a default", place.Path)
		}
	}
}
