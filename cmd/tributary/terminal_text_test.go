package main

import (
	"strings"
	"testing"
)

func TestControlCharactersAreEscapedForATerminal(t *testing.T) {
	text := "é\t\x1b[31mred\r\n\u009b0m\x7f\x9b\u00a0€\ufffd\x00 end"
	want := "é\t\\u001b[31mred\\u000d\n\\u009b0m\\u007f\\ufffd\u00a0€\\ufffd\\u0000 end"
	for size := 1; size <= len(text); size++ {
		var out strings.Builder
		w := &terminalText{out: &out}
		for rest := text; rest != ""; {
			n := min(size, len(rest))
			if written, err := w.Write([]byte(rest[:n])); err != nil || written != n {
				t.Fatal(written, err)
			}
			rest = rest[n:]
		}
		if out.String() != want {
			t.Errorf("by %d bytes: %q, want %q", size, out.String(), want)
		}
	}
}
