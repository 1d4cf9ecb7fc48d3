package config

import (
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/tributary-engine/tributary/internal/words"
)

// schemaAt finds the part of the schema that a URL with a JSON pointer names.
func schemaAt(document any, url string) map[string]any {
	_, pointer, _ := strings.Cut(url, "#")
	for _, part := range strings.Split(pointer, "/")[1:] {
		part = strings.NewReplacer("~1", "/", "~0", "~").Replace(part)
		switch d := document.(type) {
		case map[string]any:
			document = d[part]
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i < 0 || i >= len(d) {
				return nil
			}
			document = d[i]
		}
	}
	m, _ := document.(map[string]any)
	return m
}

// valueAt returns the value at a path; nil when there is none.
func (t *tree) valueAt(path []string) any {
	v := t.root
	for _, part := range path {
		switch c := v.(type) {
		case map[string]any:
			v = c[part]
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i < 0 || i >= len(c) {
				return nil
			}
			v = c[i]
		default:
			return nil
		}
	}
	return v
}

// shown names the value at a path for a message.
// quoting is the advice about a word that YAML took for something else than text: TRUE, 007, 1e3.
func (t *tree) quoting(path, want []string) string {
	if !slices.Contains(want, "string") {
		return ""
	}
	switch v := t.valueAt(path).(type) {
	case bool:
		return "\nhint: YAML reads this word as true or false; put it in quotes, such as \"TRUE\""
	case json.Number:
		return " (text that looks like a number stands in quotes: \"" + v.String() + "\")"
	}
	return ""
}

func (t *tree) shown(path []string) string {
	switch v := t.valueAt(path).(type) {
	case nil:
		return "nothing"
	case string:
		return quoted(v)
	case json.Number:
		return "the number " + v.String()
	case bool:
		return strconv.FormatBool(v)
	case []any:
		return "a list"
	default:
		return "a mapping"
	}
}

func typeNames(types []string) string {
	names := map[string]string{"string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false", "object": "a mapping", "array": "a list"}
	var words []string
	for _, t := range types {
		words = append(words, names[t])
	}
	return strings.Join(words, " or ")
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// listed writes names in a row, those quoted that would not be seen.
func listed(names []string) string {
	shown := make([]string, len(names))
	for i, n := range names {
		if shown[i] = n; len(n) == 1 || strings.ContainsFunc(n, func(r rune) bool { return r > '~' }) {
			shown[i] = strconv.QuoteToASCII(n)
		}
	}
	return strings.Join(shown, ", ")
}

// hintOrList names the nearest known key or, where none is near and they are few, all of them.
func hintOrList(name string, known []string) string {
	if h := words.DidYouMean(name, known); h != "" {
		return h
	}
	if len(known) == 0 || len(known) > 14 {
		return ""
	}
	slices.Sort(known)
	return " (known: " + strings.Join(known, ", ") + ")"
}

// wholeNumbers rewrites numbers such as 365.0, which are whole as far as JSON Schema is concerned,
// so that they decode.
func wholeNumbers(v any) any {
	switch c := v.(type) {
	case map[string]any:
		m := make(map[string]any, len(c))
		for k, e := range c {
			m[k] = wholeNumbers(e)
		}
		return m
	case []any:
		l := make([]any, len(c))
		for i, e := range c {
			l[i] = wholeNumbers(e)
		}
		return l
	case json.Number:
		if r, ok := new(big.Rat).SetString(c.String()); ok && r.IsInt() {
			return json.Number(r.Num().String())
		}
	}
	return v
}
