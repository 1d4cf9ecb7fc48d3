package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Marshal writes the job as a configuration file with every default written out: the same bytes for
// the same job, with no path of the machine and no clock. Parse reads it back to the same job, but
// for Paths and what comes from flags alone.
func (j Job) Marshal() ([]byte, error) {
	var out bytes.Buffer
	text, err := declaredOrder(documentOf(j))
	if err == nil {
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber()
		err = writeYAML(&out, decoder, 0)
	}
	if err != nil {
		return nil, fmt.Errorf("writing the configuration: %w", err)
	}
	return bytes.TrimPrefix(out.Bytes(), []byte("\n")), nil
}

// declaredOrder writes a document as JSON, its keys in the order of keys.go.
func declaredOrder(d document) ([]byte, error) {
	text, err := marshalText(d)
	if err != nil {
		return nil, err
	}
	var values map[string]json.RawMessage
	if err := json.Unmarshal(text, &values); err != nil {
		return nil, err
	}
	var pairs []string
	for _, k := range keys {
		if value, given := values[k.Name]; given {
			pairs = append(pairs, strconv.Quote(k.Name)+":"+string(value))
		}
	}
	if len(pairs) < len(values) {
		return nil, fmt.Errorf("%d keys are not declared", len(values)-len(pairs))
	}
	return []byte("{" + strings.Join(pairs, ",") + "}"), nil
}

// writeYAML rewrites the next JSON value as YAML: mappings and lists in block style with the order
// of their keys kept, text in JSON's quotes unless it is a plain word. (goccy/go-yaml 1.19.2 writes
// a tab, among others, so that it reads back as nothing.)
func writeYAML(out *bytes.Buffer, decoder *json.Decoder, depth int) error {
	tk, err := decoder.Token()
	if err != nil {
		return err
	}
	indent := "\n" + strings.Repeat("  ", depth)
	switch v := tk.(type) {
	case json.Delim:
		empty := map[json.Delim]string{'{': " {}", '[': " []"}[v]
		if !decoder.More() {
			out.WriteString(empty)
		}
		for decoder.More() {
			if v == '[' {
				out.WriteString(indent + "-")
			} else {
				key, err := decoder.Token()
				if err != nil {
					return err
				}
				out.WriteString(indent + scalar(key.(string)) + ":")
			}
			if err := writeYAML(out, decoder, depth+1); err != nil {
				return err
			}
		}
		_, err := decoder.Token()
		if depth == 0 {
			out.WriteByte('\n')
		}
		return err
	case string:
		if isBlock(v) {
			out.WriteString(" |" + indent + strings.ReplaceAll(strings.TrimSuffix(v, "\n"), "\n", indent))
			break
		}
		out.WriteString(" " + scalar(v))
	default:
		fmt.Fprintf(out, " %v", v)
	}
	return nil
}

// isBlock reports whether a text of several lines, such as a SELECT, can stand as it is, with its
// lines indented: nothing of it would be lost.
func isBlock(text string) bool {
	if strings.Count(text, "\n") < 2 || !strings.HasSuffix(text, "\n") || strings.HasSuffix(text, "\n\n") || strings.HasPrefix(text, " ") || strings.HasPrefix(text, "\n") {
		return false
	}
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasSuffix(line, " ") || strings.ContainsFunc(line, func(r rune) bool { return r != '\t' && !strconv.IsPrint(r) }) {
			return false
		}
	}
	return !strings.Contains(text, "\t") && !strings.Contains(text, "\n\n ")
}

var plainWord = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*$`)

// scalar writes a text so that no reader of YAML, of whatever version, takes it for anything else.
func scalar(text string) string {
	reserved := []string{"true", "false", "yes", "no", "on", "off", "y", "n", "null"}
	if plainWord.MatchString(text) && !slices.Contains(reserved, strings.ToLower(text)) {
		return text
	}
	var quoted bytes.Buffer
	encoder := json.NewEncoder(&quoted)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // a string can always be encoded
	return strings.TrimSuffix(quoted.String(), "\n")
}
