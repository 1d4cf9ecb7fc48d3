//go:build duckdb_arrow

package engine

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
)

// Parallel calls do for 0 to n-1, in that order, on as many workers as the engine has threads. Each
// worker has a connection of its own, so temporary tables of the engine are not visible to it. It
// returns the error of the smallest number that failed; nothing is begun after a failure.
//
// A statement runs on one thread meanwhile. Many small statements side by side need less processor
// time than one after the other on all threads: a thread that has no task of a small statement does
// not sleep, it asks for one until the statement ends. A scan on one thread also returns the rows of
// a table in the order in which they were inserted.
func (e *Engine) Parallel(ctx context.Context, n int, do func(ctx context.Context, worker *Engine, i int) error) (err error) {
	threads, err := e.oneThread(ctx)
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, e.setThreads(context.WithoutCancel(ctx), threads))
	}()
	workers, err := e.workers(ctx, min(threads, n))
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

// OneThread calls do while statements run on one thread, for the reason that Parallel states.
func (e *Engine) OneThread(ctx context.Context, do func() error) error {
	threads, err := e.oneThread(ctx)
	if err != nil {
		return err
	}
	return errors.Join(do(), e.setThreads(context.WithoutCancel(ctx), threads))
}

// oneThread returns the number of threads that statements had.
func (e *Engine) oneThread(ctx context.Context) (threads int, err error) {
	if err := e.Row(ctx, "SELECT CAST(current_setting('threads') AS BIGINT)", nil, &threads); err != nil {
		return 0, err
	}
	return threads, e.setThreads(ctx, 1)
}

func (e *Engine) setThreads(ctx context.Context, threads int) error {
	return e.Exec(ctx, fmt.Sprintf("SET threads = %d", threads))
}

// workers opens connections to the database of the engine. They share its settings, and only ask.
func (e *Engine) workers(ctx context.Context, n int) ([]*Engine, error) {
	var opened []*Engine
	for range n {
		conn, arrow, err := connect(ctx, e.db)
		if conn != nil {
			opened = append(opened, &Engine{db: e.db, conn: conn, arrow: arrow})
		}
		if err != nil {
			return opened, classify(ctx, fmt.Errorf("opening a connection to the engine: %w", err))
		}
	}
	return opened, nil
}
