package dossier

import (
	"context"
	"math"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

// Found is what an argument names: a person, or an account with a choice of its people.
type Found struct {
	PersonID string
	Choice   *Choice
	Also     string // the account that the argument names too, where it names a person
}

// Find says what an argument names: a person by a person id, the id of a lead, a contact or an
// anonymous visitor, or an e-mail; else an account by its id or name. account:ID is the account,
// whatever else has that id.
func (r *Reader) Find(ctx context.Context, given string) (Found, error) {
	accountID, isAccount := strings.CutPrefix(given, "account:")
	accounts, err := r.accounts(ctx, accountID)
	if err != nil {
		return Found{}, err
	}
	if isAccount && len(accounts) > 0 {
		return r.peopleOf(ctx, given, accounts)
	}
	persons, err := r.engine.Texts(ctx, text("find_persons"), given)
	if err != nil {
		return Found{}, err
	}
	switch {
	case len(persons) > 1:
		return Found{}, failure.Errorf(failure.Usage, "%q names %s: %s\nhint: name one of them", given, words.Count(len(persons), "person"), words.List(persons, 10))
	case len(persons) == 1 && len(accounts) > 0:
		return Found{PersonID: persons[0], Also: accounts[0]}, nil
	case len(persons) == 1:
		return Found{PersonID: persons[0]}, nil
	case len(accounts) > 0:
		return r.peopleOf(ctx, given, accounts)
	}
	return Found{}, r.unknown(ctx, given)
}

// accounts are the ids of the accounts that an argument names: the one of that id, else all of that
// name.
func (r *Reader) accounts(ctx context.Context, given string) ([]string, error) {
	found, err := r.engine.Texts(ctx, `
		SELECT account_id FROM accounts WHERE account_id = $1
		UNION
		SELECT account_id FROM account_people WHERE account_id = $1`, given)
	if err != nil || len(found) > 0 {
		return found, err
	}
	return r.engine.Texts(ctx, `SELECT account_id FROM accounts WHERE LOWER(TRIM(name)) = LOWER(TRIM($1)) ORDER BY account_id`, given)
}

// peopleOf offers the people of an account. An only one is no choice.
func (r *Reader) peopleOf(ctx context.Context, given string, accounts []string) (Found, error) {
	if len(accounts) > 1 {
		return Found{}, failure.Errorf(failure.Usage, "%s have the name %q: %s\nhint: name one by its id, such as account:%s", words.Count(len(accounts), "account"), given, words.List(accounts, 10), accounts[0])
	}
	id := accounts[0]
	if err := r.engine.Exec(ctx, "DELETE FROM asked_accounts"); err != nil {
		return Found{}, err
	}
	if err := r.engine.Exec(ctx, "INSERT INTO asked_accounts VALUES (0, ?, NULL)", id); err != nil {
		return Found{}, err
	}
	found, err := r.members(ctx, 1)
	switch {
	case err != nil:
		return Found{}, err
	case len(found[0]) == 0:
		return Found{}, failure.Errorf(failure.Usage, "account %q has no people in run %s", id, r.Run)
	case len(found[0]) == 1:
		return Found{PersonID: found[0][0].PersonID}, nil
	}
	c := &Choice{Run: r.Run, AsOf: Moment{r.AsOf}, Account: Account{ID: id}, People: found[0]}
	err = r.each(ctx, "the account", `
		SELECT COALESCE(name, ''), COALESCE(domain, ''), COALESCE(segment, ''), COALESCE(industry, '') FROM accounts WHERE account_id = ?`,
		func(scan engine.Scan) error {
			return scan(&c.Account.Name, &c.Account.Domain, &c.Account.Segment, &c.Account.Industry)
		}, id)
	return Found{Choice: c}, err
}

// unknown is the error about an argument that names nothing, with the name that was probably meant.
func (r *Reader) unknown(ctx context.Context, given string) error {
	near, err := r.engine.Texts(ctx, text("near_names"), given)
	if err != nil {
		return err
	}
	meant := words.DidYouMean(given, near)
	for _, name := range near { // a name may be much longer than its beginning
		if meant == "" && len(given) >= 3 && strings.HasPrefix(strings.ToLower(name), strings.ToLower(given)) {
			meant = " (did you mean " + name + "?)"
		}
	}
	return failure.Errorf(failure.Usage, "run %s has no person and no account %q%s\nhint: give the id of a lead or contact, a person id such as lead:ID, an e-mail, or the name or id of an account", r.Run, given, meant)
}

// micros are the millionths of a setting.
func micros(setting float64) int64 { return int64(math.Round(setting * 1_000_000)) }
