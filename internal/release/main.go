// Release writes THIRD_PARTY_LICENSES.txt, which is part of every archive: the licence of every module
// that is linked into the program, with its text.
//
//	go run ./internal/release FILE
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./internal/release FILE")
		os.Exit(2)
	}
	text, err := thirdParty(".")
	if err == nil {
		err = os.WriteFile(os.Args[1], []byte(text), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}
