// Package planning makes the relations of the reports for planning: the leads that a plan is based
// on, how many of them reached each stage, the won opportunities, and the leads that campaigns are
// expected to bring. All of it is SQL.
package planning

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"time"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/zone"
)

//go:embed sql/*.sql
var files embed.FS

// options are what planning needs to know of a job.
type options struct {
	zone         *time.Location // reporting zone
	weekStartsOn string         // monday to sunday
}

// A task makes a relation.
type task struct {
	relation engine.Relation
	run      func(ctx context.Context, eng *engine.Engine, o options) error
}

func tasks() []task {
	return []task{
		{engine.Relation{Name: "plan_settings", Grain: "one row: the weekday on which weeks begin, and the first and last week of plans", MadeBy: "attribution/planning/planning.go", Reads: []string{"settings"}}, storeSettings},
		sql("plan_leads"),
		{engine.Relation{Name: "plan_months", Grain: "one row per month with leads: its bounds", MadeBy: "attribution/planning/planning.go", Reads: []string{"plan_leads"}}, storeMonths},
		sql("plan_cohorts"), sql("plan_roles"), sql("plan_reached"), sql("plan_deals"), sql("planned_leads"), sql("plan_capacity"),
	}
}

// Relations are the tables that Make makes, in the order in which it does.
func Relations() []engine.Relation {
	var all []engine.Relation
	for _, t := range tasks() {
		all = append(all, t.relation)
	}
	return all
}

// Make makes the relations of planning.
func Make(ctx context.Context, eng *engine.Engine, zone *time.Location, weekStartsOn string) error {
	o := options{zone, weekStartsOn}
	if err := defineFunctions(ctx, eng); err != nil {
		return err
	}
	for _, t := range tasks() {
		if err := t.run(ctx, eng, o); err != nil {
			return fmt.Errorf("making %s: %w", t.relation.Name, err)
		}
	}
	return nil
}

// defineFunctions makes week_of(day, starts_on): the first day of the week of a day, where weeks
// begin on the weekday starts_on (1 is Monday).
func defineFunctions(ctx context.Context, eng *engine.Engine) error {
	return eng.Exec(ctx, `CREATE OR REPLACE MACRO week_of(day, starts_on) AS (day - CAST((ISODOW(day) - starts_on + 7) % 7 AS INTEGER))`)
}

// sql is a task that runs a file of sql/, which makes the relation of its name.
func sql(name string) task {
	text := engine.File(files, "sql/"+name+".sql")
	return task{engine.RelationOf(text, name, "attribution/planning/sql/"), func(ctx context.Context, eng *engine.Engine, _ options) error {
		return eng.Exec(ctx, text)
	}}
}

// weekdays are the days on which weeks can begin, in the order of ISO 8601.
var weekdays = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// weeks is how many weeks a plan has, from that of as-of on: two years.
const weeks = 104

// storeSettings makes plan_settings: the weekday on which weeks begin (1 is Monday), and the first
// day of the week of as-of and of the last week.
func storeSettings(ctx context.Context, eng *engine.Engine, o options) error {
	startsOn := max(slices.Index(weekdays, o.weekStartsOn), 0) + 1
	return eng.Exec(ctx, `
		CREATE TABLE plan_settings AS
		SELECT
			CAST(? AS INTEGER) AS starts_on, week_of(as_of_day, CAST(? AS INTEGER)) AS this_week,
			week_of(as_of_day, CAST(? AS INTEGER)) + CAST(? AS INTEGER) AS last_week
		FROM settings`, startsOn, startsOn, startsOn, 7*(weeks-1))
}

// storeMonths makes plan_months: one row per month in which somebody became a lead, with its first
// microsecond in the reporting zone and that of the next month.
func storeMonths(ctx context.Context, eng *engine.Engine, o options) error {
	b := engine.NewTable("month DATE", "from_us BIGINT", "to_us BIGINT")
	months, err := eng.Texts(ctx, `SELECT CAST(month AS VARCHAR) FROM (SELECT DISTINCT month FROM plan_leads) ORDER BY month`)
	if err != nil {
		return err
	}
	for _, month := range months {
		first, err := time.Parse(time.DateOnly, month)
		if err != nil {
			return err
		}
		from, to := zone.StartOfDay(first.Year(), first.Month(), 1, o.zone), zone.StartOfDay(first.Year(), first.Month()+1, 1, o.zone)
		b.Add(first, from.UnixMicro(), to.UnixMicro())
	}
	return eng.StoreTable(ctx, "plan_months", b)
}
