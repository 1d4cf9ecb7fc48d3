package job

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/activation"
	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/runs"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/internal/zone"
	"github.com/tributary-engine/tributary/models"
	"github.com/tributary-engine/tributary/reports"
)

// temporary is the directory in which the engine spills: in the one that was given, else inside
// staging. Its name begins with what stands for the output directory, whose lock is held, so that
// the next run sweeps what a killed one left there.
func temporary(job config.Job, r *runs.Run) (string, func(), error) {
	if job.TempDir == "" {
		return r.TempDir(), func() {}, nil
	}
	out, err := filepath.Abs(job.Out)
	if err != nil {
		return "", nil, failure.Errorf(failure.IO, "--out %s: %w", job.Out, err)
	}
	digest := sha256.Sum256([]byte(out))
	prefix := "tributary-" + hex.EncodeToString(digest[:8]) + "-"
	left, err := os.ReadDir(job.TempDir)
	if err != nil {
		return "", nil, failure.Errorf(failure.IO, "--temp-dir %s: %w\nhint: name a directory that exists and can be written", job.TempDir, err)
	}
	for _, entry := range left {
		if strings.HasPrefix(entry.Name(), prefix) {
			_ = os.RemoveAll(filepath.Join(job.TempDir, entry.Name())) // what cannot be swept is in no one's way
		}
	}
	directory, err := os.MkdirTemp(job.TempDir, prefix)
	if err != nil {
		return "", nil, failure.Writing("--temp-dir %s: %w\nhint: name a directory that exists and can be written", job.TempDir, err)
	}
	return directory, func() { _ = os.RemoveAll(directory) }, nil
}

// EngineOptions let the engine read the Parquet files of the job, and read and write directories.
func EngineOptions(job config.Job, temp string, directories ...string) engine.Options {
	o := engine.Options{Threads: job.Threads, MemoryLimit: job.MemoryLimit, TempDir: temp, Directories: directories, ChangesThreads: true}
	for _, sources := range job.Tables {
		for _, source := range sources.InputFiles() {
			for _, path := range source.Paths {
				if strings.EqualFold(filepath.Ext(path), ".parquet") {
					o.Files = append(o.Files, path)
				}
			}
		}
	}
	slices.Sort(o.Files)
	o.Files = slices.Compact(o.Files)
	return o
}

func AttributionOptions(job config.Job, in ingest.Inputs) attribution.Options {
	return attribution.Options{
		AsOf: in.AsOf, Zone: in.Zone, Currency: in.Currency, From: job.Reporting.From, To: job.Reporting.To, Threads: job.Threads, Credits: job.Credits || job.Activation.IsOn(), Primary: job.PrimaryModel,
		People: job.People, BuyingGroup: job.BuyingGroup, Journey: job.Journey, CustomModels: job.CustomModels, Opportunities: job.Opportunities,
		SalesChannels: job.SalesChannels, Channels: job.Channels, Funnel: job.Funnel, Reporting: job.Reporting, Agreed: job.Alignment, Costs: job.Costs, Economics: job.Economics,
		LeadsGiven: in.Gives("leads"), CampaignFields: job.CampaignFields,
	}
}

func ReportOptions(job config.Job, in ingest.Inputs) reports.Options {
	o := reports.Options{
		MinorScale: in.MinorScale, PeriodStart: job.Reporting.From, PeriodEnd: job.Reporting.To,
		Credits: job.Credits, PublishTables: job.PublishTables, CSVRaw: job.CSVRaw,
	}
	o.Tables = contract.Names()
	return o
}

// modelsOf are the models of a job; the primary one is among them.
func modelsOf(job config.Job) ([]credit.Model, error) {
	selected, err := models.Select(job.Models, job.CustomModels)
	if err != nil {
		return nil, err
	}
	if names := models.Names(selected); !slices.Contains(names, job.PrimaryModel) {
		return nil, failure.Errorf(failure.Usage, "primary_model: %q is not among the models of this run%s\nhint: add it to models, or choose one of these: %s", job.PrimaryModel, words.DidYouMean(job.PrimaryModel, names), strings.Join(names, ", "))
	}
	keys, named := job.Activation.ModelsByKey()
	for i, name := range named {
		if known := models.Names(selected); !slices.Contains(known, name) {
			return nil, failure.Errorf(failure.Usage, "%s: %q is not among the models of this run%s\nhint: add it to models, or choose one of these: %s", keys[i], name, words.DidYouMean(name, known), strings.Join(known, ", "))
		}
	}
	return selected, nil
}

// activationOptions are what the files for other systems need.
func activationOptions(job config.Job, in ingest.Inputs) (activation.Options, error) {
	o := activation.Options{Targets: job.Activation, Primary: job.PrimaryModel, Zone: in.Zone, CSVRaw: job.CSVRaw}
	if ads := job.Activation.GoogleAds; ads != nil && ads.TimeZone != "" {
		var err error
		if o.Zone, err = zone.Load(ads.TimeZone); err != nil {
			return o, failure.Errorf(failure.Usage, "activation.google_ads.time_zone: %w", err)
		}
	}
	return o, nil
}
