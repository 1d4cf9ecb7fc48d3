package ingest

import (
	"context"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// The rows of a table that streams are in two places: those that Go read in the table
// raw_<table>_read, and the others in their Parquet files, but for those that are listed in the
// table removed_<table>. The view raw_<table> has both, and is read as the raw table of any other
// contract table is.

// rawRead is the table with the rows that were read.
func rawRead(t contract.Table) string {
	if t.Streams {
		return "raw_" + t.Name + "_read"
	}
	return "raw_" + t.Name
}

func removed(t contract.Table) string { return "removed_" + t.Name }

// listRemoved makes the empty list of the rows of Parquet files that do not count.
func (r *reading) listRemoved(ctx context.Context) error {
	if !r.table.Streams {
		return nil
	}
	return r.engine.Exec(ctx, "CREATE OR REPLACE TABLE "+removed(r.table)+" (file_number INTEGER, line BIGINT)")
}

// view makes the raw table of a table that streams, of what was read and of what each Parquet file
// holds.
func (r *reading) view(ctx context.Context) error {
	if !r.table.Streams {
		return nil
	}
	parts := append([]string{"SELECT * FROM " + rawRead(r.table)}, r.streamed...)
	return r.engine.Exec(ctx, "CREATE OR REPLACE VIEW "+engine.Name("raw_"+r.table.Name)+" AS "+strings.Join(parts, " UNION ALL "))
}

// remove takes rows out of a raw table: those whose file_number and line the table rows has.
func (l *loading) remove(ctx context.Context, t contract.Table, rows string) error {
	if t.Streams {
		if err := l.engine.Exec(ctx, "INSERT INTO "+removed(t)+" SELECT file_number, line FROM "+rows); err != nil {
			return err
		}
	}
	return l.engine.Exec(ctx, "DELETE FROM "+rawRead(t)+" AS r USING "+rows+" AS o WHERE o.file_number = r.file_number AND o.line = r.line")
}
