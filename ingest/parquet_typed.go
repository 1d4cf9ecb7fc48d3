package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// typedRows has the SQL by which the engine reads rows of one Parquet file by itself.
type typedRows struct {
	columns string // SQL of the columns of the raw table, in its order
	plain   string // TRUE only for rows that Go would load with just these values
}

// typedRows finds the rules of all columns. If a column has no rule, Go reads the whole file.
func (p *parquetFile) typedRows(found layout, types []string) (t typedRows, isCertain bool) {
	var values, plain []string
	rules := make([]rule, len(p.declared))
	for i, d := range p.declared {
		switch place := found.places[i]; place {
		case absent:
			rules[i], isCertain = absentRule(d.Column), true
		case constant:
			rules[i], isCertain = constantRule(d)
		default:
			rules[i], isCertain = ruleOf(d, column(p.headers[place]), types[place])
		}
		if !isCertain {
			return t, false
		}
		for j, f := range d.Column.Fields() {
			values = append(values, rules[i].values[j]+" AS "+engine.Name(f.Name))
		}
		plain = append(plain, rules[i].plain)
	}
	for _, place := range found.deletion {
		keeps, isCertain := keepsRule(column(p.headers[place]), types[place])
		if !isCertain {
			return t, false
		}
		plain = append(plain, keeps)
	}
	plain = append(plain, p.togetherRules(found, rules)...)
	plain = slices.DeleteFunc(plain, func(condition string) bool { return condition == "" })
	if len(plain) == 0 {
		plain = []string{"TRUE"}
	}
	values = append(values, fmt.Sprintf("CAST(%d AS INTEGER) AS %s", p.number, fileNumberColumn), p.row+" + 1 AS "+lineColumn)
	return typedRows{columns: strings.Join(values, ", "), plain: "COALESCE(" + strings.Join(plain, " AND ") + ", FALSE)"}, true
}

// column is a column of the file in SQL.
func column(header string) string { return "p." + engine.Name(header) }

// togetherRules hold for the rows of which typer.together finds nothing.
func (p *parquetFile) togetherRules(found layout, rules []rule) (plain []string) {
	value := func(name string) string { // the last storage column: the scale of an amount
		for i, d := range p.declared {
			if d.Column.Name == name && found.places[i] != absent {
				return rules[i].values[len(rules[i].values)-1]
			}
		}
		return ""
	}
	for i, d := range p.declared {
		currency := value("currency")
		if d.Column.Kind == contract.Money && found.places[i] != absent && currency != "" {
			plain = append(plain, "COALESCE("+rules[i].values[1]+" <= "+exponentOf(currency)+", TRUE)")
		}
	}
	for _, period := range [][2]string{{"costs.starts_on", "costs.ends_on"}, {contract.ControlTotals + ".period_start", contract.ControlTotals + ".period_end"}} {
		table, first, _ := strings.Cut(period[0], ".")
		_, last, _ := strings.Cut(period[1], ".")
		if p.table.Name == table && value(first) != "" && value(last) != "" {
			plain = append(plain, value(last)+" >= "+value(first))
		}
	}
	if len(p.table.OneOf) > 0 {
		var filled []string
		for _, name := range p.table.OneOf {
			if v := value(name); v != "" {
				filled = append(filled, v+" IS NOT NULL")
			}
		}
		plain = append(plain, "("+strings.Join(filled, " OR ")+")")
	}
	return plain
}

// exponentOf is value.Exponent in SQL; it is NULL for an unknown code.
func exponentOf(currency string) string {
	return "CASE WHEN " + isIn(currency, contract.CurrenciesOf(0)) + " THEN 0 WHEN " + isIn(currency, contract.CurrenciesOf(3)) +
		" THEN 3 WHEN " + isIn(currency, contract.CurrenciesOf(4)) + " THEN 4 WHEN " + currency + " IS NOT NULL THEN 2 END"
}

// readTyped loads the rows that the engine can read by itself, or leaves them in the file if the table
// streams, and lets Go read the others.
func (p *parquetFile) readTyped(ctx context.Context, total int64, done *File) error {
	t, plain := p.plain, int64(0)
	if !p.streams {
		var err error
		if plain, err = p.engine.Change(ctx, "INSERT INTO "+rawRead(p.table)+" SELECT "+t.columns+p.relation+" WHERE "+t.plain); err != nil {
			return p.damaged(ctx, err)
		}
	}
	if plain < total {
		const doubtful = "doubtful_rows"
		var others int64
		if err := p.engine.Exec(ctx, "CREATE OR REPLACE TEMPORARY TABLE "+doubtful+" AS SELECT "+p.texts()+p.relation+" WHERE NOT "+t.plain); err != nil {
			return p.damaged(ctx, err)
		}
		if err := p.engine.Row(ctx, "SELECT COUNT(*) FROM "+doubtful, nil, &others); err != nil {
			return err
		}
		if p.streams {
			plain = total - others
			if err := p.engine.Exec(ctx, "INSERT INTO "+removed(p.table)+" SELECT CAST(? AS INTEGER), file_row_number + 1 FROM "+doubtful, p.number); err != nil {
				return err
			}
			p.streamed = append(p.streamed, "SELECT "+t.columns+p.relation+
				fmt.Sprintf(" ANTI JOIN %s AS x ON x.file_number = %d AND x.line = %s + 1", removed(p.table), p.number, p.row))
		}
		if err := p.readByGo(ctx, "SELECT * FROM "+doubtful+" WHERE rowid >= ? AND rowid < ?", others, done); err != nil {
			return err
		}
		if err := p.engine.Exec(ctx, "DROP TABLE "+doubtful); err != nil {
			return err
		}
	}
	done.RowsIn += plain
	done.Loaded += plain
	p.counter.Add(plain)
	return nil
}
