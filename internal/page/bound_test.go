package page

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func TestAPageThatIsTooLargeLosesPartsAndSaysSo(t *testing.T) {
	large := func() document {
		var variants []variant
		for i := range 64 {
			v := variant{Dims: dims{"channel": fmt.Sprint(i)}, Name: fmt.Sprintf("Variant %d", i), Summary: strings.Repeat("x", 1000), Table: &table{Report: "paths", Columns: []column{{Label: "Path"}}}}
			for range 40 {
				v.Table.Rows = append(v.Table.Rows, row{Cells: []cell{{Text: strings.Repeat("y", 100)}}})
			}
			variants = append(variants, v)
		}
		return document{Sections: []sectionView{{ID: "s", Title: "Section", Figures: []figure{{ID: "f", Title: "Figure", Variants: variants}}}}}
	}
	whole, err := large().html()
	if err != nil {
		t.Fatal(err)
	}
	empty, err := document{}.html()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		limit   int
		summary string
	}{
		{len(whole), ""},
		{len(whole) - 1, "Some choices are left out"},
		{len(empty) + 5000, "Further rows are left out"},
	} {
		text, err := large().within(c.limit)
		if err != nil {
			t.Fatal(err)
		}
		if len(text) > c.limit || !bytes.Contains(text, []byte("Variant 0")) || !bytes.Contains(text, []byte(c.summary)) {
			t.Errorf("limit %d: %d bytes, want at most that, the first variant, and %q", c.limit, len(text), c.summary)
		}
		if c.summary == "" && !bytes.Equal(text, whole) {
			t.Error("a page that fits is another one")
		}
	}
}
