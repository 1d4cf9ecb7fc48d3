package published

import (
	"os"
	"path/filepath"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/runs"
	"github.com/tributary-engine/tributary/internal/version"
)

// Facts are what a run says of itself.
type Facts struct {
	ID        string
	Directory string
	Manifest  runs.Manifest
	Job       config.Job // the configuration with which it was made
	AsOf      time.Time
}

// ReadFacts reads the manifest and the configuration of the published run in a directory.
func ReadFacts(directory string) (Facts, error) {
	manifest, err := runs.ReadManifest(directory)
	if failure.CodeOf(err) == failure.IO {
		err = failure.Errorf(failure.IO, "%w\nhint: check the run with `tributary verify`", err)
	}
	if err != nil {
		return Facts{}, err
	}
	return FactsOf(directory, filepath.Base(directory), manifest)
}

// FactsOf reads the configuration of the run in a directory, which the manifest describes.
func FactsOf(directory, id string, manifest runs.Manifest) (Facts, error) {
	job, err := Settings(directory)
	if err != nil {
		return Facts{}, err
	}
	asOf, err := time.Parse(time.RFC3339Nano, manifest.AsOf)
	if err != nil {
		return Facts{}, failure.Errorf(failure.IO, "run %s: as_of of manifest.json: %w\nhint: check the run with `tributary verify`", id, err)
	}
	return Facts{ID: id, Directory: directory, Manifest: manifest, Job: job, AsOf: asOf}, nil
}

// Settings is the configuration with which the run in a directory was made.
func Settings(directory string) (config.Job, error) {
	path := filepath.Join(directory, "config.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		return config.Job{}, failure.Errorf(failure.IO, "reading the configuration of the run: %w", err)
	}
	job, err := config.Parse(path, text)
	if m, readErr := runs.ReadManifest(directory); err != nil && readErr == nil && m.Program != "tributary "+version.Program {
		return job, failure.Errorf(failure.Usage, "run %s was made by %s, and this is %s: its configuration cannot be read: %w\nhint: explain it with that version, or run again", filepath.Base(directory), m.Program, version.Program, err)
	}
	return job, err
}
