package config

import (
	"bytes"
	"encoding/json"
	"strconv"
	"sync"
)

// Schema is the published JSON Schema of tributary.yaml, draft 2020-12. internal/config/config.schema.json
// is a copy of it for readers.
func Schema() []byte { return bytes.Clone(schemaText()) }

var schemaText = sync.OnceValue(func() []byte {
	root := struct {
		Schema string `json:"$schema"`
		ID     string `json:"$id"`
		keyNode
		Definitions properties `json:"$defs"`
	}{
		Schema: "https://json-schema.org/draft/2020-12/schema",
		ID:     "https://tributary.invalid/config.schema.json",
		keyNode: node(Key{Rule: mapping(keys).titled("the configuration of Tributary"),
			About: "tributary.yaml: which files hold which contract table, how their columns are read, and what is attributed how. Everything has a default."}),
		Definitions: definitions,
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, mustMarshal(root), "", "  "); err != nil {
		panic(err) // mustMarshal wrote it
	}
	indented.WriteByte('\n')
	return indented.Bytes()
})

// A keyNode is a key as JSON Schema has it, with its keywords in an order that reads well.
type keyNode struct {
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	plainRule
	AdditionalProperties any        `json:"additionalProperties,omitempty"`
	Required             []string   `json:"required,omitempty"`
	Properties           properties `json:"properties,omitempty"`
	Default              any        `json:"default,omitempty"`
}

type plainRule Rule

// properties are keys by name, in the order of their declaration.
type properties []Key

func node(k Key) keyNode {
	n := keyNode{Title: k.Rule.Title, Description: k.Description(), plainRule: plainRule(k.Rule), Required: k.Rule.required(), Properties: k.Rule.Keys, Default: k.Default}
	switch {
	case k.Rule.Values != nil:
		n.AdditionalProperties = *k.Rule.Values
	case len(k.Rule.Keys) > 0:
		n.AdditionalProperties = false
	}
	return n
}

// MarshalJSON writes the rule of a value that has no key of its own.
func (r Rule) MarshalJSON() ([]byte, error) { return marshalText(node(Key{Rule: r})) }

func (p properties) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, k := range p {
		if i > 0 {
			out.WriteByte(',')
		}
		value, err := marshalText(node(k))
		if err != nil {
			return nil, err
		}
		out.WriteString(strconv.Quote(k.Name) + ":")
		out.Write(value)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}
