package dossier

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"tributary/internal/config"
	"tributary/internal/contract"
	"tributary/internal/failure"
	"tributary/internal/words"
)

// NoOwner is how a batch asks for persons whom nobody owns.
const NoOwner = "(no owner)"

// A Batch is the persons who entered a stage since an instant, and who belong to an owner.
type Batch struct {
	Stage string    // a stage of persons or another word of their history; empty: the one that hands leads over
	Owner string    // the owner at as-of; empty: everybody's
	Since time.Time // zero: ever
}

// A Member of a batch, with the last entry for which it is in there.
type Member struct {
	PersonID string
	Owner    Text
	Entered  Entry
}

// Batch lists the persons of a batch, those who entered last first. Persons that stand in no report
// (own domains, test accounts) are left out.
func (r *Reader) Batch(ctx context.Context, b Batch) ([]Member, error) {
	stage, err := r.stage(ctx, b.Stage)
	if err != nil {
		return nil, err
	}
	var members []Member
	err = r.rows(ctx, "batch", func(rows *sql.Rows) error {
		var m Member
		if err := rows.Scan(&m.PersonID, &m.Owner, &m.Entered.At.Time); err != nil {
			return err
		}
		m.Entered.Stage = stage
		if b.Owner == "" || string(m.Owner) == b.Owner || m.Owner == "" && b.Owner == NoOwner {
			members = append(members, m)
		}
		return nil
	}, stage, b.Since)
	if err != nil || len(members) > 0 || b.Owner == "" || b.Owner == NoOwner {
		return members, err
	}
	return nil, r.unknownOwner(ctx, b.Owner)
}

// stage is the name by which history has a stage or word.
func (r *Reader) stage(ctx context.Context, given string) (string, error) {
	if given == "" {
		given = r.settings.Handoff.Delivered
	}
	if given == "" {
		return "", failure.Errorf(failure.Usage, "--stage is missing: the funnel of run %s has no stage that hands leads over to sales\nhint: name a stage of persons", r.Run)
	}
	var known []string
	for _, s := range r.settings.Funnel {
		if s.Unit == config.Person {
			known = append(known, s.Name)
		}
	}
	if i := config.StageOf(r.settings.Funnel, given); i >= 0 && r.settings.Funnel[i].Unit == config.Person {
		return r.settings.Funnel[i].Name, nil
	}
	more, err := r.engine.Texts(ctx, "SELECT DISTINCT stage FROM person_visits WHERE NOT is_stage ORDER BY stage")
	if err != nil {
		return "", err
	}
	for _, word := range more {
		if contract.PlainWord(word) == contract.PlainWord(given) {
			return word, nil
		}
	}
	known = append(known, more...)
	return "", failure.Errorf(failure.Usage, "--stage: %q is not a stage of persons%s\nhint: the stages and words are %s", given, words.DidYouMean(given, known), strings.Join(known, ", "))
}

// unknownOwner is the error about an owner of nobody, and nil about one who has persons, but none in
// the batch.
func (r *Reader) unknownOwner(ctx context.Context, given string) error {
	known, err := r.engine.Texts(ctx, `
		SELECT DISTINCT owner FROM person_history WHERE owner IS NOT NULL
		UNION
		SELECT DISTINCT owner FROM leads WHERE owner IS NOT NULL
		ORDER BY owner`)
	if err != nil || slices.Contains(known, given) {
		return err
	}
	return failure.Errorf(failure.Usage, "--owner: %q owns no person of run %s%s\nhint: write the owner as stage_history or leads has it, or \"%s\"", given, r.Run, words.DidYouMean(given, known), NoOwner)
}
