package config

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/tributary-engine/tributary/internal/words"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// A compiledSchema is the schema twice: to check with, and to look up what a rule is called.
type compiledSchema struct {
	schema   *jsonschema.Schema
	document any
}

var compiled = sync.OnceValues(func() (compiledSchema, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaText()))
	if err != nil {
		return compiledSchema{}, fmt.Errorf("reading the schema: %w", err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("config.schema.json", document); err != nil {
		return compiledSchema{}, fmt.Errorf("reading the schema: %w", err)
	}
	schema, err := compiler.Compile("config.schema.json")
	if err != nil {
		return compiledSchema{}, fmt.Errorf("compiling the schema: %w", err)
	}
	return compiledSchema{schema, document}, nil
})

// validate holds the tree against the schema and reports every violation where it stands.
func (t *tree) validate() error {
	c, err := compiled()
	if err != nil {
		return err
	}
	err = c.schema.Validate(t.root)
	if violation, ok := errors.AsType[*jsonschema.ValidationError](err); ok {
		t.violations(c.document, violation)
		return nil
	}
	return err
}

// violations reports the innermost causes: those are what a person can mend.
func (t *tree) violations(document any, v *jsonschema.ValidationError) {
	if len(v.Causes) > 0 {
		for _, cause := range v.Causes {
			t.violations(document, cause)
		}
		return
	}
	path := v.InstanceLocation
	if t.wrong[at(path)] {
		return // said already: the value could not be read in the first place
	}
	rule := schemaAt(document, v.SchemaURL)
	want, _ := rule["title"].(string)
	switch k := v.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		properties, _ := rule["properties"].(map[string]any)
		known := make([]string, 0, len(properties))
		for name := range properties {
			known = append(known, name)
		}
		for _, name := range k.Properties {
			t.reportKey(append(path[:len(path):len(path)], name), "unknown key", "unknown key"+hintOrList(name, known))
		}
	case *kind.Required:
		t.report(path, "missing key", strings.Join(k.Missing, " and ")+" is missing")
	case *kind.Type:
		t.report(path, "wrong value", "want "+orElse(want, typeNames(k.Want))+", got "+t.shown(path)+t.quoting(path, k.Want))
	case *kind.Enum:
		var known []string
		for _, w := range k.Want {
			if s, ok := w.(string); ok {
				known = append(known, s)
			}
		}
		text := t.shown(path) + " is not one of " + listed(known)
		if s, ok := k.Got.(string); ok {
			text += words.DidYouMean(s, known)
		}
		t.report(path, "wrong value", text)
	case *kind.UniqueItems:
		second := append(path[:len(path):len(path)], strconv.Itoa(k.Duplicates[1]))
		t.report(second, "wrong value", t.shown(second)+" stands there twice")
	case *kind.MinItems:
		t.report(path, "wrong value", fmt.Sprintf("want %s: at least %d, got %d", want, k.Want, k.Got))
	case *kind.MinProperties:
		t.report(path, "wrong value", fmt.Sprintf("want %s: at least %d, got %d", want, k.Want, k.Got))
	case *kind.MaxItems:
		t.report(path, "wrong value", fmt.Sprintf("want %s: at most %d, got %d", want, k.Want, k.Got))
	case *kind.MaxProperties:
		t.report(path, "wrong value", fmt.Sprintf("want %s: at most %d, got %d", want, k.Want, k.Got))
	default:
		if want == "" {
			want = v.ErrorKind.LocalizedString(message.NewPrinter(language.English))
		}
		t.report(path, "wrong value", t.shown(path)+" is not "+want)
	}
}
