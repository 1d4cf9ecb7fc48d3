package config

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Every declared key has a field that takes it, and every field is declared.
func TestKeysAndFieldsAreTheSame(t *testing.T) {
	compareFields(t, "", mapping(keys), reflect.TypeFor[document]())
	compareFields(t, "source", mapping(sourceKeys), reflect.TypeFor[writtenSource](), "optional") // of relations
	compareFields(t, "relation", mapping(relationKeys), reflect.TypeFor[writtenSource](), "from", "select", "select_file", "time_zone", "key", "occasional")
	compareFields(t, "column", mapping(columnKeys), reflect.TypeFor[Column]())
	compareFields(t, "files", mapping(filesKeys), reflect.TypeFor[Pattern]())
	compareFields(t, "limits", mapping(limitKeys), reflect.TypeFor[Gate]())
}

// compareFields compares the keys of a mapping with the fields of a struct, and what is under them.
// others are fields that are no keys here.
func compareFields(t *testing.T, path string, rule Rule, kind reflect.Type, others ...string) {
	t.Helper()
	for kind.Kind() == reflect.Pointer || kind.Kind() == reflect.Slice {
		kind = kind.Elem()
	}
	if rule.Items != nil {
		rule = *rule.Items
	}
	if len(rule.Keys) == 0 || kind.Kind() != reflect.Struct {
		return // a plain value, or a mapping by name
	}
	fields := jsonFields(kind)
	for _, k := range rule.Keys {
		field, found := fields[k.Name]
		if !found {
			t.Errorf("%s has no field for the key %s", kind, joinKey(path, k.Name))
			continue
		}
		delete(fields, k.Name)
		compareFields(t, joinKey(path, k.Name), k.Rule, field)
	}
	for name := range fields {
		if !slices.Contains(others, name) {
			t.Errorf("the field %s of %s is not declared", joinKey(path, name), kind)
		}
	}
}

// jsonFields are the types of the fields that JSON knows, by name; those of embedded structs too.
func jsonFields(kind reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for _, field := range reflect.VisibleFields(kind) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if _, hidden := fields[name]; name == "" || name == "-" || hidden {
			continue
		}
		fields[name] = field.Type
	}
	return fields
}
