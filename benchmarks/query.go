package main

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"

	"github.com/tributary-engine/tributary/internal/progress"
)

//go:embed sql/*.sql
var texts embed.FS

// Names of files in sql/.
const (
	scanSQL        = "scan"
	handwrittenSQL = "handwritten"
	naiveSQL       = "naive"
	readCSVSQL     = "read_csv"
	skewSQL        = "skew"
	journeyRowsSQL = "journey_rows"
	versionSQL     = "version"
)

// queryCommand is the first argument by which this program starts itself again to run one SQL text:
// peak memory and processor time of the process are then those of that text.
const queryCommand = "query"

// An answered query, as the process that ran it prints it.
type answered struct {
	Wall, CPU float64 // seconds, without starting the process and the engine
	First     string  // first column of the first row
}

// answer runs the SQL text of a name: query [flags] NAME KEY=VALUE..., where {KEY} in the text is
// VALUE.
func answer(ctx context.Context, args []string, stdout io.Writer) error {
	f := flag.NewFlagSet(queryCommand, flag.ContinueOnError)
	threads := f.Int("threads", 0, "threads; 0: one per core")
	memory := f.String("memory-limit", "", "memory limit")
	spill := f.String("spill", "", "directory to spill into")
	if err := f.Parse(args); err != nil {
		return err
	}
	text, err := texts.ReadFile("sql/" + f.Arg(0) + ".sql")
	if err != nil {
		return err
	}
	var replaced []string
	for _, value := range f.Args()[1:] {
		key, value, _ := strings.Cut(value, "=")
		replaced = append(replaced, "{"+key+"}", strings.ReplaceAll(value, "'", "''"))
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if *threads == 0 {
		*threads = runtime.NumCPU()
	}
	settings := fmt.Sprintf("SET TimeZone = 'UTC'; SET threads = %d; SET temp_directory = '%s'", *threads, strings.ReplaceAll(*spill, "'", "''"))
	if *memory != "" {
		settings += fmt.Sprintf("; SET memory_limit = '%s'", *memory)
	}
	if _, err := conn.ExecContext(ctx, settings); err != nil {
		return err
	}
	began, cpu := time.Now(), progress.ProcessCPU()
	first, err := drain(ctx, conn, strings.NewReplacer(replaced...).Replace(string(text)))
	if err != nil {
		return fmt.Errorf("%s.sql: %w", f.Arg(0), err)
	}
	return json.NewEncoder(stdout).Encode(answered{Wall: time.Since(began).Seconds(), CPU: (progress.ProcessCPU() - cpu).Seconds(), First: first})
}

// drain runs statements, reads the whole answer of the last one, and returns the first column of
// its first row.
func drain(ctx context.Context, conn *sql.Conn, statements string) (string, error) {
	rows, err := conn.QueryContext(ctx, statements)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return "", err
	}
	values, targets := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		targets[i] = &values[i]
	}
	first, isFirst := "", true
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return "", err
		}
		if isFirst {
			first, isFirst = fmt.Sprint(values[0]), false
		}
	}
	return first, rows.Err()
}
