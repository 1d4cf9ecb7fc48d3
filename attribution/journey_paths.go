package attribution

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/internal/engine"
)

// journeyPaths are the paths of the journeys that a worker built for the reports on paths: those of
// the conversions of the reporting period, and of the opportunities lost in it. A nil *journeyPaths
// records nothing.
type journeyPaths struct {
	book  *pathBook
	found []journeyPath
	lags  stepLags

	channels, persons []int32 // scratch: of the journey at hand
}

// A journeyPath is the path of one journey. Either the conversion or the lost opportunity is -1.
type journeyPath struct {
	conversion, opportunity int32
	path                    int32 // number in the book
	persons                 int32 // distinct
	firstUS, lastUS         int64
}

// A loss is an opportunity lost in the reporting period. Its journey to the loss earns no credit.
type loss struct {
	journey conversion // only what a journey needs: opportunity and window
}

// startPaths prepares the workers for the reports on paths, and returns the opportunities lost in the
// reporting period. Without models there are no reports.
func (p *pass) startPaths(ctx context.Context, eng *engine.Engine) ([]loss, error) {
	if len(p.models) == 0 {
		return nil, nil
	}
	names, err := eng.Texts(ctx, `SELECT channel FROM channels WHERE channel_key >= 0 ORDER BY channel_key`)
	if err != nil {
		return nil, fmt.Errorf("reading channels: %w", err)
	}
	for _, w := range p.workers {
		w.paths = &journeyPaths{book: newPathBook(names), lags: stepLags{}}
	}
	return readLosses(ctx, eng)
}

// readLosses reads the opportunities lost in the reporting period.
func readLosses(ctx context.Context, eng *engine.Engine) ([]loss, error) {
	var losses []loss
	err := eng.Stream(ctx, `
		SELECT CAST(c.opportunity_key AS INTEGER), c.window_from_us, c.end_until_us
		FROM opportunity_closes AS c
		INNER JOIN settings AS g ON c.closed_us >= g.from_us AND c.closed_us < g.to_us
		WHERE c.outcome = 'lost'
		ORDER BY c.opportunity_key`,
		func(reader array.RecordReader) error {
			for reader.Next() {
				b := reader.RecordBatch()
				for i, key := range int32s(b, 0) {
					losses = append(losses, loss{conversion{opportunity: key, person: -1, windowFromUS: int64s(b, 1)[i], anchorUntilUS: int64s(b, 2)[i]}})
				}
			}
			return reader.Err()
		})
	if err != nil {
		return nil, fmt.Errorf("reading losses: %w", err)
	}
	return losses, nil
}

// lose builds the journey of a loss, and records its path. It returns false if the order of
// touchpoints of the same instant is not known yet.
func (w *worker) lose(l *loss) bool {
	if !w.builder.build(&l.journey) {
		return false
	}
	w.paths.note(-1, l.journey.opportunity, w.builder.steps, w.touches.kinds)
	return true
}

// convert records the path of the journey of a conversion of the reporting period, and the times
// between its steps.
func (n *journeyPaths) convert(key int32, c *conversion, steps []step, kinds []kind) {
	if n == nil || c.cell.month == outside {
		return
	}
	n.note(key, -1, steps, kinds)
	if !c.isReversal {
		n.lags.add(c, steps, n.channels)
	}
}

// note records the path of a journey, if it has touchpoints.
func (n *journeyPaths) note(conversion, opportunity int32, steps []step, kinds []kind) {
	if len(steps) == 0 {
		return
	}
	n.channels, n.persons = n.channels[:0], n.persons[:0]
	for _, s := range steps {
		n.channels = append(n.channels, kinds[s.kind].channel)
		if len(n.persons) == 0 || n.persons[len(n.persons)-1] != s.person {
			n.persons = append(n.persons, s.person)
		}
	}
	slices.Sort(n.persons)
	n.found = append(n.found, journeyPath{
		conversion: conversion, opportunity: opportunity, path: n.book.number(n.channels), persons: int32(len(slices.Compact(n.persons))),
		firstUS: steps[0].us, lastUS: steps[len(steps)-1].us,
	})
}

// storePaths makes journey_paths, path_steps, step_times and step_days from the records of the
// workers.
func (p *pass) storePaths(ctx context.Context, eng *engine.Engine) error {
	all := p.workers[0].paths
	for _, w := range p.workers[1:] {
		numbers := all.book.merge(w.paths.book)
		for _, l := range w.paths.found {
			l.path = numbers[l.path]
			all.found = append(all.found, l)
		}
		for at, n := range w.paths.lags {
			all.lags[at] += n
		}
		w.paths = nil
	}
	numbers := all.book.sort()
	for i := range all.found {
		all.found[i].path = numbers[all.found[i].path]
	}
	slices.SortFunc(all.found, func(a, b journeyPath) int {
		return cmp.Or(cmp.Compare(a.conversion, b.conversion), cmp.Compare(a.opportunity, b.opportunity))
	})
	if err := eng.Fill(ctx, "journey_paths", journeyPathsSchema, all.send); err != nil {
		return err
	}
	if err := eng.Fill(ctx, "path_steps", pathStepsSchema, all.book.send); err != nil {
		return err
	}
	return all.lags.store(ctx, eng)
}

var journeyPathsSchema = arrow.NewSchema([]arrow.Field{
	{Name: "conversion_key", Type: arrow.PrimitiveTypes.Int64, Nullable: true}, {Name: "opportunity_key", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
	{Name: "path_key", Type: arrow.PrimitiveTypes.Int32}, {Name: "persons", Type: arrow.PrimitiveTypes.Int64},
	{Name: "first_us", Type: arrow.PrimitiveTypes.Int64}, {Name: "last_us", Type: arrow.PrimitiveTypes.Int64},
}, nil)

func (n *journeyPaths) send(send func(arrow.RecordBatch) error) error {
	b := array.NewRecordBuilder(memory.DefaultAllocator, journeyPathsSchema)
	defer b.Release()
	for _, l := range n.found {
		for i, key := range []int32{l.conversion, l.opportunity} {
			if key < 0 {
				b.Field(i).AppendNull()
			} else {
				b.Field(i).(*array.Int64Builder).Append(int64(key))
			}
		}
		b.Field(2).(*array.Int32Builder).Append(l.path)
		for i, value := range []int64{int64(l.persons), l.firstUS, l.lastUS} {
			b.Field(3 + i).(*array.Int64Builder).Append(value)
		}
		if b.Field(0).Len() == batchRows {
			if err := send(b.NewRecordBatch()); err != nil {
				return err
			}
		}
	}
	return send(b.NewRecordBatch())
}

var pathStepsSchema = arrow.NewSchema([]arrow.Field{
	{Name: "path_key", Type: arrow.PrimitiveTypes.Int32}, {Name: "path_id", Type: arrow.BinaryTypes.String},
	{Name: "path", Type: arrow.BinaryTypes.String}, {Name: "steps", Type: arrow.PrimitiveTypes.Int64},
	{Name: "channels", Type: arrow.PrimitiveTypes.Int64}, {Name: "collapsed_key", Type: arrow.PrimitiveTypes.Int32},
	{Name: "unique_key", Type: arrow.PrimitiveTypes.Int32},
	{Name: "channel_keys", Type: arrow.BinaryTypes.String, Nullable: true}, // with a blank between two
}, nil)

func (b *pathBook) send(send func(arrow.RecordBatch) error) error {
	rows := array.NewRecordBuilder(memory.DefaultAllocator, pathStepsSchema)
	defer rows.Release()
	var keys []byte
	for i := range b.paths {
		p := &b.paths[i]
		rows.Field(0).(*array.Int32Builder).Append(int32(i))
		rows.Field(1).(*array.StringBuilder).Append(p.id)
		rows.Field(2).(*array.StringBuilder).Append(b.text(p))
		rows.Field(3).(*array.Int64Builder).Append(int64(p.steps))
		rows.Field(4).(*array.Int64Builder).Append(int64(p.distinct))
		rows.Field(5).(*array.Int32Builder).Append(p.collapsed)
		rows.Field(6).(*array.Int32Builder).Append(p.unique)
		if p.steps > listedSteps {
			rows.Field(7).AppendNull()
		} else {
			keys = keys[:0]
			for _, c := range p.channels {
				keys = append(strconv.AppendInt(keys, int64(c), 10), ' ')
			}
			rows.Field(7).(*array.StringBuilder).Append(string(keys[:len(keys)-1]))
		}
		if rows.Field(0).Len() == batchRows {
			if err := send(rows.NewRecordBatch()); err != nil {
				return err
			}
		}
	}
	return send(rows.NewRecordBatch())
}
