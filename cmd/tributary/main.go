// Tributary credits every conversion of a B2B company to the touches that led to it, exactly, under
// many models at once.
package main

import "os"

func main() {
	os.Exit(Main(os.Args[1:], os.Stdout, os.Stderr))
}
