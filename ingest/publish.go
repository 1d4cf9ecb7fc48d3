package ingest

import (
	"context"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/spreadsheet"
)

// WriteQuarantine writes <table>.csv into the directory for every table with bad rows: file, line,
// column, reason, value, and the row: as it stood in the file, or as JSON of its values where it
// was read well and set aside later. Text that a spreadsheet would run gets a leading apostrophe.
// Touches after as-of come last.
func WriteQuarantine(ctx context.Context, eng *engine.Engine, directory string, in Inputs) error {
	for _, t := range contract.Tables() {
		files := slices.DeleteFunc(slices.Clone(in.Files), func(f File) bool { return f.Table != t.Name })
		if !slices.ContainsFunc(files, func(f File) bool { return f.Quarantined > 0 }) {
			continue
		}
		if err := writeQuarantine(ctx, eng, filepath.Join(directory, t.Name+".csv"), t.Name, files, in.Quarantined); err != nil {
			return failure.Writing("writing the quarantine of %s: %w", t.Name, err)
		}
	}
	return nil
}

func writeQuarantine(ctx context.Context, eng *engine.Engine, path, table string, files []File, rows []Quarantined) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := csv.NewWriter(f)
	if err := w.Write([]string{"file", "line", "column", "reason", "value", "raw"}); err != nil {
		return err
	}
	for _, q := range rows {
		if q.Table != table {
			continue
		}
		if err := w.Write(q.record()); err != nil {
			return err
		}
	}
	if table == "touchpoints" {
		if err := writeLate(ctx, eng, w, files); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// writeLate writes the touches after as-of, which the engine kept.
func writeLate(ctx context.Context, eng *engine.Engine, w *csv.Writer, files []File) error {
	l := &loading{files: map[string][]File{"touchpoints": files}}
	return eng.Each(ctx, `SELECT o.file_number, `+l.originColumns("touchpoints")+`, o.value, o.content FROM late_touches AS o`+l.joinOrigins("touchpoints")+` ORDER BY o.file_number, o.line`, func(scan engine.Scan) error {
		var file int
		q := Quarantined{Column: "occurred_at", Reason: "is more than 24 h after as-of"}
		if err := scan(&file, &q.File, &q.Line, &q.Value, &q.Raw); err != nil {
			return err
		}
		if q.File == "" {
			q.File = files[file].Name
		}
		if err := w.Write(q.record()); err != nil {
			return err
		}
		return nil
	})
}

func (q Quarantined) record() []string {
	return []string{spreadsheet.Defuse(q.File), strconv.FormatInt(q.Line, 10), q.Column, q.Reason, spreadsheet.Defuse(q.Value), spreadsheet.Defuse(q.Raw)}
}
