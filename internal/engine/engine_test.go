//go:build duckdb_arrow

package engine

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

func open(t *testing.T, directories ...string) *Engine {
	t.Helper()
	e, err := Open(t.Context(), Options{Threads: 2, TempDir: t.TempDir(), Directories: directories})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

// numbers is a reader of two columns: a counts from 1, b is a hundred times a.
func numbers(t *testing.T, n int) array.RecordReader {
	t.Helper()
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "a", Type: arrow.PrimitiveTypes.Int64}, {Name: "b", Type: arrow.PrimitiveTypes.Int64},
	}, nil)
	builder := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer builder.Release()
	for i := 1; i <= n; i++ {
		builder.Field(0).(*array.Int64Builder).Append(int64(i))
		builder.Field(1).(*array.Int64Builder).Append(int64(i * 100))
	}
	reader, err := array.NewRecordReader(schema, []arrow.RecordBatch{builder.NewRecordBatch()})
	if err != nil {
		t.Fatal(err)
	}
	return reader
}

func TestCreateTableTakesEveryColumnOfEveryBatch(t *testing.T) {
	e := open(t)
	if err := e.CreateTable(t.Context(), "numbers", numbers(t, 5000)); err != nil {
		t.Fatal(err)
	}
	var count, a, b int64
	if err := e.Row(t.Context(), `SELECT count(*), CAST(sum(a) AS BIGINT), CAST(sum(b) AS BIGINT) FROM numbers`, nil, &count, &a, &b); err != nil {
		t.Fatal(err)
	}
	if count != 5000 || a != 5000*5001/2 || b != 100*a {
		t.Errorf("count %d, sum of a %d, of b %d", count, a, b)
	}
}

// Batches stream into Parquet in their order and types, into several files at once, and the bytes
// are the same every time.
func TestWriteParquetKeepsOrderTypesAndBytes(t *testing.T) {
	directory := t.TempDir()
	e, err := Open(t.Context(), Options{Threads: 1, Directories: []string{directory}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	const batches, rows = 50, 5000
	write := func(name string) error {
		first := numbers(t, 1)
		return e.WriteParquet(t.Context(), filepath.Join(directory, name), []Typed{{"a", "VARCHAR"}, {"b", "DECIMAL(18, 2)"}}, first.Schema(),
			func(send func(arrow.RecordBatch) error) error {
				for range batches {
					reader := numbers(t, rows)
					for reader.Next() {
						batch := reader.RecordBatch()
						batch.Retain()
						if err := send(batch); err != nil {
							return err
						}
					}
				}
				return nil
			})
	}
	ended := make(chan error)
	for _, name := range []string{"one.parquet", "two.parquet"} {
		go func() { ended <- write(name) }()
	}
	for range 2 {
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
	}
	one, err := os.ReadFile(filepath.Join(directory, "one.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	two, err := os.ReadFile(filepath.Join(directory, "two.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	if string(one) != string(two) {
		t.Error("the same batches gave two different files")
	}
	var count, inOrder int64
	var types string
	if err := e.Row(t.Context(), `SELECT count(*), count(*) FILTER (CAST(a AS BIGINT) = file_row_number % 5000 + 1 AND b = 100 * CAST(a AS BIGINT)), any_value(typeof(a) || ' ' || typeof(b))
		FROM read_parquet(?, file_row_number = true)`, []any{filepath.Join(directory, "one.parquet")}, &count, &inOrder, &types); err != nil {
		t.Fatal(err)
	}
	if count != batches*rows || inOrder != count || types != "VARCHAR DECIMAL(18,2)" {
		t.Errorf("%d rows, %d in order, of types %s", count, inOrder, types)
	}
}

// The driver's view over an Arrow reader answers once, and ignores projection. CreateTable depends
// on neither; when this test fails, the driver has been mended and the comment on CreateTable can
// go.
func TestArrowViewDefectIsStillThere(t *testing.T) {
	e := open(t)
	release, err := e.arrow.RegisterView(numbers(t, 3), "defect")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(release)
	var b int64
	if err := e.Row(t.Context(), `SELECT CAST(sum(b) AS BIGINT) FROM defect`, nil, &b); err != nil {
		t.Fatal(err)
	}
	if b == 600 {
		t.Error("the view honours projection now: b is b")
	}
	var rows int64
	if err := e.Row(t.Context(), `SELECT count(*) FROM (SELECT a, b FROM defect)`, nil, &rows); err == nil && rows == 3 {
		t.Error("the view answers twice now")
	}
}

func TestLockedDownEngineStaysInItsDirectories(t *testing.T) {
	inside, outside := t.TempDir(), t.TempDir()
	e := open(t, inside)
	if err := e.Exec(t.Context(), `COPY (SELECT 1 AS one) TO `+Text(filepath.Join(inside, "one.parquet"))+` (FORMAT parquet)`); err != nil {
		t.Errorf("writing inside: %v", err)
	}
	if err := e.Exec(t.Context(), `COPY (SELECT 1 AS one) TO `+Text(filepath.Join(outside, "one.parquet"))+` (FORMAT parquet)`); err == nil {
		t.Error("writing outside was not refused")
	}
	for _, escape := range []string{
		"SET threads = 8", "RESET threads", "SET memory_limit = '8GB'", "RESET memory_limit", "SET allowed_configs = ['memory_limit']", "SET lock_configuration = false", "SET enable_external_access = true", "SELECT * FROM read_text('/etc/hostname')",
		"ATTACH " + Text(filepath.Join(outside, "escape.duckdb")) + " AS escape", "INSTALL httpfs",
	} {
		if err := e.Exec(t.Context(), escape); err == nil {
			t.Errorf("%s was not refused", escape)
		}
	}
}

// Parquet inputs are read through a link inside the engine's directories, so that their names are
// never parsed.
func TestParquetIsReadThroughALinkOfOurNaming(t *testing.T) {
	inside, outside := t.TempDir(), t.TempDir()
	writer := open(t, inside)
	if err := writer.Exec(t.Context(), `COPY (SELECT 41 AS n) TO `+Text(filepath.Join(inside, "n.parquet"))+` (FORMAT parquet)`); err != nil {
		t.Fatal(err)
	}
	odd := filepath.Join(outside, "n[1]*'.parquet")
	if err := os.Rename(filepath.Join(inside, "n.parquet"), odd); err != nil {
		t.Fatal(err)
	}
	e, err := Open(t.Context(), Options{TempDir: inside, Files: []string{odd}})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	link := filepath.Join(inside, "touchpoints_1.parquet")
	if err := os.Symlink(odd, link); err != nil {
		t.Fatal(err)
	}
	var n int64
	if err := e.Row(t.Context(), `SELECT n FROM read_parquet(?)`, []any{link}, &n); err != nil || n != 41 {
		t.Errorf("n = %d, %v", n, err)
	}
}

func TestCancelledQueryEnds(t *testing.T) {
	e := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := e.Exec(ctx, `SELECT count(*) FROM range(100000000000)`)
	if err == nil || !strings.Contains(err.Error(), "cancel") {
		t.Errorf("err = %v", err)
	}
}

// openChangingThreads opens an engine whose number of threads Parallel can change.
func openChangingThreads(t *testing.T) *Engine {
	t.Helper()
	e, err := Open(t.Context(), Options{Threads: 2, TempDir: t.TempDir(), ChangesThreads: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

// Of the locked settings, ChangesThreads frees one.
func TestEngineThatChangesThreadsChangesNothingElse(t *testing.T) {
	e := openChangingThreads(t)
	for _, escape := range []string{
		"SET memory_limit = '8GB'", "RESET memory_limit", "SET TimeZone = 'Asia/Tokyo'", "SET allowed_configs = ['memory_limit']",
		"RESET allowed_configs", "SET lock_configuration = false", "SET enable_external_access = true", "SET allowed_directories = ['/']",
	} {
		if err := e.Exec(t.Context(), escape); err == nil {
			t.Errorf("%s: no error", escape)
		}
	}
}

// Workers of Parallel share the database and its time zone, scan tables in their order, and leave the
// engine its threads.
func TestParallelWorkersScanInOrderAndGiveTheThreadsBack(t *testing.T) {
	t.Setenv("TZ", "Asia/Tokyo")
	e := openChangingThreads(t)
	if err := e.Exec(t.Context(), "CREATE TABLE many AS SELECT i AS n FROM range(400000) AS r(i) ORDER BY i"); err != nil {
		t.Fatal(err)
	}
	err := e.Parallel(t.Context(), 7, func(ctx context.Context, worker *Engine, i int) error {
		var threads int
		var zone string
		if err := worker.Row(ctx, "SELECT CAST(current_setting('threads') AS BIGINT), current_setting('TimeZone')", nil, &threads, &zone); err != nil {
			return err
		}
		if threads != 1 || zone != "UTC" {
			t.Errorf("a worker has %d threads and the time zone %s", threads, zone)
		}
		next := int64(0)
		return worker.Stream(ctx, "SELECT * FROM many", func(reader array.RecordReader) error {
			for reader.Next() {
				for _, n := range reader.RecordBatch().Column(0).(*array.Int64).Int64Values() {
					if n != next {
						return fmt.Errorf("row %d is %d", next, n)
					}
					next++
				}
			}
			if next != 400_000 {
				t.Errorf("%d rows", next)
			}
			return reader.Err()
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	var threads int
	if err := e.Row(t.Context(), "SELECT CAST(current_setting('threads') AS BIGINT)", nil, &threads); err != nil || threads != 2 {
		t.Errorf("%d threads afterwards, %v", threads, err)
	}
}

// A worker needs 128 MiB, which are 134.2 MB: 268 MB have room for one of them, 269 MB for two.
func TestWorkersAreAsManyAsMemoryHasRoomFor(t *testing.T) {
	for _, c := range []struct {
		limit          string
		threads, calls int
		want           int
	}{
		{"8GB", 4, 20, 4}, {"8GB", 4, 3, 3}, {"268MB", 4, 20, 1}, {"269MB", 4, 20, 2}, {"400MB", 16, 20, 2}, {"269MB", 1, 20, 1}, {"100MB", 4, 20, 1},
	} {
		e, err := Open(t.Context(), Options{Threads: c.threads, MemoryLimit: c.limit})
		if err != nil {
			t.Fatal(err)
		}
		if got := e.workersFor(c.calls); got != c.want {
			t.Errorf("%s, %d threads, %d calls: %d workers, want %d", c.limit, c.threads, c.calls, got, c.want)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestParallelReturnsTheFirstErrorAndBeginsNothingAfterIt(t *testing.T) {
	e := openChangingThreads(t)
	var begun atomic.Int64
	err := e.Parallel(t.Context(), 1000, func(_ context.Context, _ *Engine, i int) error {
		begun.Add(1)
		if i >= 3 {
			return fmt.Errorf("number %d", i)
		}
		return nil
	})
	if err == nil || err.Error() != "number 3" {
		t.Errorf("%v", err)
	}
	if n := begun.Load(); n > 6 {
		t.Errorf("%d were begun", n)
	}
}
