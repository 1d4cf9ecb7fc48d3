package main

import (
	"errors"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
)

const (
	outputVariable = "TRIBUTARY_OUT"  // names the directory in which runs are published
	hereFile       = "tributary.yaml" // the configuration of the working directory, if there is one
)

// noOutput is the error of a command that needs --out.
func noOutput() error {
	_, missing := os.Stat(hereFile)
	if _, err := config.LoadSettings(hereFile); err != nil && missing == nil {
		reason, _ := failure.Split(err.Error())
		return failure.Errorf(failure.Usage, "--out is missing, and the configuration of this directory cannot be read: %s\nhint: correct it, or name the directory in which runs are published: with --out, or in the environment variable "+outputVariable, reason)
	}
	return failure.Errorf(failure.Usage, "--out is missing\n"+
		"hint: name the directory in which runs are published: with --out, in the environment variable "+outputVariable+", or as output.directory in "+hereFile)
}

// describeOutput completes the help of --out, which every command that has it finds in the same way.
func describeOutput(root *cobra.Command) {
	for _, c := range root.Commands() {
		if f := c.Flags().Lookup("out"); f != nil {
			f.Usage += "; by default $" + outputVariable + ", else output.directory of the configuration"
		}
	}
}

// resolveOutput sets --out if the flag is absent: to TRIBUTARY_OUT or, without it, to
// output.directory of the configuration.
func resolveOutput(c *cobra.Command) error {
	f := c.Flags().Lookup("out")
	if f == nil || f.Changed {
		return nil
	}
	directory := os.Getenv(outputVariable)
	if directory == "" {
		file, err := configurationOf(c)
		if err != nil || file == "" {
			return err
		}
		settings, err := config.LoadSettings(file)
		if err != nil && (c.Name() == "run" || c.Name() == "validate") { // others can do without it
			return err
		}
		directory = settings.Out
	}
	return f.Value.Set(directory)
}

// configurationOf is the file whose output.directory a command follows: for a command that works on
// input files the one of its --config, for any other that of the working directory. It is empty where
// there is none.
func configurationOf(c *cobra.Command) (string, error) {
	switch c.Name() {
	case "run", "validate":
		return c.Flags().GetString("config")
	case "doctor":
		if file, err := c.Flags().GetString("config"); err != nil || file != "" {
			return file, err
		}
	}
	_, err := os.Stat(hereFile)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return hereFile, err
}
