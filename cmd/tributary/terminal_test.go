package main

import (
	"bytes"
	"testing"
)

// What a terminal would obey is shown, wherever writes happen to be cut; everything else comes through.
func TestControlCharactersAreShownAndNotObeyed(t *testing.T) {
	const text = "a\x1b[31mé\u009b2J\x7f\r\n\tx\u00a0"
	const want = `a\u001b[31mé\u009b2J\u007f\u000d` + "\n\tx\u00a0"
	for cut := range len(text) {
		var out bytes.Buffer
		w := &escaping{out: &out}
		for _, part := range []string{text[:cut], text[cut:]} {
			if n, err := w.Write([]byte(part)); err != nil || n != len(part) {
				t.Fatal(n, err)
			}
		}
		if out.String() != want {
			t.Errorf("cut at %d: %q, want %q", cut, out.String(), want)
		}
	}
	var file bytes.Buffer
	if shownTo(&file) != &file {
		t.Error("what is no terminal gets other bytes")
	}
}
