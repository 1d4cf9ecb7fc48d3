package attribution

import (
	"context"
	"maps"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/internal/engine"
)

// Kinds of person_nodes.
const anonymous = 2

// groupNodes makes node_groups: one row per node, with the least node of its group. Explicit links
// between leads and contacts come first. Then an e-mail found in at most one linked group (of two
// or more leads and contacts that exist) joins its single records to it, or to each other; one
// found in several joins nobody, and is counted. Last, an anonymous id belongs to the one person
// that it is linked to; one that is linked to several belongs to nobody, and is counted.
func groupNodes(ctx context.Context, eng *engine.Engine, joinByEmail bool) error {
	nodes, err := int32Columns(ctx, eng, 2, `SELECT kind, CAST(is_record AS INTEGER) FROM person_nodes ORDER BY node_key`)
	if err != nil {
		return err
	}
	kinds, isRecord := nodes[0], nodes[1]
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
	ofAnonymous := map[int32][]int32{} // what each anonymous id is linked to
	for i, from := range links[0] {
		if kinds[from] == anonymous {
			ofAnonymous[from] = append(ofAnonymous[from], links[1][i])
		} else {
			groups.join(from, links[1][i])
		}
	}
	var sharedEmails []int32
	if joinByEmail {
		if sharedEmails, err = joinEmails(ctx, eng, groups, isRecord); err != nil {
			return err
		}
	}
	if err := storeKeys(ctx, eng, "email_conflicts", "email_key", sharedEmails); err != nil {
		return err
	}
	if err := storeKeys(ctx, eng, "anonymous_conflicts", "node_key", joinAnonymous(groups, ofAnonymous)); err != nil {
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

// joinEmails joins by e-mail what explicit links left single. It returns the e-mails found in
// several linked groups. An id that points to nothing is no record, and makes no linked group.
func joinEmails(ctx context.Context, eng *engine.Engine, groups unionFind, isRecord []int32) (inSeveral []int32, err error) {
	records := make([]int32, len(isRecord)) // by the group's least node: its leads and contacts that exist
	linked := make([]int32, len(isRecord))  // the group of each node before any e-mail joined
	for node := range int32(len(isRecord)) {
		linked[node] = groups.find(node)
		records[linked[node]] += isRecord[node]
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

// joinAnonymous gives each anonymous id to the one person that it is linked to. It returns those
// that are linked to several, in the order of their keys.
func joinAnonymous(groups unionFind, links map[int32][]int32) (ofSeveral []int32) {
	for _, node := range slices.Sorted(maps.Keys(links)) {
		persons := links[node]
		if slices.ContainsFunc(persons, func(other int32) bool { return groups.find(other) != groups.find(persons[0]) }) {
			ofSeveral = append(ofSeveral, node)
			continue
		}
		groups.join(node, persons[0])
	}
	return ofSeveral
}

// storeKeys makes a table of one column of keys.
func storeKeys(ctx context.Context, eng *engine.Engine, table, column string, keys []int32) error {
	schema := arrow.NewSchema([]arrow.Field{{Name: column, Type: arrow.PrimitiveTypes.Int64}}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	for _, key := range keys {
		b.Field(0).(*array.Int64Builder).Append(int64(key))
	}
	return eng.Store(ctx, table, b)
}
