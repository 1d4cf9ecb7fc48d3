package page

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"html/template"
	"strings"
)

//go:embed page.html.tmpl
var pageTemplate string

//go:embed page.css
var style string

//go:embed page.js
var script string

// html is the document in one file. Its content security policy allows the one style and the one
// script of the program, by their hashes, and nothing else.
func (d document) html() ([]byte, error) {
	d.Style, d.Script = template.CSS(style), template.JS(script)
	d.Policy = "default-src 'none'; style-src '" + hash(style) + "'; script-src '" + hash(script) + "'; base-uri 'none'; form-action 'none'"
	t, err := template.New("page").Funcs(template.FuncMap{"prose": prose}).Parse(pageTemplate)
	if err != nil {
		return nil, fmt.Errorf("the template of the page: %w", err)
	}
	var text bytes.Buffer
	if err := t.Execute(&text, d); err != nil {
		return nil, fmt.Errorf("writing the page: %w", err)
	}
	return text.Bytes(), nil
}

func hash(text string) string {
	digest := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(digest[:])
}

// prose is a text with its `code` as code.
func prose(text string) template.HTML {
	parts := strings.Split(text, "`")
	if len(parts)%2 == 0 { // an odd mark
		return template.HTML(html.EscapeString(text))
	}
	var b strings.Builder
	for i, part := range parts {
		if i%2 == 0 {
			b.WriteString(html.EscapeString(part))
			continue
		}
		b.WriteString("<code>" + html.EscapeString(part) + "</code>")
	}
	return template.HTML(b.String()) // every part is escaped
}
