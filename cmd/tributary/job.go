package main

import (
	"os"
	"path/filepath"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/models"
)

// jobOf resolves configuration, input directory and flags.
func jobOf(file, input string, o config.Overrides, say *log) (config.Job, error) {
	settings, ignored, err := findJob(file, input)
	if err != nil {
		return settings, err
	}
	for _, sources := range settings.Tables {
		for _, source := range sources.InputFiles() {
			for _, path := range source.Paths {
				if sameDirectory(filepath.Dir(path), o.Out) {
					return settings, failure.Errorf(failure.Usage, "--out is the directory of the input files\nhint: publish into another directory")
				}
			}
		}
	}
	if len(ignored) > 0 {
		say.warn("files that belong to no table were ignored: %q", ignored)
	}
	defined := settings.CustomModels
	if settings, err = settings.With(o); err != nil {
		return settings, err
	}
	if len(o.Models) > 0 { // refused here, while every custom model that the flag could name is known
		if _, err = models.Select(o.Models, defined); err != nil {
			return settings, err
		}
	}
	return settings, checkCodes(settings)
}

// findJob reads the configuration and finds the input files. With an error of the input contract
// come the tables that were found.
func findJob(file, input string) (settings config.Job, ignored []string, err error) {
	switch {
	case file != "":
		return config.Load(file, input)
	case input != "":
		return config.FromDirectory(input)
	}
	return settings, nil, noInput()
}

// noInput is the error of a command that needs --input or --config; where tributary.yaml is at hand,
// it says so.
func noInput() error {
	hint := "name the directory of the input files or a configuration"
	if _, err := os.Stat(hereFile); err == nil {
		hint = "add --config " + hereFile + ", which is in this directory"
	}
	return failure.Errorf(failure.Usage, "--input or --config is missing\nhint: %s", hint)
}

// sameDirectory reports whether two paths name one existing directory.
func sameDirectory(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}
