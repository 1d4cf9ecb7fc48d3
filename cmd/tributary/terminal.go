package main

import (
	"io"
	"os"

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
