package main

import (
	"io"
	"os"
	"strconv"

	"golang.org/x/term"
)

// widthOf tells the columns of the terminal that w is, as they are when it is asked; nil if w is
// none, or none on which a line can be drawn anew.
func widthOf(w io.Writer) func() int {
	file, ok := w.(*os.File)
	if kind := os.Getenv("TERM"); !ok || kind == "" || kind == "dumb" || !term.IsTerminal(int(file.Fd())) {
		return nil
	}
	return func() int {
		columns, _, err := term.GetSize(int(file.Fd()))
		if err != nil {
			return 0
		}
		return columns
	}
}

// pageWidth is how many columns a page for a person has: those of the terminal, else those of the
// environment variable COLUMNS, else 80.
func pageWidth(w io.Writer) int {
	if t, isTerminal := w.(*terminalText); isTerminal {
		w = t.out
	}
	if width := widthOf(w); width != nil && width() > 0 {
		return width()
	}
	if columns, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && columns > 0 {
		return columns
	}
	return 80
}
