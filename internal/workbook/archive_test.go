package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/reports"
)

func TestAnArchiveDependsOnItsContentAlone(t *testing.T) {
	contents := map[string]string{"xl/b.xml": strings.Repeat("b", 100_000), "xl/a.xml": "a", contentTypes: "types", "_rels/.rels": ""}
	var first []byte
	for range 20 {
		order := []string{"xl/b.xml", "xl/a.xml", contentTypes, "_rels/.rels"}
		rand.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		out := &bytes.Buffer{}
		a := &archive{out: out}
		for _, name := range order {
			w, err := a.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(w, contents[name]); err != nil {
				t.Fatal(err)
			}
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = out.Bytes()
		}
		if !bytes.Equal(first, out.Bytes()) {
			t.Fatalf("the order %q gives other bytes", order)
		}
	}
	path := filepath.Join(t.TempDir(), "a.zip")
	if err := os.WriteFile(path, first, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, content := range parts(t, path) {
		if content != contents[name] {
			t.Errorf("%s has other content", name)
		}
	}
	z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil || z.File[0].Name != contentTypes || z.File[0].Modified.Year() != 1980 {
		t.Errorf("the archive begins with %+v (%v)", z.File[0], err)
	}
}

// Charts make the library write the types of pictures, in the order of a map.
func TestABookIsTheSameBytes(t *testing.T) {
	var first []byte
	for range 5 {
		b, err := newBook(2, t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		if err := b.addSheets([]string{charts}); err != nil {
			t.Fatal(err)
		}
		p, err := b.page(charts)
		if err != nil {
			t.Fatal(err)
		}
		figures := published.Table{Columns: []string{"channel", "revenue"}, Rows: [][]reports.Cell{{{Text: "Email", IsText: true}, {Text: "12.50"}}}}
		if err := errors.Join(b.draw(p, drawn[0], figures), p.Flush()); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "charts.xlsx")
		if err := errors.Join(b.save(path), b.file.Close()); err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = content
		}
		if !bytes.Equal(content, first) {
			t.Fatal("the same figures give other bytes")
		}
	}
}
