package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/tributary-engine/tributary/internal/failure"
)

// Assign returns the job with keys of the configuration set to other values. An assignment is
// KEY=VALUE: the key with dots between its levels, the value as the file has it
// ("journey.lookback_days=180", "journey.touch_types=[webinar, demo]"). An unknown key and a value
// that the schema refuses are errors of usage.
func (j Job) Assign(assignments []string) (Job, error) {
	text, err := json.Marshal(documentOf(j))
	if err != nil {
		return Job{}, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	tree := map[string]any{}
	if err := decoder.Decode(&tree); err != nil {
		return Job{}, err
	}
	for _, assignment := range assignments {
		key, value, found := strings.Cut(assignment, "=")
		if key = strings.TrimSpace(key); !found || key == "" {
			return Job{}, failure.Errorf(failure.Usage, "--set: %s is not KEY=VALUE\nhint: write it such as journey.lookback_days=180", quoted(assignment))
		}
		var parsed any
		if err := yaml.Unmarshal([]byte(value), &parsed); err != nil {
			return Job{}, failure.Errorf(failure.Usage, "--set %s: %s is not a value of YAML", key, quoted(value))
		}
		if err := assign(tree, strings.Split(key, "."), parsed); err != nil {
			return Job{}, failure.Errorf(failure.Usage, "--set %s: %w", key, err)
		}
	}
	if text, err = json.Marshal(tree); err != nil {
		return Job{}, failure.Errorf(failure.Usage, "--set: %w", err)
	}
	job, err := Parse("--set", text)
	if problems, isProblems := errors.AsType[Problems](err); isProblems {
		var lines []string
		for _, p := range problems { // the place in the text that was made here says nothing
			lines = append(lines, "--set "+p.Path+": "+p.Text)
		}
		return Job{}, failure.Errorf(failure.Usage, "%s\nhint: docs/input.md lists the keys of the configuration", strings.Join(lines, "\n"))
	}
	return job, err
}

func assign(tree map[string]any, key []string, value any) error {
	if len(key) == 1 {
		tree[key[0]] = value
		return nil
	}
	switch inner := tree[key[0]].(type) {
	case nil:
		made := map[string]any{}
		tree[key[0]] = made
		return assign(made, key[1:], value)
	case map[string]any:
		return assign(inner, key[1:], value)
	}
	return fmt.Errorf("%s has no keys of its own", key[0])
}
