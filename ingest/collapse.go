package ingest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// conflict is the reason for copies that differ: the text before the names of the columns and the text
// after them. It first suggests that they are different things, such as the lines of one deal, because
// leaving out one of these would lose its amount.
func conflict(t contract.Table) (reason, remedy string) {
	const differ = "; they differ in "
	if !hasUpdatedAt(t) {
		return "is the key of several rows that differ, and no column says which is newest" + differ, "; keep the one that is right"
	}
	return "is the key of several rows that differ, and updated_at does not say which is newest" + differ,
		"; if they are different things, such as the lines of one deal, give each a key of its own;" +
			" if they are versions of one thing, give each its updated_at, and the newest wins"
}

func hasUpdatedAt(t contract.Table) bool {
	return slices.ContainsFunc(t.Columns, func(c contract.Column) bool { return c.Name == "updated_at" })
}

// maxDiffering is how many of the columns in which copies differ a reason names.
const maxDiffering = 5

// findDifferences makes the engine's table "differences": for each key for which no copy can be
// chosen, the columns in which its newest copies differ, as text.
func (l *loading) findDifferences(ctx context.Context, t contract.Table) error {
	var cases []string
	for _, c := range t.Columns {
		var differs []string
		for _, f := range c.Fields() {
			value := "r." + engine.Name(f.Name)
			differs = append(differs, "COUNT(DISTINCT "+value+") + CAST(COUNT(*) > COUNT("+value+") AS BIGINT) > 1")
		}
		if c.Name != "updated_at" {
			cases = append(cases, "CASE WHEN "+strings.Join(differs, " OR ")+" THEN "+engine.Text(c.Name)+" END")
		}
	}
	return l.engine.Exec(ctx, queryText("differences", "{cases}", strings.Join(cases, ", "), "{most}", fmt.Sprint(maxDiffering)))
}

// collapse keeps one row per key. Equal copies become one row. Of copies that differ, the one with the
// newest updated_at is kept. If there is no such column or the newest ones are equal, all copies go to
// the quarantine.
func (l *loading) collapse(ctx context.Context, t contract.Table) error {
	if len(t.Key) == 0 {
		return nil
	}
	if found, err := l.findCandidates(ctx, t); err != nil || !found {
		return err
	}
	updated := "CAST(NULL AS TIMESTAMP)"
	var values []string
	for _, c := range t.Columns {
		if c.Name == "updated_at" {
			updated = "r.updated_at"
			continue
		}
		for _, f := range c.Fields() {
			values = append(values, engine.Name(f.Name)+" := r."+engine.Name(f.Name))
		}
	}
	query := queryText("copies", "{key}", quoted(t.Key, ""), "{key_of_r}", quoted(t.Key, "r."), "{updated}", updated, "{longest}", fmt.Sprint(maxValue), "{values}", strings.Join(values, ", "))
	if err := l.engine.Exec(ctx, query); err != nil {
		return err
	}
	if err := l.countDuplicates(ctx, t); err != nil {
		return err
	}
	if err := l.findDifferences(ctx, t); err != nil {
		return err
	}
	reason, remedy := conflict(t)
	if err := l.setAside(ctx, t, strings.Join(t.Key, ", "), `
		SELECT c.file_number, c.line, ? || d.names || ? AS reason, c.key_value AS value, c.content
		FROM copies AS c INNER JOIN differences AS d ON d.copy_of = c.copy_of WHERE NOT c.is_decided`, reason, remedy); err != nil {
		return err
	}
	return l.remove(ctx, t, "(SELECT file_number, line FROM copies WHERE NOT is_kept)")
}

// countDuplicates adds the removed copies to the counts of their files.
func (l *loading) countDuplicates(ctx context.Context, t contract.Table) error {
	return l.book(ctx, t.Name, `SELECT file_number, COUNT(*) FROM copies WHERE is_decided AND NOT is_kept GROUP BY file_number`, func(f *File, count int64) {
		f.Deduplicated += count
	})
}

// book takes rows from those that were loaded, and counts them elsewhere: the query returns a file and
// its number of rows.
func (l *loading) book(ctx context.Context, table, query string, elsewhere func(f *File, count int64)) error {
	return l.engine.Each(ctx, query, func(scan engine.Scan) error {
		var file int
		var count int64
		if err := scan(&file, &count); err != nil {
			return err
		}
		l.files[table][file].Loaded -= count
		elsewhere(&l.files[table][file], count)
		return nil
	})
}

// setAside moves rows of a raw table into the quarantine. The query returns them as file_number, line,
// reason, value and content (JSON of the row, in place of its line in the file).
func (l *loading) setAside(ctx context.Context, t contract.Table, column, query string, args ...any) error {
	if err := l.engine.Exec(ctx, "CREATE OR REPLACE TEMPORARY TABLE offending AS "+query, args...); err != nil {
		return err
	}
	found := 0
	err := l.engine.Each(ctx, `SELECT o.file_number, `+l.originColumns(t.Name)+`, o.reason, o.value, o.content FROM offending AS o`+l.joinOrigins(t.Name), func(scan engine.Scan) error {
		var file int
		bad := Quarantined{Table: t.Name, Column: column}
		if err := scan(&file, &bad.File, &bad.Line, &bad.Reason, &bad.Value, &bad.Raw); err != nil {
			return err
		}
		if bad.File == "" {
			bad.File = l.files[t.Name][file].Name
		}
		l.files[t.Name][file].Loaded--
		l.files[t.Name][file].Quarantined++
		l.quarantined[t.Name] = append(l.quarantined[t.Name], bad)
		found++
		return nil
	})
	if err != nil || found == 0 {
		return err
	}
	position := map[string]int{}
	for i, f := range l.files[t.Name] {
		position[f.Name] = i
		for _, from := range f.From {
			position[from.Name] = i
		}
	}
	slices.SortStableFunc(l.quarantined[t.Name], func(a, b Quarantined) int {
		return cmp.Or(cmp.Compare(position[a.File], position[b.File]), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return l.remove(ctx, t, "offending")
}

func quoted(names []string, prefix string) string {
	var parts []string
	for _, name := range names {
		parts = append(parts, prefix+engine.Name(name))
	}
	return strings.Join(parts, ", ")
}
