// Package funnel follows every person and every opportunity through the stages of the funnel: how
// many reach each later stage, how fast, and how many have not reached it yet. SQL lists the
// entries to stages (sql/*.sql). Go follows them, computes rates and times, and makes the tables
// that reports read.
package funnel

import (
	"context"
	"embed"
	"math"
	"slices"
	"time"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/zone"
)

//go:embed sql/*.sql
var files embed.FS

// inputs are the files of sql/ that the funnel asks, each for one list.
var inputs = []string{
	"run", "stages", "steps", "deals", "members", "opportunity_entries", "person_entries", "persons", "conversions",
}

// Relations are the tables that Make makes.
func Relations() []engine.Relation {
	var reads []string
	for _, name := range inputs {
		reads = append(reads, engine.ReadsOf(text(name))...)
	}
	slices.Sort(reads)
	reads = slices.Compact(reads)
	values := engine.RelationOf(text("funnel_values"), "funnel_values", "attribution/funnel/sql/")
	return []engine.Relation{
		values,
		{Name: "funnel_volumes", Grain: "one row per stage and cell of the funnel", Reads: reads},
		{Name: "funnel_rates", Grain: "one row per stage, later stage and cell of the funnel", Reads: reads},
		{Name: "funnel_dimension_volumes", Grain: "one row per stage, opportunity type, and value of segment, persona or campaign, of all periods and by quarter", Reads: reads},
		{Name: "funnel_dimension_rates", Grain: "the same by later stage", Reads: reads},
		{Name: "lead_outcomes", Grain: "one row per person that entered the first stage in the reporting period: which later stages it reached within their horizons", Reads: reads},
	}
}

// text is the SQL of sql/<name>.sql.
func text(name string) string { return engine.File(files, "sql/"+name+".sql") }

// Make makes what the report funnel reads: funnel_volumes, one row per stage and cell, and
// funnel_rates, one row per stage, later stage and cell; the same for the report funnel_dimensions;
// and lead_outcomes, one row per lead. It follows every unit (a person or an opportunity) once,
// through all of its entries to stages.
func Make(ctx context.Context, eng *engine.Engine, reportingZone *time.Location) error {
	if err := eng.Exec(ctx, text("funnel_values")); err != nil {
		return err
	}
	s, err := readSettings(ctx, eng, reportingZone)
	if err != nil {
		return err
	}
	in, err := readInput(ctx, eng, s)
	if err != nil {
		return err
	}
	f := follower{settings: s, input: in, tallies: map[cell]*tally{}, lastPlace: place{opportunityType: -1}}
	f.followOpportunities()
	f.takeBack()
	f.followPersons()
	return f.store(ctx, eng)
}

// A stop is a stage of the funnel, as far as units on their way are concerned.
type stop struct {
	unit           unit
	isCreated      bool
	isWin          bool
	withinUS       int64
	conversionType int // whose conversions are the entries to it
}

// A unit is what stands in a stage.
type unit int8

const (
	person unit = iota
	opportunity
)

// settings are what following the funnel needs to know of a run.
type settings struct {
	stops                []stop // by position, from 1
	asOfUS, fromUS, toUS int64
	zone                 *time.Location
}

func readSettings(ctx context.Context, eng *engine.Engine, reportingZone *time.Location) (settings, error) {
	s := settings{stops: []stop{{}}, zone: reportingZone}
	if err := eng.Row(ctx, text("run"), nil, &s.asOfUS, &s.fromUS, &s.toUS); err != nil {
		return s, err
	}
	err := eachRow(ctx, eng, text("stages"),
		func(row []int64) {
			at := stop{unit: unit(row[0]), isCreated: row[1] == 1, isWin: row[2] == 1, withinUS: row[3] * microsPerDay, conversionType: int(row[4])}
			if at.isWin {
				at.conversionType = won
			}
			s.stops = append(s.stops, at)
		})
	return s, err
}

const microsPerDay = 86_400_000_000

// The conversion types of opportunities.
const (
	created = 0
	won     = 1
)

// isFinal reports whether the cohort of a cell can grow no more and has been watched to the horizon.
func (s *settings) isFinal(at cell, horizonUS int64) bool {
	end := min(s.toUS, s.asOfUS) // of all periods
	if s.toUS < math.MaxInt64 {
		end = s.toUS
	}
	if at.period != allPeriods {
		months := 1
		if at.dimension != byChannel {
			months = 3
		}
		next := arrow.Date32(at.period).ToTime().AddDate(0, months, 0)
		end = min(s.toUS, zone.StartOfDay(next.Year(), next.Month(), 1, s.zone).UnixMicro())
	}
	return end <= s.asOfUS-horizonUS
}

// monthOf is the month of an instant in the reporting zone: its first day, in days since 1970.
func (s *settings) monthOf(us int64) int32 {
	at := time.UnixMicro(us)
	year, month, day := at.UTC().Date()
	if day < 3 || day > 26 { // further inside, every zone is in the month of UTC
		year, month, _ = at.In(s.zone).Date()
	}
	return int32(arrow.Date32FromTime(time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)))
}

// quarterOf is the first day of the quarter of a month.
func quarterOf(month int32) int32 {
	year, at, _ := arrow.Date32(month).ToTime().Date()
	return int32(arrow.Date32FromTime(time.Date(year, at-(at-1)%3, 1, 0, 0, 0, 0, time.UTC)))
}
