package reports

import (
	"context"
	"math"
	"time"

	"github.com/apache/arrow-go/v18/arrow"

	"tributary/internal/engine"
	"tributary/internal/zone"
)

// makeFunnel makes what the report funnel reads: funnel_volumes, one row per stage and cell, and
// funnel_rates, one row per stage, later stage and cell. It follows every unit (a person or an
// opportunity) once, through all of its entries to stages.
func makeFunnel(ctx context.Context, eng *engine.Engine, reportingZone *time.Location) error {
	s, err := readSettings(ctx, eng, reportingZone)
	if err != nil {
		return err
	}
	in, err := readFunnel(ctx, eng, s)
	if err != nil {
		return err
	}
	f := follower{funnelSettings: s, funnelInput: in, tallies: map[cell]*tally{}}
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

// funnelSettings are what following the funnel needs to know of a run.
type funnelSettings struct {
	stops                []stop // by position, from 1
	asOfUS, fromUS, toUS int64
	zone                 *time.Location
}

func readSettings(ctx context.Context, eng *engine.Engine, reportingZone *time.Location) (funnelSettings, error) {
	s := funnelSettings{stops: []stop{{}}, zone: reportingZone}
	if err := eng.Row(ctx, "SELECT as_of_us, from_us, to_us FROM settings", nil, &s.asOfUS, &s.fromUS, &s.toUS); err != nil {
		return s, err
	}
	err := eachRow(ctx, eng, `
		SELECT
			CAST(unit = 'opportunity' AS BIGINT), CAST(COALESCE(entered_at = 'created', FALSE) AS BIGINT),
			CAST(COALESCE(entered_at = 'won', FALSE) AS BIGINT), within_days, CAST(COALESCE(conversion_type, 0) AS BIGINT)
		FROM funnel_stages
		ORDER BY position`,
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

// isFinal tells whether the cohort of a month, or of all, can grow no more and has been watched to
// the horizon.
func (s *funnelSettings) isFinal(month int32, horizonUS int64) bool {
	end := min(s.toUS, s.asOfUS) // of all months
	if s.toUS < math.MaxInt64 {
		end = s.toUS
	}
	if month != allMonths {
		first := arrow.Date32(month).ToTime()
		next := first.AddDate(0, 1, 0)
		end = min(s.toUS, zone.StartOfDay(next.Year(), next.Month(), 1, s.zone).UnixMicro())
	}
	return end <= s.asOfUS-horizonUS
}

// monthOf is the month of an instant in the reporting zone: its first day, in days since 1970.
func (s *funnelSettings) monthOf(us int64) int32 {
	at := time.UnixMicro(us)
	year, month, day := at.UTC().Date()
	if day < 3 || day > 26 { // further inside, every zone is in the month of UTC
		year, month, _ = at.In(s.zone).Date()
	}
	return int32(arrow.Date32FromTime(time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)))
}
