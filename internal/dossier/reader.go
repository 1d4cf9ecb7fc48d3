package dossier

import (
	"context"
	"embed"
	"fmt"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/zone"
)

//go:embed sql/*.sql
var files embed.FS

// text is the SQL of sql/<name>.sql.
func text(name string) string { return engine.Statement(files, "sql/"+name+".sql") }

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
	run, err := published.ReadFacts(directory)
	if err != nil {
		return nil, err
	}
	for _, name := range tables {
		if file := published.TableFile(name); !published.Has(directory, file) {
			return nil, failure.Errorf(failure.Usage, "lead needs %s, and run %s has none\nhint: run with --tables all, and with this version of the program", file, run.ID)
		}
	}
	r := &Reader{Run: run.ID, AsOf: run.AsOf, settings: run.Job}
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
		file := published.TableFile(name)
		if err := published.View(ctx, r.engine, name, directory, file, file+": the file"); err != nil {
			return err
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
func (r *Reader) rows(ctx context.Context, name string, each func(scan engine.Scan) error, args ...any) error {
	return r.each(ctx, name, text(name), each, args...)
}

func (r *Reader) each(ctx context.Context, name, query string, each func(scan engine.Scan) error, args ...any) error {
	if err := r.engine.Each(ctx, query, each, args...); err != nil {
		return fmt.Errorf("reading %s: %w", strings.ReplaceAll(name, "_", " "), err)
	}
	return nil
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
