package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
)

const (
	mostBytes = 1 << 20 // size of a configuration file
	mostDepth = 32      // mappings and lists within each other
	mostKeys  = 20_000  // in all mappings together: the parser takes time quadratic in them
)

// A place is where something stands in the file.
type place struct{ line, column int }

// A tree is the content of a YAML file as JSON would hold it, and where each value and key stands.
type tree struct {
	file     string
	root     any // map[string]any, []any, string, bool, nil, json.Number with the digits as they are written
	values   map[string]place
	keys     map[string]place
	wrong    map[string]bool // paths of the problems
	problems Problems
}

// at joins a path to the key of tree.values and tree.keys.
func at(path []string) string { return strings.Join(path, "\x00") }

// report adds a problem with the value at path.
func (t *tree) report(path []string, kind, text string) { t.add(t.values[at(path)], path, kind, text) }

// reportKey adds a problem with the key at path.
func (t *tree) reportKey(path []string, kind, text string) { t.add(t.keys[at(path)], path, kind, text) }

func (t *tree) add(p place, path []string, kind, text string) {
	t.wrong[at(path)] = true
	t.problems = append(t.problems, Problem{File: t.file, Line: max(p.line, 1), Column: max(p.column, 1), Path: pathOf(path), Kind: kind, Text: text})
}

// parseYAML reads the text of a file. It takes the plain part of YAML that a configuration needs:
// mappings with text keys, lists, text, numbers written plainly, true and false. Anchors, aliases,
// tags, merge keys and several documents are refused, so nothing in the file can grow beyond what
// stands there.
func parseYAML(file string, text []byte) *tree {
	t := &tree{file: file, values: map[string]place{}, keys: map[string]place{}, wrong: map[string]bool{}, root: map[string]any{}}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if len(text) > mostBytes {
		t.add(place{}, nil, "size", "a configuration of more than 1 MiB")
		return t
	}
	if line, column, bad := firstUnreadable(text); bad {
		t.add(place{line, column}, nil, "encoding", "not UTF-8 text\nhint: save the file as UTF-8")
		return t
	}
	tokens := lexer.Tokenize(string(text))
	if t.refuseTokens(tokens); len(t.problems) > 0 {
		return t
	}
	parsed, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey()) // convert reports those with their place
	if err != nil {
		t.syntax(err)
		return t
	}
	for _, doc := range parsed.Docs {
		if doc.Body != nil && doc.Body.Type() != ast.CommentType {
			t.root = t.convert(doc.Body, nil)
		}
	}
	return t
}

func (t *tree) syntax(err error) {
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) && syntax.Token != nil {
		t.add(place{syntax.Token.Position.Line, syntax.Token.Position.Column}, nil, "YAML", "not YAML: "+syntax.Message)
		return
	}
	t.add(place{}, nil, "YAML", "not YAML: "+strings.SplitN(err.Error(), "\n", 2)[0])
}

var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

// convert turns a node into what JSON would hold, and notes where it stands.
func (t *tree) convert(node ast.Node, path []string) any {
	tk := node.GetToken()
	where := place{tk.Position.Line, tk.Position.Column}
	if len(path) > 2*mostDepth {
		t.add(where, nil, "YAML", "lists and mappings are nested too deep")
		return nil
	}
	switch n := node.(type) {
	case *ast.MappingNode:
		if len(n.Values) > 0 && !n.IsFlowStyle {
			k := n.Values[0].Key.GetToken().Position
			where = place{k.Line, k.Column}
		}
		t.values[at(path)] = where
		return t.convertMapping(n.Values, path)
	case *ast.MappingValueNode:
		k := n.Key.GetToken().Position
		t.values[at(path)] = place{k.Line, k.Column}
		return t.convertMapping([]*ast.MappingValueNode{n}, path)
	case *ast.SequenceNode:
		t.values[at(path)] = where
		list := make([]any, 0, len(n.Values))
		for i, v := range n.Values {
			list = append(list, t.convert(v, append(path[:len(path):len(path)], strconv.Itoa(i))))
		}
		return list
	}
	t.values[at(path)] = where
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	case *ast.BoolNode:
		return n.Value
	case *ast.NullNode:
		if key, ok := t.keys[at(path)]; ok {
			t.values[at(path)] = key // what is not written stands nowhere
		}
		return nil
	case *ast.IntegerNode, *ast.FloatNode:
		text := tk.Value
		if !plainNumber.MatchString(text) || len(text) > 24 {
			t.report(path, "wrong value", text+" is not a plain number\nhint: write it in digits such as 10 or 0.5, or quote it when it is text")
			return nil
		}
		return json.Number(text)
	}
	t.report(path, "YAML", printable(tk.Value)+" is not allowed here\nhint: quote it when it is text")
	return nil
}

// convertMapping refuses keys that are not text and keys that stand there twice. A key spelled true
// or false is text.
func (t *tree) convertMapping(pairs []*ast.MappingValueNode, path []string) any {
	m := make(map[string]any, len(pairs))
	for _, pair := range pairs {
		tk := pair.Key.GetToken()
		where := place{tk.Position.Line, tk.Position.Column}
		var key string
		switch k := pair.Key.(type) {
		case *ast.StringNode:
			key = k.Value
		case *ast.BoolNode:
			key = tk.Value
		default:
			t.add(where, path, "key", "the key "+printable(tk.Value)+" is not text\nhint: put it in quotes")
			continue
		}
		under := append(path[:len(path):len(path)], key)
		if first, twice := t.keys[at(under)]; twice {
			t.add(where, under, "key", "this key stands there twice, first in line "+strconv.Itoa(first.line))
			continue
		}
		t.keys[at(under)] = where
		m[key] = t.convert(pair.Value, under)
	}
	return m
}
