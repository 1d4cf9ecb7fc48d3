package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math/big"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/synthetic"
	"github.com/tributary-engine/tributary/reports"
)

// TestPageOfACompany looks at the page of the made-up company from all sides.
func TestPageOfACompany(t *testing.T) {
	in := t.TempDir()
	if _, err := synthetic.Generate(t.Context(), synthetic.Company{Seed: 1, Accounts: 40, Touches: 3000}, synthetic.CSV, in, nil); err != nil {
		t.Fatal(err)
	}
	directory := runOf(t, in)
	text, run := read(t, directory), open(t, directory)
	root := parse(t, text)

	t.Run("figures are those of the reports", func(t *testing.T) {
		if n := checkFigures(t, run, root); n < 3000 {
			t.Errorf("the page has %d figures, want at least 3000", n)
		}
	})
	t.Run("the document is sound", func(t *testing.T) { checkDocument(t, text, root) })
	t.Run("the policy allows the style and the script alone", func(t *testing.T) { checkPolicy(t, root) })
	t.Run("nobody is named", func(t *testing.T) {
		shown := textOf(root)
		tokens := map[string]bool{}
		for _, token := range strings.FieldsFunc(text+" "+shown, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_' }) {
			tokens[token] = true
		}
		for file, columns := range map[string][]string{"contacts.csv": {"contact_id", "email"}, "leads.csv": {"lead_id", "email"}, "touchpoints.csv": {"touch_id"}} {
			for _, column := range columns {
				for _, id := range columnOf(t, filepath.Join(in, file), column) {
					if tokens[id] || strings.Contains(id, "@") && strings.Contains(text, id) {
						t.Errorf("the page has %s %q of %s", column, id, file)
					}
				}
			}
		}
		for _, owner := range columnOf(t, filepath.Join(in, "opportunities.csv"), "owner") {
			if strings.Contains(shown, owner) {
				t.Errorf("the page names the owner %q", owner)
			}
		}
		for n := range root.Descendants() {
			if n.Type == html.TextNode && n.Parent.Data != "style" && n.Parent.Data != "script" && strings.Contains(n.Data, "@") {
				t.Errorf("the page has %q", n.Data)
			}
		}
	})
	t.Run("the same reports give the same bytes", func(t *testing.T) {
		again, err := Render(t.Context(), run)
		if err != nil || !bytes.Equal(again, []byte(text)) {
			t.Errorf("the page was not made again (%v)", err)
		}
		elsewhere := filepath.Join(t.TempDir(), "000099")
		if err := os.CopyFS(elsewhere, os.DirFS(directory)); err != nil {
			t.Fatal(err)
		}
		if again, err = Render(t.Context(), open(t, elsewhere)); err != nil || !bytes.Equal(again, []byte(text)) {
			t.Errorf("the page depends on the name of its directory (%v)", err)
		}
		if regexp.MustCompile(`[^\d.]000001\b`).MatchString(text) {
			t.Error("the page has the number of the run")
		}
	})
	t.Run("every section is there", func(t *testing.T) {
		for _, s := range sections() {
			if !strings.Contains(text, `<section id="`+s.id+`"`) {
				t.Errorf("there is no section %s", s.id)
			}
		}
		if !strings.Contains(text, run.Manifest.Reports) || run.Manifest.Reports == "" {
			t.Error("the digest of the reports is not on the page")
		}
		if !strings.Contains(text, "new warnings in this run") {
			t.Error("the banner of new warnings is not there")
		}
	})
	t.Run("reports that are missing are named", func(t *testing.T) {
		older := filepath.Join(t.TempDir(), "older")
		if err := os.CopyFS(older, os.DirFS(directory)); err != nil {
			t.Fatal(err)
		}
		for _, missing := range []string{"targets", "period_performance", "*"} {
			files, err := filepath.Glob(filepath.Join(older, "reports", missing+".parquet"))
			if err != nil || len(files) == 0 {
				t.Fatalf("no report %s (%v)", missing, err)
			}
			for _, file := range files {
				if err := os.Remove(file); err != nil {
					t.Fatal(err)
				}
			}
			got, err := Render(t.Context(), open(t, older))
			if err != nil {
				t.Fatalf("without %s: %v", missing, err)
			}
			if !bytes.Contains(got, []byte("This run has no report <code>targets</code>")) {
				t.Error("the page does not say that targets are missing")
			}
		}
	})
}

// checkFigures compares every figure of a page with the report that it names, and returns how many
// there are.
func checkFigures(t *testing.T, run *published.Run, root *html.Node) int {
	t.Helper()
	tables := map[string]map[string][]map[string]string{} // report, key, rows
	units := map[string]string{}
	headings := map[*html.Node][]*html.Node{} // of each table
	elements(root, func(e *html.Node) {
		if e.Data == "th" && e.Parent.Parent.Data == "thead" {
			table := e.Parent.Parent.Parent
			headings[table] = append(headings[table], e)
		}
	})
	n := 0
	elements(root, func(e *html.Node) {
		exact, isFigure := attribute(e, "data-value")
		if !isFigure {
			return
		}
		n++
		p := placeOf(e, headings)
		if _, known := tables[p.report]; !known {
			tables[p.report] = rowsOf(t, run, p.report)
		}
		rows := tables[p.report][canonical(p.key)]
		if p.sum != "" {
			rows = nil
			for _, some := range tables[p.report] {
				if matches(some[0], p) {
					rows = append(rows, some...)
				}
			}
		}
		if p.sum == "" && len(rows) != 1 {
			t.Errorf("%s %v: %d rows", p.report, p.key, len(rows))
			return
		}
		var want string
		if p.sum == "" {
			want = rows[0][p.column]
		} else { // of a period in which nothing happened, it is a sum of nothing
			total := new(big.Rat)
			for _, row := range rows {
				if r, ok := new(big.Rat).SetString(row[p.column]); ok {
					total.Add(total, r)
				}
			}
			want = total.FloatString(2)
		}
		if exact != want {
			t.Errorf("%s.%s %v sum %q: the page has %q, the report %q", p.report, p.column, p.key, p.sum, exact, want)
		}
		unit, isKnown := units[p.report+"."+p.column]
		if !isKnown {
			described, isColumn := reports.Find(p.report).Column(p.column)
			if !isColumn {
				t.Errorf("%s has no column %s", p.report, p.column)
			}
			unit = described.Unit
			units[p.report+"."+p.column] = unit
		}
		shown := present.Value(present.KindOf(unit), exact, 2)
		if exact == "" {
			shown = "–"
		}
		if text := textOf(e); text != shown {
			t.Errorf("%s.%s %v: the page shows %q, want %q", p.report, p.column, p.key, text, shown)
		}
	})
	return n
}

// A place is what the attributes around a figure say of it.
type figurePlace struct {
	report, column, sum string
	key                 url.Values
}

// placeOf puts the attributes of a figure, its row, the heading above it and its table together.
func placeOf(e *html.Node, headings map[*html.Node][]*html.Node) figurePlace {
	p := figurePlace{key: url.Values{}}
	take := func(n *html.Node) {
		for name, into := range map[string]*string{"data-report": &p.report, "data-column": &p.column, "data-sum": &p.sum} {
			if text, ok := attribute(n, name); ok && *into == "" {
				*into = text
			}
		}
		key, _ := attribute(n, "data-key")
		values, _ := url.ParseQuery(key)
		for column, texts := range values {
			p.key[column] = texts
		}
	}
	take(e)
	if e.Data == "td" {
		at := 0
		for before := e.PrevSibling; before != nil; before = before.PrevSibling {
			if before.Type == html.ElementNode {
				at++
			}
		}
		row := e.Parent
		table := row.Parent.Parent
		take(row)
		take(headings[table][at])
		take(table)
	}
	return p
}

// rowsOf are the rows of a report by their keys. Of the largest one only those are read that the page
// can show.
func rowsOf(t *testing.T, run *published.Run, report string) map[string][]map[string]string {
	t.Helper()
	query := "SELECT * FROM " + engine.Name(report)
	if report == "period_performance" {
		query += " WHERE basis = 'period' AND model = 'w_shaped' AND period_type IN ('quarter', 'month')"
	}
	table, err := run.Read(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	rows, grain := map[string][]map[string]string{}, reports.Find(report).Grain
	for _, cells := range table.Rows {
		row, key := map[string]string{}, url.Values{}
		for i, column := range table.Columns {
			if !cells[i].IsNull {
				row[column] = cells[i].Text
			}
		}
		for _, column := range grain {
			key.Set(column, row[column])
		}
		rows[canonical(key)] = append(rows[canonical(key)], row)
	}
	return rows
}

func canonical(key url.Values) string { return key.Encode() }

// matches reports whether a row is one of those that a sum adds up.
func matches(row map[string]string, p figurePlace) bool {
	for column, texts := range p.key {
		if row[column] != texts[0] {
			return false
		}
	}
	if !strings.Contains(p.sum, "=") {
		return true
	}
	among, _ := url.ParseQuery(p.sum)
	for column, texts := range among {
		if !strings.Contains("\x00"+strings.Join(texts, "\x00")+"\x00", "\x00"+row[column]+"\x00") {
			return false
		}
	}
	return true
}

// checkDocument looks for what breaks a page: ids, headings, images, scripts, addresses.
func checkDocument(t *testing.T, text string, root *html.Node) {
	t.Helper()
	if len(text) > Limit {
		t.Errorf("the page has %d bytes, more than %d", len(text), Limit)
	}
	ids, charts, scripts, level := map[string]bool{}, 0, 0, 0
	elements(root, func(n *html.Node) {
		if id, ok := attribute(n, "id"); ok {
			if ids[id] {
				t.Errorf("the id %s is there twice", id)
			}
			ids[id] = true
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
		switch n.Data {
		case "script":
			scripts++
		case "img", "iframe", "link", "object", "base":
			t.Errorf("the page has <%s>", n.Data)
		case "h1", "h2", "h3", "h4":
			if now := int(n.Data[1] - '0'); now > level+1 {
				t.Errorf("<%s> %q comes after <h%d>", n.Data, textOf(n), level)
			} else {
				level = now
			}
		}
		if class, _ := attribute(n, "class"); n.Data == "svg" && strings.HasPrefix(class, "chart") {
			charts++
			role, _ := attribute(n, "role")
			if role != "img" || n.FirstChild == nil || n.FirstChild.Data != "title" || textOf(n.FirstChild) == "" || textOf(n.FirstChild.NextSibling) == "" {
				t.Errorf("a chart has no role, title or description: %s", textOf(n))
			}
		}
	})
	elements(root, func(n *html.Node) {
		for _, name := range []string{"aria-labelledby", "aria-describedby", "for"} {
			if id, ok := attribute(n, name); ok && !ids[id] {
				t.Errorf("%s=%q points to nothing", name, id)
			}
		}
		if href, ok := attribute(n, "href"); ok && !ids[strings.TrimPrefix(href, "#")] {
			t.Errorf("href=%q points to nothing", href)
		}
	})
	if scripts != 1 || charts == 0 {
		t.Errorf("%d scripts, %d charts", scripts, charts)
	}
	for _, word := range []string{"http://", "https://", "ZgotmplZ", "%!", "<no value>"} {
		if strings.Contains(text, word) {
			t.Errorf("the page has %s", word)
		}
	}
}

// checkPolicy compares the hashes of the policy with the style and the script.
func checkPolicy(t *testing.T, root *html.Node) {
	t.Helper()
	var policy string
	hashes := map[string]string{}
	elements(root, func(n *html.Node) {
		if equiv, _ := attribute(n, "http-equiv"); equiv == "Content-Security-Policy" {
			policy, _ = attribute(n, "content")
		}
		if n.Data == "style" || n.Data == "script" {
			digest := sha256.Sum256([]byte(n.FirstChild.Data))
			hashes[n.Data] = "'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "'"
		}
	})
	want := fmt.Sprintf("default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'", hashes["style"], hashes["script"])
	if policy != want {
		t.Errorf("the policy is %s, want %s", policy, want)
	}
}
