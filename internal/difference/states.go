package difference

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/replay"
)

// rowsAt is the SELECT of a contract table after all causes up to and including this one: what the
// earlier run has, with what these causes changed as the later run has it.
func rowsAt(t contract.Table, cause Cause, from, to replay.Run) string {
	a, b := from.Rows(t), to.Rows(t)
	switch child, isChild := children[t.Name]; {
	case !isCredited(t) || cause >= Date:
		return b
	case t.Name == "exchange_rates":
		return ratesAt(t, cause, a, b)
	case isChild:
		return child.rowsAt(cause, a, b, from, to)
	case len(t.Key) == 0:
		return listAt(cause, a, b)
	}
	return keyedAt(t, cause, a, b)
}

// keyedAt merges the rows of a table with a key.
func keyedAt(t contract.Table, cause Cause, a, b string) string {
	var columns []string
	isIn := func(side string) string { return side + "." + engine.Name(t.Key[0]) + " IS NOT NULL" }
	for _, c := range ingest.PublishedColumns(t) {
		first, second := "a", "b"
		if causeOfColumn(t.Name, c.Of) <= cause {
			first, second = "b", "a"
		}
		name := engine.Name(c.Name)
		columns = append(columns, "CASE WHEN "+isIn(first)+" THEN "+first+"."+name+" ELSE "+second+"."+name+" END AS "+name)
	}
	var kept []string
	if cause < NewRows {
		kept = append(kept, isIn("a"))
	}
	if cause >= GoneRows {
		kept = append(kept, isIn("b"))
	}
	where := ""
	if len(kept) > 0 {
		where = " WHERE " + strings.Join(kept, " AND ")
	}
	return "SELECT " + strings.Join(columns, ", ") + " FROM (" + a + ") AS a FULL OUTER JOIN (" + b + ") AS b ON " + sameKey(t) + where
}

func sameKey(t contract.Table) string {
	var same []string
	for _, key := range t.Key {
		same = append(same, "a."+engine.Name(key)+" = b."+engine.Name(key))
	}
	return strings.Join(same, " AND ")
}

// ratesAt keeps rates of currencies that the later run has none of: rows that need them may go only
// with a later cause.
func ratesAt(t contract.Table, cause Cause, a, b string) string {
	if cause < Rates {
		return a
	}
	return "SELECT * FROM (" + b + ") UNION ALL SELECT * FROM (" + a + ") WHERE currency NOT IN (SELECT currency FROM (" + b + "))"
}

// listAt merges the rows of a table that is a list, such as costs: equal rows are different rows.
func listAt(cause Cause, a, b string) string {
	switch {
	case cause < NewRows:
		return a
	case cause < GoneRows:
		return "(" + a + ") UNION ALL ((" + b + ") EXCEPT ALL (" + a + "))"
	}
	return b
}

// rowsAt merges the rows of a child table. A row that both runs have stays, whatever it is about.
func (c childTable) rowsAt(cause Cause, a, b string, from, to replay.Run) string {
	switch {
	case cause >= c.cause:
		return b
	case cause < NewRows || len(c.about) == 0:
		return a
	}
	rows := "(" + a + ") UNION ALL (SELECT * FROM ((" + b + ") EXCEPT ALL (" + a + ")) AS r WHERE " + c.isAbout("r", to, from) + ")"
	if cause >= GoneRows {
		rows = "(" + rows + ") EXCEPT ALL (SELECT * FROM ((" + a + ") EXCEPT ALL (" + b + ")) AS r WHERE " + c.isAbout("r", from, to) + ")"
	}
	return rows
}

// isAbout is the condition that a row is about something that one run has and the other has not.
func (c childTable) isAbout(row string, has, hasNot replay.Run) string {
	var conditions []string
	only := func(table string) string {
		t := *contract.Find(table)
		key := engine.Name(t.Key[0])
		return "SELECT " + key + " FROM (" + has.Rows(t) + ") EXCEPT SELECT " + key + " FROM (" + hasNot.Rows(t) + ")"
	}
	for _, column := range slices.Sorted(maps.Keys(c.about)) {
		if table := c.about[column]; table != "" {
			conditions = append(conditions, fmt.Sprintf("%s.%s IN (%s)", row, engine.Name(column), only(table)))
			continue
		}
		for _, kind := range []string{"lead", "contact", "opportunity"} { // stage_history names the table in each row
			table := map[string]string{"lead": "leads", "contact": "contacts", "opportunity": "opportunities"}[kind]
			conditions = append(conditions, fmt.Sprintf("(%s.entity_type = %s AND %s.entity_id IN (%s))", row, engine.Text(kind), row, only(table)))
		}
	}
	return strings.Join(conditions, " OR ")
}

// tablesAt are all tables after the causes up to and including this one.
func tablesAt(cause Cause, from, to replay.Run) map[string]string {
	tables := map[string]string{}
	for _, t := range contract.Tables() {
		if cause < Rates {
			tables[t.Name] = from.Rows(t)
		} else {
			tables[t.Name] = rowsAt(t, cause, from, to)
		}
	}
	return tables
}
