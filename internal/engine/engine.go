//go:build duckdb_arrow

// Package engine opens the embedded DuckDB, restricts it to the files of the run, and moves Arrow
// record batches in and out of it. The database is temporary and is deleted after the run.
package engine

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"syscall"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/duckdb/duckdb-go/v2"

	"github.com/tributary-engine/tributary/internal/failure"
)

// Options bound what the engine may use.
type Options struct {
	Threads     int      // 0: one per core
	MemoryLimit string   // as DuckDB writes sizes ("4GB"); empty: DuckDB's own default
	TempDir     string   // where it spills; must exist; empty: it does not spill
	Directories []string // the only directories that it may read and write, beside TempDir
	Files       []string // single files that it may read; it follows links before it asks

	// ChangesThreads lets Parallel and OneThread change the number of threads. Any statement can do
	// that then, so no statement of a person may reach such an engine unchecked.
	ChangesThreads bool
}

// An Engine is one DuckDB instance with two connections: one asks, the other takes record batches
// in, so that a table can be filled from the answer of a query that is still being read. A worker of
// Parallel has only the first.
type Engine struct {
	db        *sql.DB
	threads   int    // of the engine
	inUse     int    // of them, by a statement
	memory    uint64 // its limit, in bytes
	conn      *sql.Conn
	arrow     *duckdb.Arrow // conn, spoken to in record batches
	feed      *sql.Conn
	feedArrow *duckdb.Arrow
}

// Open starts DuckDB in memory, limits it, and locks it down before it
// returns.
func Open(ctx context.Context, options Options) (*Engine, error) {
	if space, isLimited := addressSpace(); isLimited {
		if _, err := engineRoom(space, options.Threads); err != nil {
			return nil, err
		}
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return nil, fmt.Errorf("starting the engine: %w", err)
	}
	e := &Engine{db: db}
	if e.conn, e.arrow, err = connect(ctx, db); err == nil {
		e.feed, e.feedArrow, err = connect(ctx, db)
	}
	if err != nil {
		return nil, errors.Join(classify(ctx, fmt.Errorf("starting the engine: %w", err)), e.Close())
	}
	if err := e.lockDown(ctx, options); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	const limits = "SELECT CAST(current_setting('threads') AS BIGINT), CAST(parse_formatted_bytes(current_setting('memory_limit')) AS UBIGINT)"
	if err := e.Row(ctx, limits, nil, &e.threads, &e.memory); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	e.inUse = e.threads
	return e, nil
}

// Close ends the engine and frees its memory.
func (e *Engine) Close() error {
	var errs []error
	for _, conn := range []*sql.Conn{e.conn, e.feed} {
		if conn != nil {
			errs = append(errs, conn.Close())
		}
	}
	return errors.Join(append(errs, e.db.Close())...)
}

func connect(ctx context.Context, db *sql.DB) (*sql.Conn, *duckdb.Arrow, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, nil, err
	}
	var arrow *duckdb.Arrow
	err = conn.Raw(func(raw any) error {
		arrow, err = duckdb.NewArrowFromConn(raw.(driver.Conn))
		return err
	})
	return conn, arrow, err
}

// Exec runs one statement, or several that semicolons separate. Values are bound to the last one,
// never pasted into the text.
func (e *Engine) Exec(ctx context.Context, statement string, args ...any) error {
	if _, err := e.conn.ExecContext(ctx, statement, args...); err != nil {
		return classify(ctx, err)
	}
	return nil
}

// Change runs one statement, and tells how many rows it added, changed or removed.
func (e *Engine) Change(ctx context.Context, statement string, args ...any) (int64, error) {
	done, err := e.conn.ExecContext(ctx, statement, args...)
	if err != nil {
		return 0, classify(ctx, err)
	}
	return done.RowsAffected()
}

// Rows runs a query whose answer is small.
func (e *Engine) Rows(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	rows, err := e.conn.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, classify(ctx, err)
	}
	return rows, nil
}

// Scan reads the columns of a row, in their order.
type Scan func(into ...any) error

// Each runs a query whose answer is small, and hands every row to each, in the order of the query.
func (e *Engine) Each(ctx context.Context, query string, each func(scan Scan) error, args ...any) error {
	rows, err := e.Rows(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return classify(ctx, rows.Err())
}

// Row runs a query that answers with exactly one row, and scans it into dest.
func (e *Engine) Row(ctx context.Context, query string, args []any, dest ...any) error {
	if err := e.conn.QueryRowContext(ctx, query, args...).Scan(dest...); err != nil {
		return classify(ctx, err)
	}
	return nil
}

// Stream runs a query and hands its answer to each as Arrow record batches, in the order of the
// query.
func (e *Engine) Stream(ctx context.Context, query string, each func(array.RecordReader) error, args ...any) error {
	reader, err := e.arrow.QueryContext(ctx, query, args...)
	if err != nil {
		return classify(ctx, err)
	}
	defer reader.Release()
	if err := each(reader); err != nil {
		return err
	}
	return classify(ctx, reader.Err())
}

// CreateTable makes a table of all record batches of reader, with the columns of its schema.
func (e *Engine) CreateTable(ctx context.Context, table string, reader array.RecordReader) error {
	return e.take(ctx, "CREATE OR REPLACE TABLE "+Name(table)+" AS SELECT * FROM arrow_in", table, reader)
}

// Append adds all record batches of reader to a table that has the columns of its schema, in their
// order.
func (e *Engine) Append(ctx context.Context, table string, reader array.RecordReader) error {
	return e.take(ctx, "INSERT INTO "+Name(table)+" SELECT * FROM arrow_in", table, reader)
}

// take runs a statement that reads all columns of the view arrow_in, once. It is the only use of
// the driver's Arrow view: such a view answers once, and ignores which columns a query asks for
// (engine_test.go pins both).
func (e *Engine) take(ctx context.Context, statement, table string, reader array.RecordReader) error {
	release, err := e.feedArrow.RegisterView(reader, "arrow_in")
	if err != nil {
		return fmt.Errorf("handing record batches of %s to the engine: %w", table, err)
	}
	defer release()
	_, err = e.feed.ExecContext(ctx, statement)
	if readErr := reader.Err(); readErr != nil {
		err = readErr // the engine wraps what the reader said; say it as it was
	}
	_, dropErr := e.feed.ExecContext(context.WithoutCancel(ctx), "DROP VIEW IF EXISTS arrow_in")
	return errors.Join(classify(ctx, err), dropErr)
}

// Version returns DuckDB's own version.
func (e *Engine) Version(ctx context.Context) (version string, err error) {
	err = e.Row(ctx, "SELECT version()", nil, &version)
	return version, err
}

// Name quotes an identifier.
func Name(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// Text quotes a string literal. For the few statements that take no bound parameter (SET, COPY),
// and for names that the program itself chose.
func Text(text string) string { return `'` + strings.ReplaceAll(text, `'`, `''`) + `'` }

// isOutOfMemory recognises failed allocations, also those that the engine reports as something
// else: while it starts, or from a library of its own.
func isOutOfMemory(err error) bool {
	if e, ok := errors.AsType[*duckdb.Error](err); ok && e.Type == duckdb.ErrorTypeOutOfMemory || errors.Is(err, syscall.ENOMEM) {
		return true
	}
	for _, words := range []string{"Out of Memory Error", "bad allocation", "bad_alloc", syscall.ENOMEM.Error(), "Cannot allocate memory"} {
		if strings.Contains(err.Error(), words) {
			return true
		}
	}
	return false
}

// classify gives an engine error the exit code of its kind.
func classify(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if known, ok := errors.AsType[*failure.Error](err); ok {
		return known
	}
	if isOutOfMemory(err) {
		// The engine goes on with advice about settings of its own, which nobody can change here.
		first, _, _ := strings.Cut(err.Error(), "\n")
		return failure.Errorf(failure.Resources, "%s\nhint: raise --memory-limit, lower --threads, or give --temp-dir more room", first)
	}
	if e, ok := errors.AsType[*duckdb.Error](err); ok && e.Type == duckdb.ErrorTypeIO {
		if strings.Contains(err.Error(), syscall.ENOSPC.Error()) || strings.Contains(err.Error(), "No space left") {
			return failure.Errorf(failure.Resources, "%w\nhint: free space there, or choose another directory", err)
		}
		return failure.Errorf(failure.IO, "%w", err)
	}
	return err
}

// OpenReading opens an engine that only reads, and only the given directories. It spills nowhere.
func OpenReading(ctx context.Context, directories ...string) (*Engine, error) {
	return Open(ctx, Options{Directories: directories})
}
