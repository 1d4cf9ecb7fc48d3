package difference

import (
	"context"
	"fmt"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/replay"
)

// begin makes the tables of the comparison: before is what the earlier run published.
func (c *Comparison) begin(ctx context.Context) error {
	if err := c.published(ctx, "before", c.From); err != nil {
		return err
	}
	for _, statement := range []string{
		"CREATE TABLE reached AS SELECT * FROM before",
		"CREATE TABLE cost_reached AS SELECT * FROM cost_before",
		"CREATE TABLE changes AS SELECT CAST(0 AS INTEGER) AS cause, * FROM before WHERE FALSE",
		"CREATE TABLE cost_changes AS SELECT CAST(0 AS INTEGER) AS cause, * FROM cost_before WHERE FALSE",
	} {
		if err := c.engine.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// published makes the tables name and cost_name of what a run published.
func (c *Comparison) published(ctx context.Context, name string, run replay.Run) error {
	figures, err := run.Published(ctx, c.engine, c.Model)
	if err != nil {
		return err
	}
	if err := c.engine.Exec(ctx, "CREATE TABLE "+name+" AS "+figures); err != nil {
		return err
	}
	return c.engine.Exec(ctx, "CREATE TABLE cost_"+name+" AS "+run.PublishedCosts())
}

// advance keeps what changed from the state reached so far to the one credited last.
func (c *Comparison) advance(ctx context.Context, cause Cause, number int) error {
	figures, costs := c.files(number)
	return c.reach(ctx, cause, "SELECT * FROM read_parquet("+engine.Text(figures)+")", "SELECT * FROM read_parquet("+engine.Text(costs)+")")
}

// reach keeps what changed from the state reached so far to another one.
func (c *Comparison) reach(ctx context.Context, cause Cause, figures, costs string) error {
	for _, statement := range []string{
		"CREATE OR REPLACE TABLE next AS " + figures,
		queryText("add_changes", "{cause}", fmt.Sprint(int(cause))),
		"CREATE OR REPLACE TABLE reached AS SELECT * FROM next",
		"CREATE OR REPLACE TABLE cost_next AS " + costs,
		queryText("add_cost_changes", "{cause}", fmt.Sprint(int(cause))),
		"CREATE OR REPLACE TABLE cost_reached AS SELECT * FROM cost_next",
	} {
		if err := c.engine.Exec(ctx, statement); err != nil {
			return fmt.Errorf("comparing the credit of the runs: %w", err)
		}
	}
	return nil
}

// end keeps what the later run published beyond all causes, and checks that the parts add up to the
// whole. If another version of the program made the later run, that is the cause.
func (c *Comparison) end(ctx context.Context, step *Step) error {
	cause := step.Cause
	if c.Steps[0].Cause == Version {
		cause = Version
	}
	if err := c.published(ctx, "after", c.To); err != nil {
		return err
	}
	if err := c.reach(ctx, cause, "SELECT * FROM after", "SELECT * FROM cost_after"); err != nil {
		return err
	}
	return c.check(ctx)
}

// check holds the sum of all changes against the difference of what the runs published.
func (c *Comparison) check(ctx context.Context) error {
	for _, statement := range []string{queryText("unexplained"), queryText("unexplained_costs")} {
		var broken int64
		if err := c.engine.Row(ctx, statement, nil, &broken); err != nil {
			return err
		}
		if broken > 0 {
			return failure.Errorf(failure.Check, "the changes by cause do not add up to the difference of runs %s and %s in %d places\nhint: report this as a defect of Tributary", c.From.ID, c.To.ID, broken)
		}
	}
	return nil
}
