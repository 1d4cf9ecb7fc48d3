package job

import (
	"os"
	"path/filepath"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/runs"
	"github.com/tributary-engine/tributary/internal/version"
)

// Published is the configuration with which a run was made.
func Published(directory string) (config.Job, error) {
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
