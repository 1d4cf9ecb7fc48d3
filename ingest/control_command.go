package ingest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/zone"
)

// commandFor is a command that lists, from the input files, the rows of which a control total
// speaks: the DuckDB command line, run in the directory of the files. It reads files as they are,
// so that rows which the run set aside are listed too.
func (l *loading) commandFor(line controlLine, won []string) string {
	sources := l.job.Tables[line.table]
	if len(sources) != 1 || len(sources[0].Files) == 0 || !isListable(sources[0]) {
		return "" // no one command lists what several sources, or a SELECT, hold
	}
	source := sources[0]
	t := *contract.Find(line.table)
	opt := readOptions{ReportingZone: l.zone, InputZone: l.job.TimeZone}
	declared, err := declare(t, source, opt)
	if err != nil {
		return "" // reading has refused it
	}
	c := listing{declared: declared, headers: map[string]string{}}
	for _, f := range l.files[line.table] {
		for _, m := range f.Columns {
			if m.Header != "" {
				c.headers[m.Column] = m.Header
			}
		}
	}
	where := c.inPeriod(controlledBy(line.table), line.from, line.to, l.zone)
	if line.table == "opportunities" {
		where = append(where, c.isWon(won))
	}
	if line.currency != "" {
		where = append(where, c.inCurrency(line.currency, l.currency))
	}
	where = slices.DeleteFunc(where, func(condition string) bool { return condition == "" })
	statement := c.settings + "SELECT * FROM " + fromFiles(source.Files, source.Delimiter) + " WHERE " + strings.Join(where, " AND ")
	return `duckdb -c "` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`, "`", "\\`").Replace(statement) + `"`
}

// isListable reports whether DuckDB reads the files of a source as this program does.
func isListable(source config.Source) bool {
	for _, c := range source.Columns {
		if c.Epoch != "" || c.Midnight != "" || len(c.Words)+len(c.Nulls) > 0 {
			return false
		}
	}
	return source.Select == "" && source.Encoding == "" && source.SkipRows == 0 && source.Ragged == "" && len(source.Nulls)+len(source.Key) == 0
}

func controlledBy(table string) string {
	for _, c := range contract.Controlled {
		if c.Name == table {
			return c.Dated
		}
	}
	panic(fmt.Sprintf("there is no control total of %q", table))
}

// A listing writes the conditions of a query over input files, whose cells are texts.
type listing struct {
	declared []declaration
	headers  map[string]string // by contract column, of those that the files have
	settings string            // statements before the query
}

func (c *listing) declaration(column string) declaration {
	return c.declared[slices.IndexFunc(c.declared, func(d declaration) bool { return d.Column.Name == column })]
}

// cell is the SQL for the text of a contract column: a header, what the configuration gives, or
// NULL.
func (c *listing) cell(column string) string {
	header, found := c.headers[column]
	switch d := c.declaration(column); {
	case d.constant != nil:
		return engine.Text(string(d.constant))
	case !found:
		return "NULL"
	case header == column:
		return column // none of those that are asked for is a word of SQL
	}
	return engine.Name(header)
}

// inPeriod compares dates as such, and instants with the first one of the period and the first one
// after it. A local time is in the zone that its column declares, which is the session's.
func (c *listing) inPeriod(column string, from, to time.Time, reporting *time.Location) []string {
	d, cell := c.declaration(column), c.cell(column)
	read := func(kind string) string {
		if len(d.Patterns) == 0 {
			return "TRY_CAST(" + cell + " AS " + kind + ")"
		}
		formats := make([]string, len(d.Patterns))
		for i, p := range d.Patterns {
			formats[i] = engine.Text(strings.ReplaceAll(p.Text, "%e", "%d"))
		}
		list := strings.Join(formats, ", ")
		if len(formats) > 1 {
			list = "[" + list + "]"
		}
		return "CAST(TRY_STRPTIME(CAST(" + cell + " AS VARCHAR), " + list + ") AS " + kind + ")"
	}
	if d.Column.Kind == contract.Date {
		return []string{read("DATE") + " BETWEEN '" + from.Format(time.DateOnly) + "' AND '" + to.Format(time.DateOnly) + "'"}
	}
	session := d.Days
	if d.Local != nil {
		session = d.Local
	}
	c.settings = "SET TimeZone = " + engine.Text(session.String()) + "; "
	start := func(day time.Time) string {
		return "'" + zone.StartOfDay(day.Year(), day.Month(), day.Day(), reporting).Format(time.RFC3339) + "'"
	}
	return []string{read("TIMESTAMPTZ") + " >= " + start(from), read("TIMESTAMPTZ") + " < " + start(to.AddDate(0, 0, 1))}
}

// isWon is what opportunity_facts.sql means by won: is_won or, where that is empty, the stage.
func (c *listing) isWon(stages []string) string {
	isWonStage := c.cell("stage") + " IN (" + texts(stages) + ")"
	if len(stages) == 0 {
		isWonStage = "FALSE"
	}
	if c.cell("is_won") == "NULL" {
		return isWonStage
	}
	cell, d := "CAST("+c.cell("is_won")+" AS VARCHAR)", c.declaration("is_won")
	if slices.Contains(d.Yes, "") || slices.Contains(d.No, "") {
		return "COALESCE(" + cell + ", '') IN (" + texts(d.Yes) + ")" // an empty cell is declared, and does not ask the stage
	}
	return "(" + cell + " IN (" + texts(d.Yes) + ") OR " + cell + " IS NULL AND " + isWonStage + ")"
}

// inCurrency takes an empty cell for the reporting currency.
func (c *listing) inCurrency(wanted, reporting string) string {
	switch cell := c.cell("currency"); {
	case wanted != reporting:
		return cell + " = " + engine.Text(wanted)
	case cell == "NULL":
		return ""
	default:
		return "COALESCE(" + cell + ", " + engine.Text(reporting) + ") = " + engine.Text(wanted)
	}
}

func texts(words []string) string {
	parts := make([]string, len(words))
	for i, word := range words {
		parts[i] = engine.Text(word)
	}
	return strings.Join(parts, ", ")
}

// fromFiles is the SQL that reads files of one table together.
func fromFiles(files []string, delimiter string) string {
	var csv, columnar []string
	for _, name := range files {
		if f, err := formatOf(name); err == nil && f == parquet {
			columnar = append(columnar, name)
		} else {
			csv = append(csv, name)
		}
	}
	if delimiter == "" {
		delimiter = ","
	}
	var from []string
	if len(csv) > 0 {
		from = append(from, "read_csv("+byName(csv)+", header = true, all_varchar = true, delim = "+engine.Text(delimiter)+", quote = '\"', escape = '\"')")
	}
	if len(columnar) > 0 {
		from = append(from, "read_parquet("+byName(columnar)+")")
	}
	if len(from) == 1 {
		return from[0]
	}
	return "(FROM " + strings.Join(from, " UNION ALL BY NAME FROM ") + ")"
}

// byName names one file, or several whose columns may stand in another order.
func byName(files []string) string {
	if len(files) == 1 {
		return engine.Text(files[0])
	}
	return "[" + texts(files) + "], union_by_name = true"
}
