package attribution

import (
	"context"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"tributary/internal/config"
	"tributary/internal/engine"
)

// stitch joins records into persons and finds each person's account: the table "people", and who each id and e-mail is.
func stitch(ctx context.Context, eng *engine.Engine, o config.People) error {
	if err := stages(ctx, eng, "person_nodes", "person_links", "emails", "node_emails", "account_keys"); err != nil {
		return err
	}
	if err := refuseAccountCycle(ctx, eng); err != nil {
		return err
	}
	if err := describeEmails(ctx, eng, newAddressBook(o.OwnDomains)); err != nil {
		return err
	}
	if err := describeAccountDomains(ctx, eng); err != nil {
		return err
	}
	if err := groupNodes(ctx, eng, o.JoinByEmail); err != nil {
		return err
	}
	return stages(ctx, eng, "person_keys", "node_persons", "email_persons", "people")
}

// groupNodes makes node_groups: one row per node, with the least node of its group. Explicit links come first. Then an
// e-mail found in at most one linked group (of two or more leads and contacts) joins its single records to it, or to each
// other; one found in several joins nobody, and is counted.
func groupNodes(ctx context.Context, eng *engine.Engine, joinByEmail bool) error {
	kinds, err := int32Column(ctx, eng, `SELECT kind FROM person_nodes ORDER BY node_key`)
	if err != nil {
		return err
	}
	links, err := int32Columns(ctx, eng, 3, `
		SELECT CAST(from_node AS INTEGER), CAST(to_node AS INTEGER), CAST(from_identity_map AS INTEGER)
		FROM person_links ORDER BY 3, 1, 2`)
	if err != nil {
		return err
	}
	if err := refuseIdentityCycle(ctx, eng, len(kinds), links); err != nil {
		return err
	}
	groups := newUnionFind(len(kinds))
	var inSeveral []int32
	for i, from := range links[0] {
		groups.join(from, links[1][i])
	}
	if joinByEmail {
		if inSeveral, err = joinEmails(ctx, eng, groups, kinds); err != nil {
			return err
		}
	}
	if err := storeConflicts(ctx, eng, inSeveral); err != nil {
		return err
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
	return eng.Store(ctx, "node_groups", b)
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
	return eng.Store(ctx, "email_conflicts", b)
}
