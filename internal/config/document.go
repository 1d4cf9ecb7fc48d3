package config

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"
)

// A document is tributary.yaml as it is written: the Job, but for what people write differently. Its
// fields hide those of the Job that have the same key.
type document struct {
	Job
	AsOf   string                  `json:"as_of,omitempty"`
	Input  documentInput           `json:"input,omitzero"`
	Funnel documentFunnel          `json:"funnel"`
	Output documentOutput          `json:"output"`
	Gates  map[string]documentGate `json:"gates,omitempty"`
}

type documentFunnel struct {
	Stages []Stage `json:"stages"`
}

type documentInput struct {
	Directory string `json:"directory,omitempty"`
	TimeZone  string `json:"time_zone,omitempty"`
}

type documentOutput struct {
	Directory string `json:"directory,omitempty"` // it is no part of config.yaml: a run does not depend on where it is published
	CSVRaw    bool   `json:"csv_raw"`
	Credits   string `json:"credits"`
	Tables    string `json:"tables"`
}

// defaults is the document that an empty file stands for: the defaults of the declared keys.
func defaults() document {
	var d document
	text, err := marshalText(declaredDefaults(keys))
	if err == nil {
		err = strictly(text, &d)
	}
	if err != nil {
		panic(fmt.Errorf("a declared default does not fit its field: %w", err))
	}
	return d
}

// defaultPrimaryModel heads the reports where the file names none and models does not leave it out.
const defaultPrimaryModel = "w_shaped"

// decode reads a valid tree over the defaults.
func (t *tree) decode() (document, error) {
	d := defaults()
	text, err := json.Marshal(wholeNumbers(t.root))
	if err != nil {
		return d, fmt.Errorf("%s: %w", printable(t.file), err)
	}
	if err := strictly(text, &d); err != nil {
		return d, fmt.Errorf("%s: a key is declared that no field takes: %w", printable(t.file), err)
	}
	return d, nil
}

// job resolves a checked document. Files are not looked for.
func (d document) job() (Job, error) {
	j := d.Job
	j.TimeZone = d.Input.TimeZone
	j.Tables = map[string]Sources{}
	maps.Copy(j.Tables, d.Tables)
	j.Channels = d.Channels.withDefaults()
	j.Funnel = d.Funnel.withDefaults()
	j.Alignment = d.Alignment.withDefaults(j.Funnel, d.SalesChannels)
	j.Out, j.CSVRaw = d.Output.Directory, d.Output.CSVRaw
	j.Credits, j.PublishTables = d.Output.Credits == "all", d.Output.Tables == "all"
	j.Gates, j.Freshness = d.gates(), d.freshness()
	j.Activation = d.Activation.withDefaults()
	if j.PrimaryModel == "" {
		j.PrimaryModel = defaultPrimaryModel
		if len(j.Models) > 0 && !slices.Contains(j.Models, defaultPrimaryModel) {
			j.PrimaryModel = j.Models[0]
		}
	}
	if d.AsOf != "" {
		asOf, err := parseAsOf(d.AsOf, d.Reporting.TimeZone)
		if err != nil {
			return Job{}, err
		}
		j.AsOf = &asOf
	}
	return j, nil
}

// documentOf is the file that resolves to the job, every default written out.
func documentOf(j Job) document {
	output := func(all bool) string {
		if all {
			return "all"
		}
		return "none"
	}
	d := document{
		Job:    j,
		Input:  documentInput{TimeZone: j.TimeZone},
		Funnel: documentFunnel{Stages: j.Funnel},
		Output: documentOutput{CSVRaw: j.CSVRaw, Credits: output(j.Credits), Tables: output(j.PublishTables)},
		Gates:  documentGates(j.Gates),
	}
	if len(j.SalesChannels) > 0 { // the groups follow from them
		d.SourceGroups = nil
	}
	if j.AsOf != nil {
		d.AsOf = j.AsOf.UTC().Format(time.RFC3339Nano)
	}
	return d
}
