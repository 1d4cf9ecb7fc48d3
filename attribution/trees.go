package attribution

import (
	"context"
	"fmt"
	"slices"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
)

// A tree has campaigns or accounts with their parents. A parent without a row is the top of its
// children.
type tree struct {
	ids     []string // those with a row come first, in the order of bytes
	parents []int32  // beside ids; -1: none
	rows    int      // how many ids have a row
}

// readTree reads a query for id and parent, in the order of ids.
func readTree(ctx context.Context, eng *engine.Engine, query string) (tree, error) {
	var t tree
	var parents []string
	err := eng.Each(ctx, query, func(scan engine.Scan) error {
		var id, parent string
		if err := scan(&id, &parent); err != nil {
			return err
		}
		t.ids, parents = append(t.ids, id), append(parents, parent)
		return nil
	})
	if err != nil {
		return t, err
	}
	t.rows = len(t.ids)
	places := make(map[string]int32, len(t.ids))
	for i, id := range t.ids {
		places[id] = int32(i)
	}
	t.parents = make([]int32, t.rows, len(t.ids))
	for i, parent := range parents {
		t.parents[i] = -1
		if parent == "" {
			continue
		}
		place, known := places[parent]
		if !known {
			place = int32(len(t.ids))
			places[parent] = place
			t.ids, t.parents = append(t.ids, parent), append(t.parents, -1)
		}
		t.parents[i] = place
	}
	return t, nil
}

// cycle prints a cycle of the tree; empty if there is none.
func (t tree) cycle() string {
	var from, to []int32
	for i, parent := range t.parents {
		if parent >= 0 {
			from, to = append(from, int32(i)), append(to, parent)
		}
	}
	found := findCycle(len(t.ids), from, to)
	if found == nil {
		return ""
	}
	var names []string
	for _, place := range found {
		names = append(names, t.ids[place])
	}
	return printCycle(names, len(names))
}

// tops returns the top of each id. The tree has no cycle.
func (t tree) tops() []int32 {
	tops := make([]int32, len(t.ids))
	for i := range tops {
		tops[i] = -1
	}
	var path []int32
	for i := range tops {
		at := int32(i)
		for path = path[:0]; tops[at] < 0 && t.parents[at] >= 0; at = t.parents[at] {
			path = append(path, at)
		}
		top := at
		if tops[at] >= 0 {
			top = tops[at]
		}
		tops[at] = top
		for _, below := range path {
			tops[below] = top
		}
	}
	return tops
}

// path returns an id and everything above it, the top first.
func (t tree) path(place int32) []int32 {
	var path []int32
	for at := place; at >= 0; at = t.parents[at] {
		path = append(path, at)
	}
	slices.Reverse(path)
	return path
}

// topAccounts makes account_tops: one row per account, with the top of its tree. It refuses a cycle
// of parents.
func topAccounts(ctx context.Context, eng *engine.Engine) error {
	accounts, err := readTree(ctx, eng, `SELECT account_id, COALESCE(parent_account_id, '') FROM accounts ORDER BY account_id`)
	if err != nil {
		return fmt.Errorf("reading the parents of accounts: %w", err)
	}
	if cycle := accounts.cycle(); cycle != "" {
		return failure.Errorf(failure.Contract, "accounts: parent_account_id: these accounts are their own parents: %s\nhint: correct one of them", cycle)
	}
	b := engine.NewTable("account_id VARCHAR", "top_account_id VARCHAR")
	tops := accounts.tops()
	for i := range accounts.rows {
		b.Add(accounts.ids[i], accounts.ids[tops[i]])
	}
	return eng.StoreTable(ctx, "account_tops", b)
}
