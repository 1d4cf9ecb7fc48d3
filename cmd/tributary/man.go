package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/version"
)

// manCommand is for whoever packages the program, and not in the help.
func manCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "man DIR",
		Short:   "Write the man pages",
		Long:    "Writes the man pages of the program and of every command into DIR, which it makes. The same version writes the same bytes.",
		Example: "  tributary man share/man/man1",
		Hidden:  true,
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, given []string) error {
			if err := os.MkdirAll(given[0], 0o755); err != nil {
				return failure.Writing("making %s: %w", given[0], err)
			}
			for _, of := range documented(c.Root()) {
				page, err := manPage(of)
				if err != nil {
					return err
				}
				file := filepath.Join(given[0], strings.ReplaceAll(of.CommandPath(), " ", "-")+".1")
				if err := os.WriteFile(file, page, 0o644); err != nil {
					return failure.Writing("writing %s: %w", file, err)
				}
			}
			return nil
		},
	}
}

// documented are the program and the commands that its help shows.
func documented(root *cobra.Command) []*cobra.Command {
	list := []*cobra.Command{root}
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			list = append(list, c)
		}
	}
	return list
}

// manPage is the man page of a command. It has no date: the clock is no part of a page, and cobra
// prints the zero time as a year.
func manPage(c *cobra.Command) ([]byte, error) {
	c.DisableAutoGenTag = true
	var page bytes.Buffer
	header := &doc.GenManHeader{Source: "Tributary " + version.Program, Manual: "Tributary", Date: &time.Time{}}
	if err := doc.GenMan(c, header, &page); err != nil {
		return nil, failure.Errorf(failure.Internal, "writing the man page of %s: %w", c.CommandPath(), err)
	}
	return bytes.Replace(page.Bytes(), []byte("Jan 0001"), nil, 1), nil
}
