package main

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/term"
)

// widthOf tells the columns of the terminal that w is, as they are when it is asked; nil if w is none, or none on which a line
// can be drawn anew.
func widthOf(w io.Writer) func() int {
	if kind := os.Getenv("TERM"); kind == "" || kind == "dumb" || !isTerminal(w) {
		return nil
	}
	file := w.(*os.File)
	return func() int {
		columns, _, err := term.GetSize(int(file.Fd()))
		if err != nil {
			return 0
		}
		return columns
	}
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// shownTo is the writer for data that may hold anything: where it is a terminal, control characters are shown and not obeyed. Files
// and pipes get every byte as it is.
func shownTo(out io.Writer) io.Writer {
	if isTerminal(out) {
		return &escaping{out: out}
	}
	return out
}

// escaping writes control characters, line ends and tabs apart, as \u001b: what JSON calls them, and no terminal obeys.
type escaping struct {
	out  io.Writer
	lead bool // a first byte of two is held back: C2 begins the control characters U+0080 to U+009F
}

func (e *escaping) Write(p []byte) (int, error) {
	var shown []byte
	for _, b := range p {
		switch {
		case e.lead && b >= 0x80 && b < 0xa0:
			shown, e.lead = fmt.Appendf(shown, "\\u%04x", b), false
			continue
		case e.lead:
			shown, e.lead = append(shown, 0xc2), false
		}
		switch {
		case b == 0xc2:
			e.lead = true
		case b < ' ' && b != '\n' && b != '\t', b == 0x7f:
			shown = fmt.Appendf(shown, "\\u%04x", b)
		default:
			shown = append(shown, b)
		}
	}
	if _, err := e.out.Write(shown); err != nil {
		return 0, err
	}
	return len(p), nil
}
