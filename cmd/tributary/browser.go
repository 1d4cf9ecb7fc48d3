package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"runtime"

	"golang.org/x/term"

	"github.com/tributary-engine/tributary/internal/failure"
)

// whyNoBrowser says why no file can be shown to whoever runs the program: "" if it can. Nobody looks
// where the output is no terminal, and a machine without a desktop has no browser.
func whyNoBrowser(stdout io.Writer) string {
	if t, isTerminal := stdout.(*terminalText); isTerminal {
		stdout = t.out
	}
	file, isFile := stdout.(*os.File)
	if !isFile || !term.IsTerminal(int(file.Fd())) {
		return "the output is not a terminal"
	}
	if runtime.GOOS != "windows" && runtime.GOOS != "darwin" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return "there is no desktop"
	}
	return ""
}

// showInBrowser opens a file with the program that the platform has for it.
func showInBrowser(ctx context.Context, path string) error {
	opener := []string{"xdg-open"}
	switch runtime.GOOS {
	case "darwin":
		opener = []string{"open"}
	case "windows":
		opener = []string{"rundll32", "url.dll,FileProtocolHandler"}
	}
	if err := exec.CommandContext(ctx, opener[0], append(opener[1:], path)...).Run(); err != nil {
		return failure.Errorf(failure.IO, "opening %s with %s: %w\nhint: open it in a browser", path, opener[0], err)
	}
	return nil
}
