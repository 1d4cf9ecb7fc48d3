package dossier

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/runs"
	"github.com/tributary-engine/tributary/internal/zone"
)

//go:embed sql/*.sql
var files embed.FS

// text is the SQL of sql/<name>.sql.
func text(name string) string {
	text, err := files.ReadFile("sql/" + name + ".sql")
	if err != nil {
		panic(err) // the files are part of the program
	}
	return string(text)
}

// tables are the files of a run that dossiers are made of.
var tables = []string{
	"people", "person_ids", "person_history", "person_visits", "deliveries", "account_people", "touch_facts", "touchpoints", "campaigns",
	"leads", "contacts", "accounts", "activities", "opportunities", "opportunity_contacts", "opportunity_states",
}

// A Reader reads dossiers from one published run.
type Reader struct {
	Run  string
	AsOf time.Time
	Zone *time.Location // of the reports

	settings config.Job
	engine   *engine.Engine
}

// Open opens the files of a published run.
func Open(ctx context.Context, directory string) (*Reader, error) {
	r := &Reader{Run: filepath.Base(directory)}
	for _, name := range tables {
		if _, err := os.Stat(filepath.Join(directory, "tables", name+".parquet")); err != nil {
			return nil, failure.Errorf(failure.Usage, "lead needs tables/%s.parquet, and run %s has none\nhint: run with --tables all, and with this version of the program", name, r.Run)
		}
	}
	manifest, err := runs.ReadManifest(directory)
	if err != nil {
		return nil, err
	}
	if r.AsOf, err = time.Parse(time.RFC3339Nano, manifest.AsOf); err != nil {
		return nil, failure.Errorf(failure.IO, "the manifest of run %s: as_of: %w", r.Run, err)
	}
	if r.settings, err = job.Published(directory); err != nil {
		return nil, err
	}
	if r.Zone, err = zone.Load(r.settings.Reporting.TimeZone); err != nil {
		return nil, err
	}
	if r.engine, err = engine.OpenReading(ctx, directory); err != nil {
		return nil, err
	}
	if err := r.prepare(ctx, directory); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

// Close ends the engine.
func (r *Reader) Close() error { return r.engine.Close() }

// prepare names the files of the run, and makes the tables that the queries ask.
func (r *Reader) prepare(ctx context.Context, directory string) error {
	for _, name := range tables {
		path := engine.Text(filepath.Join(directory, "tables", name+".parquet"))
		if err := r.engine.Exec(ctx, "CREATE VIEW "+engine.Name(name)+" AS SELECT * FROM read_parquet("+path+")"); err != nil {
			if ctx.Err() != nil {
				return err
			}
			reason, _, _ := strings.Cut(err.Error(), "\n") // the engine's statement follows
			return failure.Errorf(failure.IO, "tables/%s.parquet: the file cannot be read: %s\nhint: check the run with `tributary verify`", name, reason)
		}
	}
	for _, statement := range []string{
		"CREATE TABLE asked (place BIGINT, person_id VARCHAR)",
		"CREATE TABLE asked_accounts (place BIGINT, account_id VARCHAR, person_id VARCHAR)",
		text("standings"),
	} {
		if err := r.engine.Exec(ctx, statement); err != nil {
			return fmt.Errorf("preparing to read: %w", err)
		}
	}
	return r.engine.Exec(ctx, "CREATE TABLE clock AS SELECT CAST(? AS TIMESTAMP) AS as_of", r.AsOf)
}

// rows runs a query of sql/, and hands over every row.
func (r *Reader) rows(ctx context.Context, name string, scan func(rows *sql.Rows) error, args ...any) error {
	return r.each(ctx, name, text(name), scan, args...)
}

func (r *Reader) each(ctx context.Context, name, query string, scan func(rows *sql.Rows) error, args ...any) error {
	rows, err := r.engine.Rows(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("reading %s: %w", strings.ReplaceAll(name, "_", " "), err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("reading %s: %w", strings.ReplaceAll(name, "_", " "), err)
		}
	}
	return rows.Err()
}

// ask fills the table of the persons that are asked for; their places are those in the list.
func (r *Reader) ask(ctx context.Context, persons []string) error {
	if err := r.engine.Exec(ctx, "DELETE FROM asked"); err != nil {
		return err
	}
	values := make([]string, len(persons))
	for i, person := range persons {
		values[i] = fmt.Sprintf("(%d, %s)", i, engine.Text(person))
	}
	return r.engine.Exec(ctx, "INSERT INTO asked VALUES "+strings.Join(values, ", "))
}
