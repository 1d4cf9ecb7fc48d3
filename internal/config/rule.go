package config

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
)

// A Rule says what the value of a key must be, in the keywords of JSON Schema. Title is what messages
// call such a value: "want TITLE, got ...".
type Rule struct {
	Title            string      `json:"title,omitempty"`
	Ref              string      `json:"$ref,omitempty"` // a rule of definitions
	Type             any         `json:"type,omitempty"` // a name, or a list of names
	Enum             []any       `json:"enum,omitempty"`
	Const            any         `json:"const,omitempty"`
	Pattern          string      `json:"pattern,omitempty"`
	MinLength        int         `json:"minLength,omitempty"`
	MaxLength        int         `json:"maxLength,omitempty"`
	Minimum          json.Number `json:"minimum,omitempty"`
	ExclusiveMinimum json.Number `json:"exclusiveMinimum,omitempty"`
	Maximum          json.Number `json:"maximum,omitempty"`
	MultipleOf       json.Number `json:"multipleOf,omitempty"`
	MinItems         int         `json:"minItems,omitempty"`
	MaxItems         int         `json:"maxItems,omitempty"`
	UniqueItems      bool        `json:"uniqueItems,omitempty"`
	Items            *Rule       `json:"items,omitempty"`
	MinProperties    int         `json:"minProperties,omitempty"`
	MaxProperties    int         `json:"maxProperties,omitempty"`
	PropertyNames    *Rule       `json:"propertyNames,omitempty"`

	Keys      []Key  `json:"-"` // of a mapping; it has no others, unless Values says what they are
	Values    *Rule  `json:"-"` // of the keys of a mapping that Keys does not name
	Each      string `json:"-"` // what a key of the mapping is called that Keys does not name, or any one of Keys if IsPerName
	IsPerName bool   `json:"-"` // the keys are names, and all alike
}

// mapping is a mapping with these keys and no others.
func mapping(keys []Key) Rule {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.Name
	}
	return Rule{Title: "a mapping with " + strings.Join(names, ", "), Type: "object", Keys: keys}
}

// titled is the rule with another title.
func (r Rule) titled(title string) Rule {
	r.Title = title
	return r
}

// atLeast is the rule of a list, or of a mapping, that has so many entries.
func (r Rule) atLeast(n int) Rule {
	if r.Type == "object" {
		r.MinProperties = n
	} else {
		r.MinItems = n
	}
	return r
}

// whole is a whole number of a unit ("days") within bounds.
func whole(unit string, from, to int) Rule {
	title := "whole " + unit
	if unit == "" {
		title = "a whole number"
	}
	return Rule{Title: fmt.Sprintf("%s from %d to %d", title, from, to), Type: "integer", Minimum: number(from), Maximum: number(to)}
}

func number(n int) json.Number { return json.Number(fmt.Sprint(n)) }

// oneOf is one of some words.
func oneOf(words ...string) Rule {
	var values []any
	for _, word := range words {
		values = append(values, word)
	}
	return Rule{Enum: values}
}

// yesOrNo is true or false.
func yesOrNo() Rule { return Rule{Type: "boolean"} }

// matching is text of a pattern.
func matching(title, pattern string) Rule {
	return Rule{Title: title, Type: "string", Pattern: pattern}
}

// listOf is a list without repetitions.
func listOf(title string, most int, items Rule) Rule {
	return Rule{Title: title, Type: "array", MaxItems: most, UniqueItems: true, Items: &items}
}

// byName is a mapping whose keys are free; each of them is a name of something: "channel".
func byName(each, title string, values Rule) Rule {
	return Rule{Title: title, Type: "object", Each: each, Values: &values}
}

// perTable is a mapping whose keys are tables of the contract.
func perTable(title string, about func(table string) string, values Rule) Rule {
	rule := Rule{Title: title, Type: "object", Each: "table", IsPerName: true}
	for _, table := range contract.Names() {
		rule.Keys = append(rule.Keys, Key{Name: table, About: about(table), Rule: values})
	}
	return rule
}

// defined is a rule of definitions, by its name.
func defined(name string) Rule { return Rule{Ref: "#/$defs/" + name} }

// texts is a list of texts.
func texts(title string) Rule { return defined("texts").titled(title) }

// required are the names of the keys that a mapping must have.
func (r Rule) required() []string {
	var names []string
	for _, k := range r.Keys {
		if k.Required {
			names = append(names, k.Name)
		}
	}
	return names
}
