package main

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// linked has the licences of what is linked or embedded and is no Go module: libraries inside
// DuckDB's static library, for example. The first line of each file names the work and its licence.
//
//go:embed linked/*.txt
var linked embed.FS

// platforms are the operating systems and processors for which archives are built.
var platforms = []string{"darwin/amd64", "darwin/arm64", "linux/amd64", "linux/arm64", "windows/amd64"}

// A work is something of others that an archive contains.
type work struct {
	name, version, licence string
	texts                  []string // the licence, and the notice if there is one
}

// kinds are the licences that may be linked, each with words that only its text has.
var kinds = []struct{ name, words string }{
	{"Apache-2.0", "Apache License Version 2.0"},
	{"MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy"},
	{"ISC", "Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted"},
	{"BSD-3-Clause", "may be used to endorse or promote products derived from"},
	{"BSD-2-Clause", "Redistribution and use in source and binary forms"},
}

// kindOf names the licence of a text. A licence that is not among kinds needs a decision.
func kindOf(text string) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	for _, k := range kinds {
		if strings.Contains(text, k.words) {
			return k.name, nil
		}
	}
	return "", errors.New("its licence is not one of those that may be linked")
}

// thirdParty returns the text of THIRD_PARTY_LICENSES.txt for the module in a directory.
func thirdParty(directory string) (string, error) {
	works, err := modules(directory)
	if err != nil {
		return "", err
	}
	others, err := linkedWorks()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("Tributary contains the following works of others. Their licences are below, in the same order.\n\n")
	works = append(works, others...)
	for _, w := range works {
		fmt.Fprintf(&b, "%s  %s\n", strings.TrimSpace(w.name+" "+w.version), w.licence)
	}
	for _, w := range works {
		fmt.Fprintf(&b, "\n%s\n%s\n", strings.Repeat("=", 80), strings.TrimSpace(w.name+" "+w.version))
		for _, text := range w.texts {
			fmt.Fprintf(&b, "\n%s\n", strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")))
		}
	}
	return b.String(), nil
}

// modules are the Go distribution and the modules of which a package is linked on one of the
// platforms, by path.
func modules(directory string) ([]work, error) {
	found := map[string]work{}
	for _, platform := range platforms {
		system, processor, _ := strings.Cut(platform, "/")
		list := exec.Command("go", "list", "-deps", "-tags=duckdb_arrow", "-json=Module", "./cmd/tributary")
		list.Dir = directory
		list.Env = append(os.Environ(), "GOOS="+system, "GOARCH="+processor, "CGO_ENABLED=1", "GOFLAGS=")
		list.Stderr = os.Stderr
		output, err := list.Output()
		if err != nil {
			return nil, fmt.Errorf("listing the modules for %s: %w", platform, err)
		}
		for packages := json.NewDecoder(bytes.NewReader(output)); ; {
			var p struct {
				Module *struct {
					Path, Version, Dir string
					Main               bool
				}
			}
			if err := packages.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, fmt.Errorf("reading the list of modules: %w", err)
			}
			if m := p.Module; m == nil || m.Main || found[m.Path].name != "" {
				continue
			}
			w, err := workIn(p.Module.Dir)
			if err != nil {
				return nil, fmt.Errorf("%s %s: %w", p.Module.Path, p.Module.Version, err)
			}
			w.name, w.version = p.Module.Path, p.Module.Version
			found[w.name] = w
		}
	}
	works := make([]work, 0, len(found))
	for _, w := range found {
		works = append(works, w)
	}
	slices.SortFunc(works, func(a, b work) int { return strings.Compare(a.name, b.name) })
	return works, nil
}

var (
	licenceFile = regexp.MustCompile(`(?i)^(licen[sc]e|copying)([-.].*)?$`)
	noticeFile  = regexp.MustCompile(`(?i)^notice(\.(txt|md))?$`)
)

// workIn reads the licences and the notice in the root of a module.
func workIn(directory string) (work, error) {
	var w work
	entries, err := os.ReadDir(directory)
	if err != nil {
		return w, err
	}
	for _, e := range entries {
		isLicence := licenceFile.MatchString(e.Name())
		if e.IsDir() || !isLicence && !noticeFile.MatchString(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(directory, e.Name()))
		if err != nil {
			return w, err
		}
		w.texts = append(w.texts, string(text))
		if !isLicence {
			continue
		}
		kind, err := kindOf(string(text))
		if err != nil {
			return w, fmt.Errorf("%s: %w", e.Name(), err)
		}
		if w.licence != "" {
			kind = w.licence + " AND " + kind
		}
		w.licence = kind
	}
	if w.licence == "" {
		return w, errors.New("it has no licence file")
	}
	return w, nil
}

// linkedWorks reads the embedded licences, by file name.
func linkedWorks() ([]work, error) {
	entries, err := linked.ReadDir("linked")
	if err != nil {
		return nil, err
	}
	var works []work
	for _, e := range entries {
		text, err := linked.ReadFile("linked/" + e.Name())
		if err != nil {
			return nil, err
		}
		head, rest, _ := strings.Cut(string(text), "\n")
		name, licence, isHead := strings.Cut(head, ": ")
		if !isHead || strings.TrimSpace(rest) == "" {
			return nil, fmt.Errorf("linked/%s: the first line is not WORK: LICENCE, with the text below it", e.Name())
		}
		works = append(works, work{name: name, licence: licence, texts: []string{rest}})
	}
	return works, nil
}
