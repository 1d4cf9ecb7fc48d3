package ingest

import (
	"context"
	"fmt"
	"time"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/progress"
)

// A Published is the input of an earlier run, as the run published it.
type Published struct {
	Tables   map[string]string // by contract table: the SELECT that returns its rows, in the columns that a run publishes; absent: none
	AsOf     time.Time
	Currency string // reporting currency
}

// Reload makes the relations that later stages read of the input from tables that a run published,
// instead of from files: the contract tables, the currencies, and the groups of touchpoints. It
// checks nothing: the run has. Rows after as-of, and corrections of touchpoints, have been applied.
func Reload(ctx context.Context, eng *engine.Engine, job config.Job, from Published, show *progress.Display) (Inputs, error) {
	l := newLoading(eng, job, show)
	if _, err := l.options(""); err != nil {
		return Inputs{}, err
	}
	l.asOf, l.currency = from.AsOf, from.Currency
	l.scale, _ = contract.Exponent(from.Currency)
	for _, t := range contract.Tables() {
		if err := l.reload(ctx, t, from.Tables[t.Name]); err != nil {
			return Inputs{}, fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	codes, err := eng.Texts(ctx, `SELECT DISTINCT currency FROM opportunities WHERE currency IS NOT NULL
		UNION SELECT currency FROM costs WHERE currency IS NOT NULL UNION SELECT currency FROM crm_influence WHERE currency IS NOT NULL UNION SELECT currency FROM campaigns WHERE currency IS NOT NULL ORDER BY 1`)
	if err != nil {
		return Inputs{}, err
	}
	if err := l.storeCurrencies(ctx, append([]string{from.Currency}, codes...)); err != nil {
		return Inputs{}, err
	}
	if err := l.groupTouches(ctx); err != nil {
		return Inputs{}, err
	}
	return l.inputs(), nil
}

// reload makes one contract table; of a table that streams also the raw one, whose rows have a
// number.
func (l *loading) reload(ctx context.Context, t contract.Table, rows string) error {
	if rows == "" {
		rows = EmptyTable(t)
	}
	if !t.Streams {
		return l.engine.Exec(ctx, "CREATE OR REPLACE TABLE "+engine.Name(t.Name)+" AS "+rows)
	}
	raw := engine.Name("raw_" + t.Name)
	if err := l.engine.Exec(ctx, "CREATE OR REPLACE TABLE "+raw+" AS SELECT 0 AS file_number, ROW_NUMBER() OVER () AS line, r.* FROM ("+rows+") AS r"); err != nil {
		return err
	}
	return l.engine.Exec(ctx, "CREATE OR REPLACE VIEW "+engine.Name(t.Name)+" AS SELECT * EXCLUDE (file_number, line) FROM "+raw)
}

// EmptyTable is a SELECT without rows, in the columns in which a run publishes a contract table.
func EmptyTable(t contract.Table) string {
	text := ""
	for _, c := range PublishedColumns(t) {
		if text != "" {
			text += ", "
		}
		text += "CAST(NULL AS " + c.Type + ") AS " + engine.Name(c.Name)
	}
	return "SELECT " + text + " WHERE FALSE"
}

// engineTypes are the engine's types of storage columns.
var engineTypes = map[arrow.Type]string{
	arrow.STRING: "VARCHAR", arrow.TIMESTAMP: "TIMESTAMP", arrow.DATE32: "DATE", arrow.BOOL: "BOOLEAN", arrow.INT64: "BIGINT", arrow.INT8: "TINYINT",
}

// A PublishedColumn is a column of a contract table as a run publishes it.
type PublishedColumn struct {
	Name string
	Type string // of the engine
	Of   string // the column of the contract
}

// PublishedColumns returns the columns in which a run publishes a contract table: those of
// tables/<table>.parquet.
func PublishedColumns(t contract.Table) []PublishedColumn {
	var columns []PublishedColumn
	for _, c := range t.Columns {
		switch {
		case c.Kind == contract.Money:
			columns = append(columns, PublishedColumn{c.Name + "_minor", "BIGINT", c.Name})
		default:
			for _, f := range c.Fields() {
				columns = append(columns, PublishedColumn{f.Name, engineTypes[f.Type.ID()], c.Name})
			}
		}
	}
	return columns
}
