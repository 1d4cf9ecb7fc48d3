//go:build duckdb_arrow

package engine

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
)

// Parallel calls do for 0 to n-1, in that order, on as many workers as the engine has threads, or fewer
// where its memory is small. Each worker has a connection of its own, so temporary tables of the engine
// are not visible to it, and it cannot take record batches in. Parallel returns the error of the smallest
// number that failed; nothing is begun after a failure.
//
// A statement runs on one thread meanwhile. Many small statements side by side need less processor
// time than one after the other on all threads: a thread that has no task of a small statement does
// not sleep, it asks for one until the statement ends. A scan on one thread also returns the rows of
// a table in the order in which they were inserted.
func (e *Engine) Parallel(ctx context.Context, n int, do func(ctx context.Context, worker *Engine, i int) error) error {
	return e.OneThread(ctx, func() error { return e.sideBySide(ctx, n, do) })
}

// workerMemory is what a worker needs: one more worker than the memory has room for would make a run
// fail that otherwise passes. Measured: all reports of a company of 24,000 touchpoints pass with 250 MB
// and two workers, but not with 400 MB and sixteen.
const workerMemory = 128 << 20

// workersFor is how many workers Parallel takes for n calls.
func (e *Engine) workersFor(n int) int {
	return min(e.threads, n, int(max(1, e.memory/workerMemory)))
}

// sideBySide is Parallel once statements run on one thread.
func (e *Engine) sideBySide(ctx context.Context, n int, do func(ctx context.Context, worker *Engine, i int) error) (err error) {
	workers, err := e.workers(ctx, e.workersFor(n))
	defer func() {
		for _, worker := range workers {
			err = errors.Join(err, worker.conn.Close())
		}
	}()
	if err != nil {
		return err
	}
	failures := make([]error, n)
	var next atomic.Int64
	var failed atomic.Bool
	var running sync.WaitGroup
	for _, worker := range workers {
		running.Go(func() {
			for !failed.Load() {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if failures[i] = do(ctx, worker, i); failures[i] != nil {
					failed.Store(true)
				}
			}
		})
	}
	running.Wait()
	for _, failure := range failures {
		if failure != nil {
			return failure
		}
	}
	return nil
}

// OneThread calls do while a statement runs on one thread, for the reason that Parallel states.
func (e *Engine) OneThread(ctx context.Context, do func() error) error {
	before := e.inUse
	if err := e.use(ctx, 1); err != nil {
		return err
	}
	return errors.Join(do(), e.use(context.WithoutCancel(ctx), before))
}

// use sets how many threads a statement runs on.
func (e *Engine) use(ctx context.Context, threads int) error {
	if threads == e.inUse {
		return nil
	}
	if err := e.Exec(ctx, fmt.Sprintf("SET threads = %d", threads)); err != nil {
		return err
	}
	e.inUse = threads
	return nil
}

// workers opens connections to the database of the engine, which share its settings.
func (e *Engine) workers(ctx context.Context, n int) ([]*Engine, error) {
	var opened []*Engine
	for range n {
		conn, arrow, err := connect(ctx, e.db)
		if conn != nil {
			opened = append(opened, &Engine{db: e.db, threads: 1, inUse: 1, conn: conn, arrow: arrow})
		}
		if err != nil {
			return opened, classify(ctx, fmt.Errorf("opening a connection to the engine: %w", err))
		}
	}
	return opened, nil
}
