package dossier

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

// noOwner is how a batch asks for persons whom nobody owns.
const noOwner = "(no owner)"

// A Batch is the persons who entered a stage, those who entered last first.
type Batch struct {
	Stage   string // as the funnel names it; of other words, as the history has it
	Members []Member
}

// A Member of a batch: the last entry for which it is in there, and its owner at as-of.
type Member struct {
	PersonID string
	Owner    Text
	Entered  Entry
}

// Persons are the person ids of a batch, in its order.
func (b Batch) Persons() []string {
	persons := make([]string, len(b.Members))
	for i, m := range b.Members {
		persons[i] = m.PersonID
	}
	return persons
}

// Batch lists the persons who entered a stage (of persons, or another word of their history; empty:
// the one that hands leads over to sales) since an instant, and who belong to an owner (empty:
// anybody's; "(no owner)": nobody's). Persons that are in no report (own domains, test accounts) are left
// out.
func (r *Reader) Batch(ctx context.Context, stage, owner string, since time.Time) (Batch, error) {
	var b Batch
	var err error
	if b.Stage, err = r.stage(ctx, stage); err != nil {
		return b, err
	}
	err = r.rows(ctx, "batch", func(scan engine.Scan) error {
		m := Member{Entered: Entry{Stage: b.Stage}}
		if err := scan(&m.PersonID, &m.Owner, &m.Entered.At.Time); err != nil {
			return err
		}
		if owner == "" || string(m.Owner) == owner || m.Owner == "" && owner == noOwner {
			b.Members = append(b.Members, m)
		}
		return nil
	}, b.Stage, since)
	if err != nil || len(b.Members) > 0 || owner == "" || owner == noOwner {
		return b, err
	}
	return b, r.knowsOwner(ctx, owner)
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

// knowsOwner fails if no row of the run names the owner.
func (r *Reader) knowsOwner(ctx context.Context, given string) error {
	known, err := r.engine.Texts(ctx, `
		SELECT DISTINCT owner FROM person_history WHERE owner IS NOT NULL
		UNION
		SELECT DISTINCT owner FROM leads WHERE owner IS NOT NULL
		ORDER BY owner`)
	if err != nil || slices.Contains(known, given) {
		return err
	}
	return failure.Errorf(failure.Usage, "--owner: %q owns no person of run %s%s\nhint: write the owner as stage_history or leads has it, or \"%s\"", given, r.Run, words.DidYouMean(given, known), noOwner)
}
