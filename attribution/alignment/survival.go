package alignment

import (
	"context"
	"fmt"

	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/tributary-engine/tributary/attribution/funnel"
	"github.com/tributary-engine/tributary/internal/engine"
)

// survival is a task that makes <name>_times of the relation <name>_spans, whose columns are a key,
// none of it NULL, and us, how long something took or was watched, and is_event, whether it
// happened then. A row per key has the number of spans (n) and of events, the Kaplan-Meier
// quantiles (km_median_us, km_p75_us, km_p90_us: the least time at which at most half, a quarter, a
// tenth is still waiting; NULL where the estimate does not come so far), and the plain quantiles of
// the events alone (median_us, p75_us, p90_us: the least time that 50, 75, 90 percent of them do
// not exceed).
//
// Source: E. L. Kaplan, P. Meier, Nonparametric Estimation from Incomplete Observations, JASA 53
// (1958), formula 2b.
func survival(name string) task {
	times, spans := name+"_times", name+"_spans"
	return made("survival.go", func(ctx context.Context, eng *engine.Engine, _ Options) error {
		return estimate(ctx, eng, times, spans)
	}, engine.Relation{Name: times, Grain: "one row per key of " + spans + ": how long it takes, with those still waiting", Reads: []string{spans}})
}

func estimate(ctx context.Context, eng *engine.Engine, times, spans string) error {
	cells, estimates := engine.Name(times+"_cells"), times+"_estimates"
	if err := eng.Exec(ctx, `CREATE TEMP TABLE `+cells+` AS
		SELECT *, ROW_NUMBER() OVER () AS cell FROM (SELECT DISTINCT * EXCLUDE (us, is_event) FROM `+engine.Name(spans)+`) AS keys`); err != nil {
		return err
	}
	b := engine.NewTable("cell BIGINT", "n BIGINT", "events BIGINT", "km_median_us BIGINT", "km_p75_us BIGINT", "km_p90_us BIGINT",
		"median_us BIGINT", "p75_us BIGINT", "p90_us BIGINT")
	var current sample
	flush := func() {
		if len(current.us) == 0 {
			return
		}
		events := current.eventTimes()
		row := []any{current.cell, len(current.us), len(events), nil, nil, nil, nil, nil, nil}
		for i, percent := range []int64{50, 75, 90} {
			if at := current.quantile(percent); at >= 0 {
				row[3+i] = at
			}
			if len(events) > 0 {
				row[6+i] = events[(int64(len(events))*percent+99)/100-1]
			}
		}
		b.Add(row...)
	}
	err := eng.Stream(ctx, `
		SELECT cells.cell, spans.us, spans.is_event
		FROM `+engine.Name(spans)+` AS spans
		NATURAL JOIN `+cells+` AS cells
		ORDER BY cells.cell, spans.us, spans.is_event DESC`,
		func(reader array.RecordReader) error {
			for reader.Next() {
				batch := reader.RecordBatch()
				cell, us, isEvent := batch.Column(0).(*array.Int64), batch.Column(1).(*array.Int64), batch.Column(2).(*array.Boolean)
				for i := range int(batch.NumRows()) {
					if cell.Value(i) != current.cell {
						flush()
						current = sample{cell: cell.Value(i), us: current.us[:0], isEvent: current.isEvent[:0]}
					}
					current.us, current.isEvent = append(current.us, us.Value(i)), append(current.isEvent, isEvent.Value(i))
				}
			}
			return reader.Err()
		})
	if err != nil {
		return fmt.Errorf("reading %s: %w", spans, err)
	}
	flush()
	if err := eng.StoreTable(ctx, estimates, b); err != nil {
		return err
	}
	for _, statement := range []string{
		`CREATE TABLE ` + engine.Name(times) + ` AS SELECT * EXCLUDE (cell) FROM ` + cells + ` NATURAL JOIN ` + engine.Name(estimates),
		`DROP TABLE ` + cells, `DROP TABLE ` + engine.Name(estimates),
	} {
		if err := eng.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// A sample is the spans of one key, in the order of time, events before others at one instant.
type sample struct {
	cell    int64
	us      []int64
	isEvent []bool
}

func (s sample) eventTimes() []int64 {
	var events []int64
	for i, us := range s.us {
		if s.isEvent[i] {
			events = append(events, us)
		}
	}
	return events
}

// quantile is the least time at which the estimate of those still waiting is at most 100 - percent
// percent; -1 where it stays above. The estimate is a product of fractions: while nobody leaves
// unfinished, its factors telescope to one. It is multiplied in floating point, and in whole
// numbers where that is too close to tell.
func (s sample) quantile(percent int64) int64 {
	var e estimateOf
	n := int64(len(s.us))
	left, atRisk := n, n // of the present factor
	for i := 0; i < len(s.us); {
		at, events, others := s.us[i], int64(0), int64(0)
		for ; i < len(s.us) && s.us[i] == at; i++ {
			if s.isEvent[i] {
				events++
			} else {
				others++
			}
		}
		left -= events
		if events > 0 && e.isAtMost(left, atRisk, 100-percent) {
			return at
		}
		if others > 0 {
			e.multiply(left, atRisk)
			left -= others
			atRisk = left
		}
	}
	return -1
}

// estimateOf holds the factors before the present one.
type estimateOf struct {
	numerators, denominators []int64
	about                    float64
}

func (e *estimateOf) multiply(left, atRisk int64) {
	if len(e.numerators) == 0 {
		e.about = 1
	}
	if left != atRisk {
		e.numerators, e.denominators = append(e.numerators, left), append(e.denominators, atRisk)
		e.about *= float64(left) / float64(atRisk)
	}
}

// isAtMost reports whether the product, times left/atRisk, is at most so many percent.
func (e *estimateOf) isAtMost(left, atRisk, percent int64) bool {
	about := float64(left) / float64(atRisk) * 100
	if len(e.numerators) > 0 {
		about *= e.about
	}
	const unsure = 1e-6 // far more than the error of as many factors as there can be
	if difference := about - float64(percent); difference > unsure || difference < -unsure {
		return difference < 0
	}
	low := funnel.Product(append(e.numerators[:len(e.numerators):len(e.numerators)], left, 100))
	high := funnel.Product(append(e.denominators[:len(e.denominators):len(e.denominators)], atRisk, percent))
	return low.Cmp(high) <= 0
}
