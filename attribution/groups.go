package attribution

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/tributary-engine/tributary/internal/engine"
)

// Match methods: how a person came to a conversion.
const (
	byRole = int8(iota)
	byContactAccount
	byLeadAccount
	byEmailDomain
	byPerson
	byAccountTouch
)

// matchMethods are the names of the match methods in reports.
var matchMethods = []string{byRole: "role", byContactAccount: "contact_account", byLeadAccount: "lead_account", byEmailDomain: "email_domain", byPerson: "person", byAccountTouch: "account_touch"}

// A member of an account: a person, in a stretch of time.
type member struct {
	person         int32
	method         int8
	fromUS, tillUS int64 // both included
}

// groups has the parts that the view buying_groups combines: the persons with roles of each
// opportunity, and the members of each account. It has only members with touchpoints.
type groups struct {
	steps     []groupStep // from step 1
	accounts  [][]member
	isPeopled []bool    // beside accounts: it has members, with or without touches
	accountOf []int32   // by opportunity; -1: none
	rolesOf   [][]int32 // by opportunity: its persons with roles, each once
}

// noAccount is the account of an opportunity without one.
const noAccount = int32(-1)

func readGroups(ctx context.Context, eng *engine.Engine, t *touches, steps []groupStep) (*groups, error) {
	g := &groups{steps: steps}
	var opportunities, accounts int
	if err := eng.Row(ctx, `SELECT (SELECT COUNT(*) FROM opportunity_facts), (SELECT COUNT(*) FROM group_accounts)`, nil, &opportunities, &accounts); err != nil {
		return nil, fmt.Errorf("reading buying groups: %w", err)
	}
	g.accountOf, g.rolesOf = make([]int32, opportunities), make([][]int32, opportunities)
	g.accounts, g.isPeopled = make([][]member, accounts), make([]bool, accounts)
	for _, read := range []struct {
		query string
		each  func(reader array.RecordReader)
	}{
		{`SELECT CAST(o.opportunity_key AS INTEGER), COALESCE(a.group_account, -1)
			FROM opportunity_facts AS o
			LEFT JOIN group_accounts AS a ON a.account_id = o.account_id`, g.readOpportunities},
		{`SELECT DISTINCT CAST(o.opportunity_key AS INTEGER) AS opportunity, CAST(p.person_key AS INTEGER) AS person
			FROM role_persons AS p
			INNER JOIN opportunity_facts AS o ON o.opportunity_id = p.opportunity_id
			ORDER BY opportunity, person`, g.readRoles},
		{`SELECT a.group_account, CAST(p.person_key AS INTEGER) AS person, p.match_method, p.from_us, p.until_us
			FROM account_people AS p
			INNER JOIN group_accounts AS a ON a.account_id = p.account_id
			ORDER BY a.group_account, person, p.from_us`, func(reader array.RecordReader) { g.readMembers(reader, t) }},
	} {
		if err := eng.Stream(ctx, read.query, func(reader array.RecordReader) error {
			for reader.Next() {
				read.each(reader)
			}
			return reader.Err()
		}); err != nil {
			return nil, fmt.Errorf("reading buying groups: %w", err)
		}
	}
	return g, nil
}

func (g *groups) readOpportunities(reader array.RecordReader) {
	b := reader.RecordBatch()
	for i, key := range int32s(b, 0) {
		g.accountOf[key] = int32s(b, 1)[i]
	}
}

func (g *groups) readRoles(reader array.RecordReader) {
	b := reader.RecordBatch()
	for i, key := range int32s(b, 0) {
		g.rolesOf[key] = append(g.rolesOf[key], int32s(b, 1)[i])
	}
}

func (g *groups) readMembers(reader array.RecordReader, t *touches) {
	b := reader.RecordBatch()
	accounts, persons, methods, from, until := int32s(b, 0), int32s(b, 1), b.Column(2).(*array.String), int64s(b, 3), int64s(b, 4)
	for i, account := range accounts {
		g.isPeopled[account] = true
		if p := persons[i]; len(t.run(p)) > 0 {
			g.accounts[account] = append(g.accounts[account], member{person: p, method: int8(slices.Index(matchMethods, methods.Value(i))), fromUS: from[i], tillUS: until[i]})
		}
	}
}

// each calls member for the members of an opportunity's group at a step, from 0, that have
// touchpoints. A person with a role belongs to it at all times, also outside of its stretches at
// the account.
func (g *groups) each(opportunity int32, step int, member func(member)) {
	roles := g.rolesOf[opportunity]
	if !g.steps[step].usesRoles {
		roles = nil
	}
	for _, p := range roles {
		member(alwaysMember(p, byRole))
	}
	if account := g.accountOf[opportunity]; account != noAccount && g.steps[step].usesAccount {
		for _, m := range g.accounts[account] {
			if _, hasRole := slices.BinarySearch(roles, m.person); !hasRole {
				member(m)
			}
		}
	}
}

// hasPeople reports whether anyone belongs to an opportunity's group at a step, with or without
// touches.
func (g *groups) hasPeople(opportunity int32, step int) bool {
	account := g.accountOf[opportunity]
	return g.steps[step].usesRoles && len(g.rolesOf[opportunity]) > 0 || g.steps[step].usesAccount && account != noAccount && g.isPeopled[account]
}

// alwaysMember is a person that belongs at all times.
func alwaysMember(person int32, method int8) member {
	return member{person: person, method: method, fromUS: math.MinInt64, tillUS: math.MaxInt64}
}
