package config

import (
	"strconv"
	"unicode/utf8"

	"github.com/goccy/go-yaml/token"
)

// firstUnreadable finds the first byte that is not text.
func firstUnreadable(text []byte) (line, column int, found bool) {
	line, column = 1, 1
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError && size == 1 || r < ' ' && r != '\n' && r != '\r' && r != '\t' {
			return line, column, true
		}
		if column++; r == '\n' {
			line, column = line+1, 1
		}
		text = text[size:]
	}
	return 0, 0, false
}

// refuseTokens refuses what a configuration does not need, before the parser sees it: the parser
// recurses.
func (t *tree) refuseTokens(tokens token.Tokens) {
	flow, inRow, row, documents, keys := 0, 0, 0, 0, 0
	for _, tk := range tokens {
		if tk.Position.Line != row {
			row, inRow = tk.Position.Line, 0
		}
		refused := ""
		switch tk.Type {
		case token.AnchorType, token.AliasType:
			refused = "anchors and aliases are not taken: write the value out, or quote text that begins with & or *"
		case token.TagType:
			refused = "tags are not taken: quote text that begins with !"
		case token.MergeKeyType:
			refused = "merge keys are not taken: write the keys out"
		case token.MappingKeyType:
			refused = "keys after ? are not taken: write `key: value`"
		case token.DirectiveType:
			refused = "directives are not taken"
		case token.DocumentHeaderType, token.DocumentEndType:
			if documents++; documents > 1 || tk.Type == token.DocumentEndType {
				refused = "one document per file"
			}
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			flow--
		case token.SequenceEntryType:
			inRow++
		case token.MappingValueType:
			if keys++; keys > mostKeys {
				refused = "more than " + strconv.Itoa(mostKeys) + " keys"
			}
		case token.InvalidType:
			refused = "not YAML: " + tk.Error
		}
		if refused == "" && (flow > mostDepth || inRow > mostDepth) {
			refused = "lists and mappings are nested more than " + strconv.Itoa(mostDepth) + " deep"
		}
		if refused != "" {
			t.add(place{tk.Position.Line, tk.Position.Column}, nil, "YAML", refused)
			return
		}
	}
}
