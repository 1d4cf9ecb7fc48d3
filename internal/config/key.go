package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// A Key is the declaration of a key of tributary.yaml, and the only place that says what it is. The
// schema, and so the messages about wrong values, the page of keys in docs/input.md, the file that
// `tributary init` writes and the default of the field come from it.
type Key struct {
	Name        string
	About       string // what it does, in a sentence or two, without its default
	See         string // where the documentation says more: a link in Markdown
	Rule        Rule
	Required    bool
	Default     any    // the value that holds if the file does not have the key; nil: see Otherwise
	LateDefault bool   // Default depends on other keys, so the withDefaults methods apply it after the file was read
	Otherwise   string // what holds if the file does not have the key, in words: "the newest instant of the data"
	Example     string // of a key without a Default, as YAML
}

// DefaultText is what holds if the file does not have the key, in words; empty for a required key and
// for a mapping whose keys have defaults of their own.
func (k Key) DefaultText() string {
	if k.Otherwise != "" || k.Default == nil {
		return k.Otherwise
	}
	if text, isText := k.Default.(string); isText {
		return text
	}
	return plainValue(k.Default)
}

// Description is what an editor shows: what the key does, and its default.
func (k Key) Description() string {
	if text := k.DefaultText(); text != "" {
		return k.About + " Default: " + text + "."
	}
	return k.About
}

// plainValue writes a value as YAML on one line.
func plainValue(value any) string {
	decoder := json.NewDecoder(bytes.NewReader(mustMarshal(value)))
	decoder.UseNumber()
	return flow(decoder)
}

// mustMarshal writes a declared value as JSON.
func mustMarshal(value any) []byte {
	text, err := marshalText(value)
	if err != nil {
		panic(err) // declared values are plain ones
	}
	return text
}

// flow writes the next JSON value as YAML on one line, with the order of keys kept.
func flow(decoder *json.Decoder) string {
	tk, err := decoder.Token()
	if err != nil {
		panic(err) // marshalText wrote it
	}
	var parts []string
	switch v := tk.(type) {
	case json.Delim:
		for decoder.More() {
			if v == '{' {
				parts = append(parts, flow(decoder)+": "+flow(decoder))
			} else {
				parts = append(parts, flow(decoder))
			}
		}
		end, _ := decoder.Token()
		return v.String() + strings.Join(parts, ", ") + fmt.Sprint(end)
	case string:
		return scalar(v)
	default:
		return fmt.Sprint(v)
	}
}
