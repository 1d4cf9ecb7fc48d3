package published

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
)

// Credits is the file with the credit rows of a run.
const Credits = "credits.parquet"

// TableFile is the file of a table, within the directory of its run.
func TableFile(table string) string { return "tables/" + table + ".parquet" }

// ReportFile is the file of a report, within the directory of its run.
func ReportFile(report string) string { return "reports/" + report + ".parquet" }

// Has tells whether the run in a directory has a file.
func Has(directory, file string) bool {
	_, err := os.Stat(filepath.Join(directory, file))
	return err == nil
}

// Rows is the relation of all rows of a Parquet file of the run in a directory, for FROM.
func Rows(directory, file string) string {
	return "read_parquet(" + engine.Text(filepath.Join(directory, file)) + ")"
}

// NumberedRows is like Rows, with the column file_row_number: the place of a row in the file, from 0.
func NumberedRows(directory, file string) string {
	return "read_parquet(" + engine.Text(filepath.Join(directory, file)) + ", file_row_number = true)"
}

// View makes a view of a Parquet file of the run in a directory. A file that cannot be read is an
// error of kind IO, which begins with what the file is called.
func View(ctx context.Context, eng *engine.Engine, name, directory, file, called string) error {
	err := eng.Exec(ctx, "CREATE VIEW "+engine.Name(name)+" AS SELECT * FROM "+Rows(directory, file))
	return Unreadable(ctx, called, err)
}

// Unreadable is the error about a file of a run that the engine could not read; nil, if it could. The
// engine quotes its statement after the first line, which says nothing about the file.
func Unreadable(ctx context.Context, called string, err error) error {
	if err == nil || ctx.Err() != nil {
		return err
	}
	reason, _, _ := strings.Cut(err.Error(), "\n")
	return failure.Errorf(failure.IO, "%s cannot be read: %s\nhint: check the run with `tributary verify`", called, reason)
}
