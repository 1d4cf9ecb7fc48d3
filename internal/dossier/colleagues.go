package dossier

import (
	"context"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
)

// colleagues reads the other persons of the accounts, and their touchpoints of the last 90 days.
func (r *Reader) colleagues(ctx context.Context, all []Dossier) error {
	if err := r.engine.Exec(ctx, text("asked_accounts")); err != nil {
		return err
	}
	found, err := r.members(ctx, len(all))
	for i := range all {
		if i < len(found) && found[i] != nil {
			all[i].Colleagues = found[i]
		}
	}
	return err
}

// members reads the people of asked_accounts by its places, those who were touched last first.
func (r *Reader) members(ctx context.Context, places int) ([][]Colleague, error) {
	if err := r.engine.Exec(ctx, text("members")); err != nil {
		return nil, err
	}
	found := make([][]Colleague, places)
	at := map[string]map[int]int{}
	err := r.rows(ctx, "account_people", func(scan engine.Scan) error {
		var place int
		var c Colleague
		var s standing
		if err := scan(&place, &c.PersonID, &c.Email, &c.Persona, &s.stage, &s.department, &s.since, &s.left, &s.exit); err != nil {
			return err
		}
		if address, isEmail := strings.CutPrefix(c.PersonID, "email:"); isEmail {
			c.Email = first(c.Email, Text(address))
		}
		c.Stands, c.Touches = s.standing(), []Touch{}
		if at[c.PersonID] == nil {
			at[c.PersonID] = map[int]int{}
		}
		at[c.PersonID][place] = len(found[place])
		found[place] = append(found[place], c)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = r.rows(ctx, "account_touches", func(scan engine.Scan) error {
		var place int
		var person string
		t, err := scanTouch(scan, &place, &person)
		if err != nil {
			return err
		}
		c := &found[place][at[person][place]]
		c.Touches = append(c.Touches, t)
		return nil
	})
	for _, people := range found {
		slices.SortStableFunc(people, func(a, b Colleague) int { return b.Last().Compare(a.Last()) })
	}
	return found, err
}
