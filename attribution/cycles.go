package attribution

import (
	"context"
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
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
	return failure.Errorf(failure.Contract, "identity_map: its rows form a cycle: %s\nhint: remove one of these rows", steps)
}

// namesOf prints a cycle of keys by the names that a query gives them.
func namesOf(ctx context.Context, eng *engine.Engine, cycle []int32, query string) (string, error) {
	var names []string
	for _, key := range cycle[:min(len(cycle), mostOfCycle)] {
		found, err := eng.Texts(ctx, query, int64(key))
		if err != nil {
			return "", err
		}
		names = append(names, strings.Join(found, ""))
	}
	return printCycle(names, len(cycle)), nil
}

// mostOfCycle is how many names of a cycle are printed.
const mostOfCycle = 20

// printCycle prints the names of a cycle of some length, the first again at the end; a long one is
// cut.
func printCycle(names []string, length int) string {
	var steps []string
	for _, name := range append(names, names[0])[:min(length+1, mostOfCycle)] {
		steps = append(steps, fmt.Sprintf("%q", name))
	}
	if length+1 > mostOfCycle {
		steps = append(steps, "... ("+words.Number(length)+" in all)")
	}
	return strings.Join(steps, " -> ")
}
