package config

import (
	"regexp"
	"slices"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/failure"
)

// Overrides is what flags say instead of the file. The zero value of a field says nothing.
type Overrides struct {
	AsOf        string   // --as-of
	Models      []string // --models
	From, To    string   // --from, --to
	Credits     string   // --credits: all or none
	Tables      string   // --tables: all or none
	CSVRaw      *bool    // --csv-raw
	Out         string   // --out
	TempDir     string   // --temp-dir
	Threads     int      // --threads
	MemoryLimit string   // --memory-limit
}

var (
	memorySize = regexp.MustCompile(`^[1-9][0-9]{0,8}(\.[0-9]{1,3})? ?([KMGT]i?B)$`)
)

const mostThreads = 1024

// With returns the job with the flags applied. --models selects exactly what it names: the job
// keeps no other custom model. Where it leaves the primary model out, the first of them takes its
// place.
func (j Job) With(o Overrides) (Job, error) {
	wrong := func(flag string, err error) (Job, error) {
		return Job{}, failure.Errorf(failure.Usage, "%s: %w", flag, err)
	}
	refuse := func(format string, args ...any) (Job, error) {
		return Job{}, failure.Errorf(failure.Usage, format, args...)
	}
	if o.AsOf != "" {
		asOf, err := parseAsOf(o.AsOf, j.Reporting.TimeZone)
		if err != nil {
			return wrong("--as-of", err)
		}
		j.AsOf = &asOf
	}
	for i, name := range o.Models {
		if !contract.IsModelName(name) {
			return refuse("--models: %s is not the name of a model (`tributary models` lists them)", quoted(name))
		}
		if slices.Contains(o.Models[:i], name) {
			return refuse("--models: %s stands there twice", name)
		}
	}
	if len(o.Models) > 0 {
		j.Models = slices.Clone(o.Models)
		var kept []CustomModel
		for _, m := range j.CustomModels {
			if slices.Contains(o.Models, m.Name) {
				kept = append(kept, m)
			}
		}
		j.CustomModels = kept
		if !slices.Contains(j.Models, j.PrimaryModel) {
			j.PrimaryModel = j.Models[0]
		}
	}
	for _, day := range []struct {
		flag, text string
		into       *string
	}{{"--from", o.From, &j.Reporting.From}, {"--to", o.To, &j.Reporting.To}} {
		if day.text == "" {
			continue
		}
		if _, err := date(day.text); err != nil {
			return wrong(day.flag, err)
		}
		*day.into = day.text
	}
	if j.Reporting.To != "" && j.Reporting.From > j.Reporting.To {
		return refuse("--from, --to: %s", endsBeforeItBegins(j.Reporting))
	}
	for _, choice := range []struct {
		flag, text string
		into       *bool
	}{{"--credits", o.Credits, &j.Credits}, {"--tables", o.Tables, &j.PublishTables}} {
		switch choice.text {
		case "":
		case "all", "none":
			*choice.into = choice.text == "all"
		default:
			return refuse("%s: %s is not one of all, none", choice.flag, quoted(choice.text))
		}
	}
	if o.CSVRaw != nil {
		j.CSVRaw = *o.CSVRaw
	}
	if o.Threads < 0 || o.Threads > mostThreads {
		return refuse("--threads: %d is not a number from 1 to %d", o.Threads, mostThreads)
	}
	if o.Threads > 0 {
		j.Threads = o.Threads
	}
	if o.MemoryLimit != "" {
		if !memorySize.MatchString(o.MemoryLimit) {
			return refuse("--memory-limit: %s is not a size\nhint: write one such as 512MB or 4GiB", quoted(o.MemoryLimit))
		}
		j.MemoryLimit = o.MemoryLimit
	}
	if o.Out != "" {
		j.Out = o.Out
	}
	if o.TempDir != "" {
		j.TempDir = o.TempDir
	}
	return j, nil
}
