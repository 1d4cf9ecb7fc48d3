package job

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/runs"
)

// publish makes the run current.
func (a *attempt) publish(ctx context.Context) (runs.Manifest, error) {
	manifest, err := a.finish(ctx)
	if err != nil {
		return manifest, err
	}
	if err := a.bridge(ctx, &manifest); err != nil {
		return manifest, err
	}
	if err := a.document(ctx, &manifest); err != nil {
		return manifest, err
	}
	if err := a.inputs.Recheck(); err != nil {
		return manifest, err
	}
	if err := a.run.Publish(ctx, manifest, a.show); err != nil {
		return manifest, err
	}
	directory, err := runs.Directory(a.job.Out, a.run.ID())
	if err != nil {
		return manifest, err
	}
	return runs.ReadManifest(directory) // which now names every file
}

// bridge writes why figures of closed months changed, where somebody accepted that they did. If the
// runs cannot be compared, the acceptance in the manifest says why.
func (a *attempt) bridge(ctx context.Context, manifest *runs.Manifest) error {
	at := slices.IndexFunc(manifest.Accepted, func(accepted runs.Acceptance) bool { return accepted.Code == "closed-period" })
	if at < 0 || a.options.Bridge == nil {
		return nil
	}
	before, err := runs.Directory(a.job.Out, a.evaluator.Baseline())
	if err != nil {
		return err
	}
	limits := a.job
	limits.TempDir = a.run.TempDir()
	err = a.options.Bridge(ctx, BridgeSpan{Before: before, Staged: a.run.Staging(), Through: a.job.ClosedThrough, Manifest: *manifest, Job: limits}, a.show)
	if failure.CodeOf(err) == failure.Usage {
		reason, _ := failure.Split(err.Error())
		manifest.Accepted[at].Reason += " (no bridge: " + strings.ReplaceAll(reason, "\n", " ") + ")"
		return nil
	}
	if err != nil {
		return fmt.Errorf("writing the bridge of closed months: %w", err)
	}
	return nil
}

// document seals the reports with one digest, and writes the files for people, which show it.
func (a *attempt) document(ctx context.Context, manifest *runs.Manifest) (err error) {
	if manifest.Reports, err = published.Digest(a.run.Staging()); err != nil {
		return err
	}
	if len(a.options.Documents) == 0 {
		return nil
	}
	written := a.show.Count("writing the page and the workbook", progress.Documents, int64(len(a.options.Documents)))
	run, err := published.Open(ctx, a.run.Staging(), *manifest)
	if err != nil {
		return err
	}
	defer run.Close()
	for _, write := range a.options.Documents {
		if err := write(ctx, run); err != nil {
			return err
		}
		written.Add(1)
	}
	return nil
}
