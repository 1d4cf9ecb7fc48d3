// Package alignment makes the relations of the reports that marketing and sales share: the periods of
// the reporting calendar, the histories of persons and opportunities, their stays in stages, and the
// deliveries to sales with their outcomes. SQL makes most of them (sql/*.sql, each with the grain of
// its relation at the top). Go computes time zones, business hours and exact estimates.
package alignment

import (
	"context"
	"embed"
	"fmt"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
)

//go:embed sql/*.sql
var files embed.FS

// Options are what alignment needs to know of a job.
type Options struct {
	AsOf      time.Time
	Zone      *time.Location // reporting zone
	From, To  string         // reporting period, days of the zone, both included; empty: unbounded
	Reporting config.Reporting
	Agreed    config.Alignment
	Funnel    []config.Stage
}

// A task makes relations.
type task struct {
	makes []engine.Relation
	run   func(ctx context.Context, eng *engine.Engine, o Options) error
}

// histories come before journeys, which ask where a person stood at a touch.
func histories() []task {
	return []task{
		made("define.go", define,
			engine.Relation{Name: "handoff_settings", Grain: "one row: the stage that hands over, and the times that were agreed on", Reads: []string{"funnel_stages"}},
			engine.Relation{Name: "handoff_words", Grain: "one row per word of stage_history that accepts, rejects or recycles"},
			engine.Relation{Name: "vocabulary_words", Grain: "one row per word of stage_history whose department is known: stages of the funnel, and others"},
			engine.Relation{Name: "response_words", Grain: "one row per type of activity that is a response"},
			engine.Relation{Name: "fit_words", Grain: "one row per grade of fit, with good or bad"},
			engine.Relation{Name: "rating_words", Grain: "one row per word of sales_rating, with its number"},
			engine.Relation{Name: "quality_settings", Grain: "one row: from which score on interest is high"},
			engine.Relation{Name: "deal_size_bands", Grain: "one row per band of deal sizes, in minor units", Reads: []string{"settings"}},
		),
		sql("person_labels"), sql("opportunity_personas"), sql("person_history"),
	}
}

// tasks are in the order in which they are taken.
func tasks() []task {
	return []task{
		made("periods.go", definePeriods,
			engine.Relation{Name: "calendar_periods", Grain: "one row per period of the reporting calendar, and one for the whole",
				Reads: []string{"conversions", "cost_days", "opportunity_facts", "person_entries", "settings", "stage_history", "touch_rows"}},
			engine.Relation{Name: "calendar_spans", Grain: "one row per stretch of time between two bounds of periods",
				Reads: []string{"conversions", "cost_days", "opportunity_facts", "person_entries", "settings", "stage_history", "touch_rows"}},
			engine.Relation{Name: "span_periods", Grain: "one row per stretch of time and period in which it lies", Reads: []string{"calendar_periods", "calendar_spans"}},
		),
		sql("opportunity_labels"), sql("person_opportunities"), sql("group_members"),
		sql("person_visits"), sql("opportunity_visits"), sql("visits"),
		sql("delivery_windows"), sql("delivery_touches"),
		made("business_days.go", defineBusinessDays,
			engine.Relation{Name: "business_days", Grain: "one row per business day, with its hours as instants", Reads: []string{"delivery_windows"}},
		),
		sql("business_clock"), sql("deliveries"), sql("delivery_results"), sql("delivery_periods"),
		sql("velocity_spans"), survival("velocity"),
		sql("assignment_spans"), survival("assignment"), sql("response_spans"), survival("response"),
		sql("person_quality"), sql("person_bant"), sql("opportunity_bant"),
		sql("deal_outcomes"), sql("cycle_spans"), survival("cycle"),
	}
}

// Histories are the tables that MakeHistories makes: what was agreed on, and the histories of persons.
func Histories() []engine.Relation { return relations(histories()) }

// Relations are the tables that Make makes.
func Relations() []engine.Relation { return relations(tasks()) }

func relations(tasks []task) (all []engine.Relation) {
	for _, t := range tasks {
		all = append(all, t.makes...)
	}
	return all
}

// MakeHistories makes the relations that journeys need.
func MakeHistories(ctx context.Context, eng *engine.Engine, o Options) error {
	return take(ctx, eng, o, histories())
}

// Make makes the others.
func Make(ctx context.Context, eng *engine.Engine, o Options) error {
	return take(ctx, eng, o, tasks())
}

// take takes tasks in their order.
func take(ctx context.Context, eng *engine.Engine, o Options, tasks []task) error {
	for _, t := range tasks {
		if err := t.run(ctx, eng, o); err != nil {
			return fmt.Errorf("making %s: %w", t.makes[0].Name, err)
		}
	}
	return nil
}

// made is a task of Go that makes relations.
func made(file string, run func(context.Context, *engine.Engine, Options) error, relations ...engine.Relation) task {
	for i := range relations {
		relations[i].MadeBy = "attribution/alignment/" + file
	}
	return task{makes: relations, run: run}
}

// sql is a task that runs a file of sql/, which makes the relation of its name.
func sql(name string) task {
	query := text(name)
	return task{
		makes: []engine.Relation{engine.RelationOf(query, name, "attribution/alignment/sql/")},
		run:   func(ctx context.Context, eng *engine.Engine, _ Options) error { return eng.Exec(ctx, query) },
	}
}

// text is the SQL of sql/<name>.sql.
func text(name string) string { return engine.File(files, "sql/"+name+".sql") }
