package ingest

import (
	"context"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

// listed are the columns of the file, and the engine's types of them.
func (p *parquetFile) listed(ctx context.Context) (headers, types []string, err error) {
	rows, err := p.engine.Rows(ctx, p.listing)
	if err != nil {
		return nil, nil, p.damaged(ctx, err)
	}
	defer rows.Close()
	if headers, err = rows.Columns(); err != nil {
		return nil, nil, p.damaged(ctx, err)
	}
	columnTypes, err := rows.ColumnTypes()
	if err != nil {
		return nil, nil, p.damaged(ctx, err)
	}
	for _, t := range columnTypes {
		types = append(types, t.DatabaseTypeName())
	}
	return headers, types, nil
}

// columns finds the contract's columns among those of the file.
func (p *parquetFile) columns(ctx context.Context) error {
	headers, types, err := p.listed(ctx)
	if err != nil {
		return err
	}
	p.headers = headers
	if p.isAnswer {
		p.foldHeaders()
	}
	found, problems := findColumns(p.table, p.declared, p.headers)
	if slices.Contains(p.headers, "file_row_number") && !p.isAnswer {
		problems = append(problems, "has a column file_row_number, which is the name of the row number of the engine\nhint: rename the column")
	}
	if len(found.nameless) > 0 && len(problems) == 0 {
		problems = append(problems, ordinals(found.nameless)+words.Choose(len(found.nameless), " has", " have")+" no name\nhint: give it one, or leave it out")
	}
	if len(problems) > 0 {
		for i := range problems {
			problems[i] = printable(p.name) + ": " + problems[i]
		}
		return failure.Errorf(failure.Contract, "%s", strings.Join(problems, "\n"))
	}
	p.layout, p.byGo = layout{places: slices.Clone(found.places), unknown: found.unknown}, slices.Clone(p.declared)
	ask := func(place int) (asked int) {
		p.layout.headers = append(p.layout.headers, p.headers[place])
		p.selects = append(p.selects, asText(p.headers[place], types[place]))
		p.numbers = append(p.numbers, numberTextOf(types[place]))
		return len(p.selects) - 1
	}
	for i, place := range found.places {
		if place >= 0 {
			p.layout.places[i] = ask(place)
			if isNumber(types[place]) {
				p.byGo[i].Marks, p.byGo[i].IsNumber = value.Marks{Decimal: []byte{'.'}}, true
			}
		}
	}
	if p.isAnswer {
		p.origins = p.askOrigins(types)
		found.unknown = slices.DeleteFunc(found.unknown, func(header string) bool { return header == originFile || header == originLine })
		p.layout.unknown = found.unknown
	}
	for _, place := range found.key {
		p.layout.key = append(p.layout.key, ask(place))
	}
	for _, place := range found.deletion {
		p.layout.deletion = append(p.layout.deletion, ask(place))
	}
	p.plain, p.isPlain = p.typedRows(found, types)
	return nil
}

// foldHeaders gives columns of an answer the names of the contract where they differ in case alone:
// SQL does not tell them apart.
func (p *parquetFile) foldHeaders() {
	for i, header := range p.headers {
		for _, c := range p.table.Columns {
			if strings.EqualFold(c.Name, header) {
				p.headers[i] = c.Name
			}
		}
	}
}

// askOrigins asks for the columns of an answer that say where its rows come from; they stand behind
// the others. It reports whether the answer has them.
func (p *parquetFile) askOrigins(types []string) bool {
	file, line := slices.Index(p.headers, originFile), slices.Index(p.headers, originLine)
	if file < 0 || line < 0 {
		return false
	}
	for _, place := range []int{file, line} {
		p.layout.headers = append(p.layout.headers, p.headers[place])
		p.selects = append(p.selects, asText(p.headers[place], types[place]))
		p.numbers = append(p.numbers, numberTextOf(types[place]))
	}
	p.originAt = len(p.selects) - 2
	return true
}
