package ingest

import (
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"tributary/internal/failure"
	"tributary/internal/spreadsheet"
)

// WriteQuarantine writes <table>.csv into the directory for every table with bad rows: file, line, column, reason, value, and the
// row as it stood in the file. Text that a spreadsheet would run gets a leading apostrophe.
func WriteQuarantine(directory string, rows []Quarantined) error {
	for start := 0; start < len(rows); {
		end := start + slices.IndexFunc(rows[start:], func(q Quarantined) bool { return q.Table != rows[start].Table })
		if end < start {
			end = len(rows)
		}
		if err := writeTable(filepath.Join(directory, rows[start].Table+".csv"), rows[start:end]); err != nil {
			return failure.Writing("writing the quarantine of %s: %w", rows[start].Table, err)
		}
		start = end
	}
	return nil
}

func writeTable(path string, rows []Quarantined) (err error) {
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
		if err := w.Write([]string{spreadsheet.Defuse(q.File), strconv.FormatInt(q.Line, 10), q.Column, q.Reason, spreadsheet.Defuse(q.Value), spreadsheet.Defuse(q.Raw)}); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
