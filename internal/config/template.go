package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Template is a configuration that shows every key: with its value, if values has one, else as a
// comment with its default or an example. A comment of prose begins with "# ", a key that is not set
// with "#" and the key. values has the paths of keys, such as reporting.currency, and their values as
// YAML. without are keys that are not shown.
func Template(values map[string]string, without ...string) string {
	w := templateWriter{values: values}
	for _, k := range keys {
		if !slices.Contains(without, k.Name) {
			w.section(k)
		}
	}
	return strings.TrimPrefix(w.out.String(), "\n")
}

type templateWriter struct {
	out    strings.Builder
	values map[string]string
}

// Widths of the lines: of prose, and of what stands before a comment beside a key.
const (
	proseWidth   = 130
	commentBegin = 36
)

// section writes a key of the file, with what it is for above it.
func (w *templateWriter) section(k Key) {
	w.out.WriteByte('\n')
	for _, line := range wrapped(w.comment(k.Name, k), proseWidth-len("# ")) {
		w.out.WriteString("# " + line + "\n")
	}
	if !isSection(k) {
		w.value(k.Name, "", k)
		return
	}
	w.out.WriteString(mark(w.isSet(k.Name)) + k.Name + ":\n")
	for _, inner := range k.Rule.Keys {
		w.beside(joinKey(k.Name, inner.Name), inner)
	}
}

// isSection reports whether the keys of a mapping are shown one by one.
func isSection(k Key) bool {
	return k.Rule.Type == "object" && len(k.Rule.Keys) > 0 && k.Example == "" && k.Default == nil
}

// isSet reports whether a key, or one under it, has a value.
func (w *templateWriter) isSet(path string) bool {
	for set := range w.values {
		if set == path || strings.HasPrefix(set, path+".") {
			return true
		}
	}
	return false
}

// value writes a key with its value, its default or its example.
func (w *templateWriter) value(path, indent string, k Key) {
	text, isSet := w.values[path]
	if !isSet {
		text = shownValue(k)
	}
	if block := strings.Split(text, "\n"); len(block) > 1 {
		w.out.WriteString(mark(isSet) + indent + k.Name + ":\n")
		for _, line := range block {
			w.out.WriteString(mark(isSet) + indent + "  " + line + "\n")
		}
		return
	}
	w.out.WriteString(mark(isSet) + indent + k.Name + ": " + text + "\n")
}

// comment is what is said of a key. It has the default, unless that is the value shown.
func (w *templateWriter) comment(path string, k Key) string {
	text := k.About
	if _, isSet := w.values[path]; isSet || k.Example != "" || k.Otherwise != "" {
		text = k.Description()
	}
	if n := len(k.Rule.Enum); n > 1 && n <= 5 { // nobody needs the names of the months
		var words []string
		for _, value := range k.Rule.Enum {
			words = append(words, fmt.Sprint(value))
		}
		text += " One of: " + strings.Join(words, ", ") + "."
	}
	return text
}

// beside writes a key of a section, with what it is for beside it or, if its value is long, above it.
func (w *templateWriter) beside(path string, k Key) {
	one := templateWriter{values: w.values}
	one.value(path, "  ", k)
	written := one.out.String()
	begin := mark(w.isSet(path))
	first := strings.TrimSuffix(written, "\n")
	if len(first) >= commentBegin || strings.Contains(first, "\n") {
		for _, line := range wrapped(w.comment(path, k), proseWidth-len("#  # ")) {
			w.out.WriteString(begin + "  # " + line + "\n")
		}
		w.out.WriteString(written)
		return
	}
	for _, line := range wrapped(w.comment(path, k), proseWidth-commentBegin-len("# ")) {
		w.out.WriteString(first + strings.Repeat(" ", commentBegin-len(first)) + "# " + line + "\n")
		first = begin
	}
}

// mark begins a line: a key that is not set is a comment.
func mark(isSet bool) string {
	if isSet {
		return ""
	}
	return "#"
}

// shownValue is an example of a key or, if it has none, its default: a list of mappings with one line
// for each of them.
func shownValue(k Key) string {
	if k.Example != "" {
		return k.Example
	}
	value := k.Default
	if value == nil {
		value = declaredDefaults(k.Rule.Keys)
	}
	text := plainValue(value)
	if !strings.HasPrefix(text, "[{") {
		return text
	}
	var entries []json.RawMessage
	if err := json.Unmarshal(mustMarshal(value), &entries); err != nil {
		panic(err) // it is a list
	}
	var lines []string
	for _, entry := range entries {
		lines = append(lines, "- "+flow(json.NewDecoder(bytes.NewReader(entry))))
	}
	return strings.Join(lines, "\n")
}

// wrapped breaks a text into lines of a width.
func wrapped(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(lines, line)
}
