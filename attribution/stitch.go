package attribution

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"tributary/internal/config"
	"tributary/internal/engine"
	"tributary/internal/failure"
)

// stitch joins records into persons and finds each person's account: the table "people", and who each id and e-mail is.
// It returns how many e-mails were found in several linked groups and so joined nobody.
func stitch(ctx context.Context, eng *engine.Engine, o config.People) (conflicts int64, err error) {
	if err := stages(ctx, eng, "person_nodes", "person_links", "emails", "node_emails"); err != nil {
		return 0, err
	}
	book := newAddressBook(o.OwnDomains)
	if err := describeEmails(ctx, eng, book); err != nil {
		return 0, err
	}
	if err := describeAccountDomains(ctx, eng); err != nil {
		return 0, err
	}
	if err := refuseAccountCycle(ctx, eng); err != nil {
		return 0, err
	}
	if err := storeWords(ctx, eng, "test_accounts", "account_id", o.TestAccounts); err != nil {
		return 0, err
	}
	conflicts, err = groupNodes(ctx, eng, o.JoinByEmail)
	if err != nil {
		return 0, err
	}
	return conflicts, stages(ctx, eng, "person_keys", "node_persons", "email_persons", "people")
}

// describeEmails makes email_facts: one row per e-mail, what it says about its owner.
func describeEmails(ctx context.Context, eng *engine.Engine, book addressBook) error {
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "email_key", Type: arrow.PrimitiveTypes.Int64}, {Name: "domain", Type: arrow.BinaryTypes.String},
		{Name: "joins", Type: arrow.FixedWidthTypes.Boolean}, {Name: "domain_matches", Type: arrow.FixedWidthTypes.Boolean},
		{Name: "own_domain", Type: arrow.FixedWidthTypes.Boolean},
	}, nil)
	return derive(ctx, eng, "email_facts", schema, `SELECT email_key, email FROM emails`, func(in arrow.RecordBatch, out *array.RecordBuilder) {
		keys, emails := in.Column(0).(*array.Int64), in.Column(1).(*array.String)
		for row := range int(in.NumRows()) {
			a := book.judge(emails.Value(row))
			out.Field(0).(*array.Int64Builder).Append(keys.Value(row))
			out.Field(1).(*array.StringBuilder).Append(a.domain)
			out.Field(2).(*array.BooleanBuilder).Append(a.joins)
			out.Field(3).(*array.BooleanBuilder).Append(a.domainMatches)
			out.Field(4).(*array.BooleanBuilder).Append(a.ownDomain)
		}
	})
}

// describeAccountDomains makes account_domains: one row per account with a registrable domain.
func describeAccountDomains(ctx context.Context, eng *engine.Engine) error {
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "account_id", Type: arrow.BinaryTypes.String}, {Name: "domain", Type: arrow.BinaryTypes.String},
	}, nil)
	return derive(ctx, eng, "account_domains", schema, `SELECT account_id, domain FROM accounts WHERE domain IS NOT NULL`, func(in arrow.RecordBatch, out *array.RecordBuilder) {
		ids, domains := in.Column(0).(*array.String), in.Column(1).(*array.String)
		for row := range int(in.NumRows()) {
			if domain := registrableDomain(domains.Value(row)); domain != "" {
				out.Field(0).(*array.StringBuilder).Append(ids.Value(row))
				out.Field(1).(*array.StringBuilder).Append(domain)
			}
		}
	})
}

// derive makes a table of what each record batch of a query becomes.
func derive(ctx context.Context, eng *engine.Engine, table string, schema *arrow.Schema, query string, each func(in arrow.RecordBatch, out *array.RecordBuilder)) error {
	return eng.Fill(ctx, table, schema, func(send func(arrow.RecordBatch) error) error {
		return eng.Stream(ctx, query, func(reader array.RecordReader) error {
			out := array.NewRecordBuilder(memory.DefaultAllocator, schema)
			defer out.Release()
			for reader.Next() {
				each(reader.RecordBatch(), out)
				if err := send(out.NewRecordBatch()); err != nil {
					return err
				}
			}
			return reader.Err()
		})
	})
}

// groupNodes makes node_groups: one row per node, with the least node of its group. Explicit links come first. Then an
// e-mail found in at most one linked group (of two or more leads and contacts) joins its single records to it, or to each
// other; one found in several joins nobody, and is counted.
func groupNodes(ctx context.Context, eng *engine.Engine, joinByEmail bool) (conflicts int64, err error) {
	kinds, err := int32Column(ctx, eng, `SELECT kind FROM person_nodes ORDER BY node_key`)
	if err != nil {
		return 0, err
	}
	links, err := int32Columns(ctx, eng, 3, `
		SELECT CAST(from_node AS INTEGER), CAST(to_node AS INTEGER), CAST(from_identity_map AS INTEGER)
		FROM person_links ORDER BY 3, 1, 2`)
	if err != nil {
		return 0, err
	}
	if err := refuseIdentityCycle(ctx, eng, len(kinds), links); err != nil {
		return 0, err
	}
	groups := newUnionFind(len(kinds))
	var inSeveral []int32
	for i, from := range links[0] {
		groups.join(from, links[1][i])
	}
	if joinByEmail {
		if inSeveral, err = joinEmails(ctx, eng, groups, kinds); err != nil {
			return 0, err
		}
	}
	if err := storeConflicts(ctx, eng, inSeveral); err != nil {
		return 0, err
	}
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "node_key", Type: arrow.PrimitiveTypes.Int64}, {Name: "group_node", Type: arrow.PrimitiveTypes.Int64},
	}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	for node := range int32(len(kinds)) {
		b.Field(0).(*array.Int64Builder).Append(int64(node))
		b.Field(1).(*array.Int64Builder).Append(int64(groups.find(node)))
	}
	return int64(len(inSeveral)), createTable(ctx, eng, "node_groups", b)
}

// joinEmails joins by e-mail what explicit links left single. It returns the e-mails found in several linked groups.
func joinEmails(ctx context.Context, eng *engine.Engine, groups unionFind, kinds []int32) (inSeveral []int32, err error) {
	const anonymous = 2
	records := make([]int32, len(kinds)) // by the group's least node: its leads and contacts
	linked := make([]int32, len(kinds))  // the group of each node before any e-mail joined
	for node := range int32(len(kinds)) {
		linked[node] = groups.find(node)
		if kinds[node] != anonymous {
			records[linked[node]]++
		}
	}
	pairs, err := int32Columns(ctx, eng, 2, `
		SELECT CAST(e.email_key AS INTEGER), CAST(e.node_key AS INTEGER)
		FROM node_emails AS e
		INNER JOIN email_facts AS f ON f.email_key = e.email_key AND f.joins
		ORDER BY 1, 2`)
	if err != nil {
		return nil, err
	}
	emails, nodes := pairs[0], pairs[1]
	for from := 0; from < len(emails); {
		to := from
		group, several := int32(-1), false
		for ; to < len(emails) && emails[to] == emails[from]; to++ {
			if g := linked[nodes[to]]; records[g] > 1 {
				several = several || (group >= 0 && group != g)
				group = g
			}
		}
		if several {
			inSeveral = append(inSeveral, emails[from])
		} else {
			for _, node := range nodes[from+1 : to] {
				groups.join(nodes[from], node)
			}
		}
		from = to
	}
	return inSeveral, nil
}

// storeConflicts makes email_conflicts: one row per e-mail that was found in several linked groups, and so joined nobody.
func storeConflicts(ctx context.Context, eng *engine.Engine, emails []int32) error {
	schema := arrow.NewSchema([]arrow.Field{{Name: "email_key", Type: arrow.PrimitiveTypes.Int64}}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	for _, key := range emails {
		b.Field(0).(*array.Int64Builder).Append(int64(key))
	}
	return createTable(ctx, eng, "email_conflicts", b)
}

// refuseIdentityCycle prints a cycle of identity_map, if there is one.
func refuseIdentityCycle(ctx context.Context, eng *engine.Engine, nodes int, links [][]int32) error {
	var from, to []int32
	for i, mapped := range links[2] {
		if mapped == 1 {
			from, to = append(from, links[0][i]), append(to, links[1][i])
		}
	}
	cycle := findCycle(nodes, from, to)
	if cycle == nil {
		return nil
	}
	steps, err := namesOf(ctx, eng, cycle, `
		SELECT CASE kind WHEN 0 THEN 'contact ' WHEN 1 THEN 'lead ' ELSE 'anonymous ' END || id FROM person_nodes WHERE node_key = ?`)
	if err != nil {
		return err
	}
	return failure.Errorf(failure.Contract, "identity_map: its rows go round in a circle: %s (remove one of them)", steps)
}

// refuseAccountCycle prints a cycle of parent accounts, if there is one.
func refuseAccountCycle(ctx context.Context, eng *engine.Engine) error {
	if err := stages(ctx, eng, "account_keys"); err != nil {
		return err
	}
	links, err := int32Columns(ctx, eng, 2, `
		SELECT CAST(k.account_key AS INTEGER), CAST(p.account_key AS INTEGER)
		FROM accounts AS a
		INNER JOIN account_keys AS k ON k.account_id = a.account_id
		INNER JOIN account_keys AS p ON p.account_id = a.parent_account_id
		ORDER BY 1`)
	if err != nil {
		return err
	}
	var accounts int
	if err := eng.Row(ctx, `SELECT COUNT(*) FROM account_keys`, nil, &accounts); err != nil {
		return err
	}
	cycle := findCycle(accounts, links[0], links[1])
	if cycle == nil {
		return nil
	}
	steps, err := namesOf(ctx, eng, cycle, `SELECT account_id FROM account_keys WHERE account_key = ?`)
	if err != nil {
		return err
	}
	return failure.Errorf(failure.Contract, "accounts: parent_account_id: accounts are their own parents: %s (mend one of them)", steps)
}

// namesOf prints a cycle of keys by the names that a query gives them, the first again at the end; a long one is cut.
func namesOf(ctx context.Context, eng *engine.Engine, cycle []int32, query string) (string, error) {
	var steps []string
	for _, key := range append(cycle, cycle[0]) {
		if len(steps) == 20 {
			steps = append(steps, fmt.Sprintf("... (%d in all)", len(cycle)))
			break
		}
		found, err := eng.Texts(ctx, query, int64(key))
		if err != nil {
			return "", err
		}
		steps = append(steps, fmt.Sprintf("%q", strings.Join(found, "")))
	}
	return strings.Join(steps, " -> "), nil
}

// int32Columns reads n INTEGER columns whole. Keys are dense, so 2^31 of them are the limit of a run.
func int32Columns(ctx context.Context, eng *engine.Engine, n int, query string) ([][]int32, error) {
	columns := make([][]int32, n)
	err := eng.Stream(ctx, query, func(reader array.RecordReader) error {
		for reader.Next() {
			for i := range n {
				columns[i] = append(columns[i], reader.RecordBatch().Column(i).(*array.Int32).Int32Values()...)
			}
			if len(columns[0]) > math.MaxInt32-batchRows {
				return failure.Errorf(failure.Resources, "more than %d records to stitch", math.MaxInt32)
			}
		}
		return reader.Err()
	})
	return columns, err
}

func int32Column(ctx context.Context, eng *engine.Engine, query string) ([]int32, error) {
	columns, err := int32Columns(ctx, eng, 1, query)
	return columns[0], err
}

// storeWords makes a table of one text column.
func storeWords(ctx context.Context, eng *engine.Engine, table, column string, words []string) error {
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema([]arrow.Field{{Name: column, Type: arrow.BinaryTypes.String}}, nil))
	defer b.Release()
	b.Field(0).(*array.StringBuilder).AppendValues(words, nil)
	return createTable(ctx, eng, table, b)
}
