package ingest

import (
	"testing"
	"unicode/utf16"

	"github.com/tributary-engine/tributary/internal/config"
)

// utf16Of is text in UTF-16 with a byte order mark.
func utf16Of(text string, isBig bool) string {
	var out []byte
	for _, unit := range append([]uint16{0xfeff}, utf16.Encode([]rune(text))...) {
		if isBig {
			out = append(out, byte(unit>>8), byte(unit))
		} else {
			out = append(out, byte(unit), byte(unit>>8))
		}
	}
	return string(out)
}

// A declared encoding is read, in every compression; without the declaration the file is refused.
func TestDeclaredEncodings(t *testing.T) {
	const text = "touch_id,occurred_at,contact_id,channel\nt-1,2025-03-01,Ä-1,\"Früh\nling €\"\n"
	latin := "touch_id,occurred_at,contact_id,channel\nt-1,2025-03-01,\xc4-1,\"Fr\xfch\nling \x80\"\n"
	for name, c := range map[string]struct{ encoding, content, want string }{
		"little":       {"utf-16", utf16Of(text, false), ""},
		"big":          {"utf-16", utf16Of(text, true), ""},
		"windows":      {"windows-1252", latin, ""},
		"not declared": {"", latin, `a.csv:2: contact_id: "\xc4-1" is not UTF-8; set the encoding of the file, such as windows-1252`},
		"no mark":      {"utf-16", "t\x00o\x00", "a.csv: is declared as UTF-16, and has no byte order mark\nhint: save it as UTF-16 with a mark or as UTF-8, or set the encoding that it has"},
		"none of it":   {"utf-16", "\xff", "a.csv: is empty and has no header"},
		"half a unit":  {"utf-16", utf16Of(text, false) + "x", "a.csv:4: has 1 field and the header has 4; add the missing fields, or put quotes around a value with a line end in it"},
	} {
		t.Run(name, func(t *testing.T) {
			source := write(t, "a.csv", c.content)
			source.Encoding = c.encoding
			e := openEngine(t)
			_, bad, err := readTable(t.Context(), e, tableNamed(t, "touchpoints"), config.Sources{source}, testOptions())
			if got := describe(bad); err != nil || got != "" {
				if err != nil {
					got = err.Error()
				}
				if got != c.want && (len(got) < len(c.want) || c.want == "" || got[:len(c.want)] != c.want) {
					t.Errorf("got\n%s\nwant\n%s", got, c.want)
				}
				return
			}
			if got := textsOf(t, e, "SELECT contact_id || ': ' || channel FROM raw_touchpoints"); c.want != "" || len(got) != 1 || got[0] != "Ä-1: Früh\nling €" {
				t.Errorf("%q", got)
			}
		})
	}
}
