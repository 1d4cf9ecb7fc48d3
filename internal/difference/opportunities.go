package difference

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/published"
)

// opportunities are those of which anything changed, the greatest change first, and how many more
// there are.
func (c *Comparison) opportunities(ctx context.Context, decimals, limit int) ([]Changed, int64, error) {
	changed := queryText("changed_opportunities")
	var count int64
	if err := c.engine.Row(ctx, "SELECT COUNT(*) FROM ("+changed+")", nil, &count); err != nil {
		return nil, 0, err
	}
	var found []Changed
	err := c.engine.Each(ctx, queryText("opportunities", "{changed}", changed), func(scan engine.Scan) error {
		var o Changed
		var moved, causes string
		var money [4]string
		if err := scan(&o.OpportunityID, &moved, &causes, &money[0], &money[1], &money[2], &money[3]); err != nil {
			return err
		}
		o.Moved = decimal(half(moved), decimals)
		for i := range 2 {
			o.Revenue[i], o.Pipeline[i] = decimal(money[i], decimals), decimal(money[2+i], decimals)
		}
		for word := range strings.FieldsSeq(causes) {
			var cause int
			if _, err := fmt.Sscan(word, &cause); err != nil {
				return err
			}
			o.Causes = append(o.Causes, Cause(cause).String())
		}
		found = append(found, o)
		return nil
	}, limit)
	if err != nil {
		return nil, 0, err
	}
	for i := range found {
		if err := c.describe(ctx, &found[i]); err != nil {
			return nil, 0, err
		}
	}
	return found, count - int64(len(found)), nil
}

// describe says what differs in the row of an opportunity, and in the touchpoints of its journeys.
func (c *Comparison) describe(ctx context.Context, o *Changed) error {
	table := *contract.Find("opportunities")
	var rows [2]map[string]any
	for i, run := range []string{c.From.Rows(table), c.To.Rows(table)} {
		var row sql.NullString
		if err := c.engine.Row(ctx, "SELECT MAX(CAST(TO_JSON(r) AS VARCHAR)) FROM ("+run+") AS r WHERE opportunity_id = ?", []any{o.OpportunityID}, &row); err != nil {
			return err
		}
		if row.Valid {
			decoder := json.NewDecoder(strings.NewReader(row.String))
			decoder.UseNumber()
			if err := decoder.Decode(&rows[i]); err != nil {
				return err
			}
		}
	}
	for _, row := range slices.Backward(rows[:]) {
		if name, isText := row["name"].(string); isText {
			o.Name = name
			break
		}
	}
	if rows[0] != nil && rows[1] != nil {
		o.Columns = columnsOf(table, rows[0], rows[1])
	}
	credits := func(side string) string {
		return "(SELECT DISTINCT touch_id FROM " + published.Rows(side, published.Credits) + " WHERE opportunity_id = $1 AND touch_id IS NOT NULL)"
	}
	a, b := credits(c.From.Directory), credits(c.To.Directory)
	return c.engine.Row(ctx, "SELECT (SELECT COUNT(*) FROM ("+b+" EXCEPT "+a+")), (SELECT COUNT(*) FROM ("+a+" EXCEPT "+b+"))", []any{o.OpportunityID}, &o.NewTouches, &o.GoneTouches)
}

// columnsOf lists the columns that differ between two rows of opportunities, as the input has them.
func columnsOf(table contract.Table, before, after map[string]any) []Setting {
	var found []Setting
	for _, c := range ingest.PublishedColumns(table) {
		if c.Of == "updated_at" || strings.HasSuffix(c.Name, "_span_us") {
			continue
		}
		was, is := cell(c.Of, c.Name, before), cell(c.Of, c.Name, after)
		if was != is {
			found = append(found, Setting{c.Of, was, is})
		}
	}
	return found
}

func cell(column, stored string, row map[string]any) string {
	value := row[stored]
	switch {
	case value == nil:
		return ""
	case stored == column+"_minor":
		currency, _ := row["currency"].(string)
		decimals, _ := contract.Exponent(currency)
		return string(decimal(fmt.Sprint(value), decimals))
	}
	return fmt.Sprint(value)
}
