package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// A dataSet is input of the program that is written once and kept in the data directory.
type dataSet interface {
	name(b *bench) string                                        // of its directory: it changes whenever the data would
	write(ctx context.Context, b *bench, directory string) error // writes the directory, which is not there
	input(directory string) []string                             // the flags by which run reads it
	touchCount() int64
}

// A company is made up by tributary generate.
type company struct {
	touches int64
	format  string
}

func (c company) name(b *bench) string {
	return fmt.Sprintf("company_%s_%d_accounts_%d_touches_%s", b.generator, b.accounts, c.touches, c.format)
}

func (c company) write(ctx context.Context, b *bench, directory string) error {
	return b.generate(ctx, directory, b.accounts, c)
}

func (c company) input(directory string) []string {
	return []string{"--config", filepath.Join(directory, "tributary.yaml")}
}

func (c company) touchCount() int64 { return c.touches }

func (b *bench) generate(ctx context.Context, directory string, accounts int64, c company) error {
	_, err := b.start(ctx, b.program, "generate", directory, "--seed", "5", "--accounts", strconv.FormatInt(accounts, 10),
		"--touches", strconv.FormatInt(c.touches, 10), "--format", c.format, "--quiet")
	return err
}

// identifyGenerator returns a short digest of what this version of the generator writes: data of
// another version is not used.
func (b *bench) identifyGenerator(ctx context.Context) (string, error) {
	directory, err := os.MkdirTemp(b.data, "generator_")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(directory)
	if err := b.generate(ctx, directory, 50, company{touches: 2000, format: "csv"}); err != nil {
		return "", err
	}
	digest := sha256.New()
	err = filepath.WalkDir(directory, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		fmt.Fprintf(digest, "%s %d\n", entry.Name(), len(text))
		digest.Write(text)
		return err
	})
	return hex.EncodeToString(digest.Sum(nil))[:8], err
}

// A skewed data set is written by sql/skew.sql.
type skewed struct {
	accounts, people, touches, opportunities int64 // the last three: of each account
	seconds                                  int64 // within which all touches happen
}

func (s skewed) values() []string {
	return []string{fmt.Sprintf("accounts=%d", s.accounts), fmt.Sprintf("people=%d", s.people), fmt.Sprintf("touches=%d", s.touches),
		fmt.Sprintf("opportunities=%d", s.opportunities), fmt.Sprintf("seconds=%d", s.seconds)}
}

func (s skewed) name(*bench) string {
	text, err := texts.ReadFile("sql/" + skewSQL + ".sql")
	if err != nil {
		panic(err) // it is embedded
	}
	digest := sha256.Sum256(text)
	return fmt.Sprintf("skew_%s_%d_%d_%d_%d_%d", hex.EncodeToString(digest[:])[:8], s.accounts, s.people, s.touches, s.opportunities, s.seconds)
}

func (s skewed) write(ctx context.Context, b *bench, directory string) error {
	if err := os.Mkdir(directory, 0o755); err != nil {
		return err
	}
	_, _, err := b.query(ctx, skewSQL, directory, "", s.values()...)
	return err
}

// input accepts that nobody becomes a lead by a touch: the journeys are those of opportunities.
func (s skewed) input(directory string) []string {
	return []string{"--input", directory, "--accept", "nothing-attributed=only opportunities have journeys"}
}

func (s skewed) touchCount() int64 { return s.accounts * s.touches }

// ready returns the directory of a data set, which it writes if it is not there yet. A directory
// appears whole or not at all.
func (b *bench) ready(ctx context.Context, d dataSet) (string, error) {
	directory := filepath.Join(b.data, d.name(b))
	if _, err := os.Stat(directory); err == nil {
		return directory, nil
	}
	b.say("writing %s", directory)
	unfinished := directory + ".unfinished"
	if err := os.RemoveAll(unfinished); err != nil {
		return "", err
	}
	if err := d.write(ctx, b, unfinished); err != nil {
		return "", err
	}
	return directory, os.Rename(unfinished, directory)
}
