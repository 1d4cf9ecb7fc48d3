package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/ingest/presets"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/synthetic"
	"github.com/tributary-engine/tributary/internal/words"
)

// initFrom writes a configuration for the exports of a directory.
func initFrom(c *cobra.Command, say *log, from, preset, directory string) error {
	folder, err := presets.Recognise(c.Context(), from, preset)
	if err != nil {
		return err
	}
	relative, err := relativeTo(directory, from)
	if err != nil {
		return err
	}
	draft, err := presets.Write(folder, relative)
	if err != nil {
		return err
	}
	file, out := filepath.Join(directory, "tributary.yaml"), filepath.Join(directory, "out")
	if err := writeDraft(directory, draft); err != nil {
		return err
	}
	for _, p := range folder.Presets {
		for _, name := range slices.Sorted(maps.Keys(p.Files)) {
			if p.Relations[name].Borrowed {
				continue
			}
			for _, f := range p.Files[name] {
				say.say("%s: %s of %s", f.Name, p.Relations[name].Title, p.Name)
			}
		}
	}
	for _, table := range slices.Sorted(maps.Keys(folder.Tables)) {
		for _, f := range folder.Tables[table] {
			say.say("%s: the table %s, by its headers", f.Name, table)
		}
	}
	for _, f := range folder.Unknown {
		reason := "no known layout"
		if f.Problem != "" {
			reason = f.Problem
		}
		say.warn("%s was not recognised (%s), and is not read", f.Name, reason)
	}
	say.say("wrote %s: %s to check (CHECK)%s", file, words.Count(draft.Decisions, "decision"), undecided(draft.Undecided))
	_, err = fmt.Fprintf(c.OutOrStdout(), "tributary validate --config %s\ntributary run --config %[1]s --out %s\n", shellWord(file), shellWord(out))
	return writing(err)
}

func undecided(count int) string {
	if count == 0 {
		return ""
	}
	return ", and " + words.Count(count, "key") + " to set before it runs (SET)"
}

// relativeTo is a directory as seen from another, where both are on one path.
func relativeTo(base, directory string) (string, error) {
	absoluteBase, err := filepath.Abs(base)
	if err == nil {
		var absolute string
		if absolute, err = filepath.Abs(directory); err == nil {
			if relative, err := filepath.Rel(absoluteBase, absolute); err == nil {
				return filepath.ToSlash(relative), nil
			}
			return absolute, nil
		}
	}
	return "", failure.Errorf(failure.IO, "finding %s: %w", directory, err)
}

// writeDraft writes the configuration, its schema and its SQL files.
func writeDraft(directory string, draft presets.Draft) error {
	texts := map[string]string{"tributary.yaml": schemaLine + "\n" + draft.Configuration, schemaFile: string(config.Schema())}
	maps.Copy(texts, draft.Statements)
	return writeTexts(directory, texts)
}

// writeTexts writes files, by their names within a directory, or, when one cannot be written, none.
func writeTexts(directory string, texts map[string]string) (err error) {
	names := slices.Sorted(maps.Keys(texts))
	for _, name := range names {
		path := filepath.Join(directory, name)
		if _, err := os.Lstat(path); err == nil {
			return failure.Errorf(failure.Usage, "%s exists already and was not changed\nhint: give init another directory", path)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return failure.Errorf(failure.IO, "looking at %s: %w", path, err)
		}
	}
	var written []string
	defer func() {
		if err != nil {
			for _, path := range written {
				_ = os.Remove(path)
			}
		}
	}()
	for _, name := range names {
		path := filepath.Join(directory, name)
		if _, err := synthetic.MakeDirectories(filepath.Dir(path)); err != nil {
			return err
		}
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
		if err != nil {
			return failure.Writing("making %s: %w", path, err)
		}
		written = append(written, path)
		_, err = file.WriteString(texts[name])
		if err := errors.Join(err, file.Close()); err != nil {
			return failure.Writing("writing %s: %w", path, err)
		}
	}
	return nil
}
