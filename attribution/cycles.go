package attribution

import (
	"context"
	"fmt"
	"strings"

	"tributary/internal/engine"
	"tributary/internal/failure"
	"tributary/internal/words"
)

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
	return failure.Errorf(failure.Contract, "identity_map: its rows form a circle: %s\nhint: remove one of these rows", steps)
}

// refuseAccountCycle prints a cycle of parent accounts, if there is one.
func refuseAccountCycle(ctx context.Context, eng *engine.Engine) error {
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
	return failure.Errorf(failure.Contract, "accounts: parent_account_id: these accounts are their own parents: %s\nhint: correct one of them", steps)
}

// namesOf prints a cycle of keys by the names that a query gives them, the first again at the end;
// a long one is cut.
func namesOf(ctx context.Context, eng *engine.Engine, cycle []int32, query string) (string, error) {
	var steps []string
	for _, key := range append(cycle, cycle[0]) {
		if len(steps) == 20 {
			steps = append(steps, "... ("+words.Number(len(cycle))+" in all)")
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
