package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tributary/attribution"
	"tributary/internal/config"
	"tributary/internal/failure"
	"tributary/models"
)

// jobOf resolves configuration, input directory and flags.
func jobOf(file, input string, o config.Overrides, say *log) (config.Job, error) {
	job, ignored, err := findJob(file, input)
	if err != nil {
		return job, err
	}
	for _, source := range job.Tables {
		for _, path := range source.Paths {
			if sameDirectory(filepath.Dir(path), o.Out) {
				return job, failure.Errorf(failure.Usage, "--out is the directory of the inputs: publish elsewhere, inputs are not touched")
			}
		}
	}
	if len(ignored) > 0 {
		say.warn("files that no table uses: %q", ignored)
	}
	defined := job.CustomModels
	if job, err = job.With(o); err != nil {
		return job, err
	}
	if len(o.Models) > 0 { // refused here, while every custom model that the flag could name is known
		if _, err = models.Select(o.Models, defined); err != nil {
			return job, err
		}
	}
	return job, checkCodes(job)
}

// findJob reads the configuration and finds the input files. With an error of the input contract come the tables that were found.
func findJob(file, input string) (job config.Job, ignored []string, err error) {
	switch {
	case file != "":
		return config.Load(file, input)
	case input != "":
		return config.FromDirectory(input)
	}
	return job, nil, failure.Errorf(failure.Usage, "--input or --config is missing: what should be read?")
}

// sameDirectory tells whether two paths name one existing directory.
func sameDirectory(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}

// modelsOf are the models of a job; the primary one is among them.
func modelsOf(job config.Job) ([]attribution.Model, error) {
	selected, err := models.Select(job.Models, job.CustomModels)
	if err != nil {
		return nil, err
	}
	if names := models.Names(selected); !slices.Contains(names, job.PrimaryModel) {
		return nil, failure.Errorf(failure.Usage, "primary_model: %q is not among the models of this run: %s", job.PrimaryModel, strings.Join(names, ", "))
	}
	return selected, nil
}
