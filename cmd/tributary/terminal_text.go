package main

import (
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"golang.org/x/term"
)

// safeForTerminal is stdout as it is, unless it is a terminal: names of the data may hold control
// characters, and there they are shown as escapes such as \u001b, which JSON reads as well.
func safeForTerminal(stdout io.Writer) io.Writer {
	if file, ok := stdout.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		return &terminalText{out: stdout}
	}
	return stdout
}

// terminalText escapes control characters other than line feeds and tabs.
type terminalText struct {
	out   io.Writer
	begun []byte // of a character that the next Write ends
}

func (t *terminalText) Write(p []byte) (int, error) {
	text := append(t.begun, p...)
	t.begun = nil
	safe := make([]byte, 0, len(text))
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError && size == 1 && !utf8.FullRune(text):
			t.begun = append(t.begun, text...)
			size = len(text)
		case r == '\n' || r == '\t' || r >= ' ' && r < 0x7f || r >= 0xa0 && r != utf8.RuneError:
			safe = append(safe, text[:size]...)
		default:
			safe = fmt.Appendf(safe, `\u%04x`, r) // a byte that is no text becomes \ufffd
		}
		text = text[size:]
	}
	if _, err := t.out.Write(safe); err != nil {
		return 0, err
	}
	return len(p), nil
}
