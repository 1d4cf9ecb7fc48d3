package explain

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
)

func readConversions(ctx context.Context, eng *engine.Engine, unit converted) ([]Conversion, error) {
	var found []Conversion
	err := eng.Each(ctx, queryText("conversions"), func(scan engine.Scan) error {
		var c Conversion
		var value sql.NullInt64
		var created, lastWin sql.NullTime
		if err := scan(&c.Type, &c.OpportunityType, &created, &c.ConvertedAt, &c.LookbackFrom, &c.IsCounted, &value, &c.Currency, &c.Path, &c.Reason, &c.JourneyOf, &c.IsReversal, &c.until, &lastWin); err != nil {
			return err
		}
		if value.Valid {
			c.ValueMinor = &value.Int64
		}
		if created.Valid {
			c.CreatedAt = &created.Time
		}
		if lastWin.Valid {
			c.LastWinAt = &lastWin.Time
		}
		found = append(found, c)
		return nil
	}, unit.id, unit.isPerson)
	if err != nil {
		return nil, fmt.Errorf("reading conversions: %w", err)
	}
	return found, nil
}

// consider lists every touch of every person of the buying group, or of the one person, with the
// reason why it counts or not, and returns the journey: pointers to those that count, in order.
func (c *Conversion) consider(ctx context.Context, eng *engine.Engine, unit converted, of string, source Conversion) ([]*Considered, error) {
	number := 0
	err := eng.Each(ctx, queryText("considered"), func(scan engine.Scan) error {
		var t Considered
		var isDirect, inPath, isMember, counts bool
		var lead, leadFrom, leadUntil sql.NullInt64
		if err := scan(&t.TouchID, &t.OccurredAt, &t.Channel, &t.CampaignID, &t.PersonID, &t.NamedBy, &isDirect,
			&t.status, &t.excluded, &t.MatchMethod, &inPath, &isMember, &lead, &leadFrom, &leadUntil, &counts, &t.facts.TouchType); err != nil {
			return err
		}
		t.touch = credit.Touch{OccurredUS: t.OccurredAt.UnixMicro(), LeadUS: credit.Never, Direct: isDirect}
		if lead.Valid {
			t.touch.LeadUS, t.touch.LeadFromUS, t.touch.LeadUntilUS = lead.Int64, leadFrom.Int64, leadUntil.Int64
		}
		if counts {
			number++
			t.Number = number
		}
		t.Why = t.why(c, source, inPath, isMember)
		c.Considered = append(c.Considered, t)
		return nil
	}, source.Path, of, unit.id, c.Type, unit.isPerson)
	if err != nil {
		return nil, fmt.Errorf("reading the touchpoints of the buying group: %w", err)
	}
	var journey []*Considered
	for i := range c.Considered {
		if c.Considered[i].Number > 0 {
			journey = append(journey, &c.Considered[i])
		}
	}
	return journey, nil
}

// why says in words why a touch counts or not; the order is that of docs/reference/journeys.md,
// "Journeys".
func (t *Considered) why(c *Conversion, source Conversion, inPath, isMember bool) string {
	switch {
	case t.Number > 0:
		return "counts"
	case !c.IsCounted:
		return "the conversion is after as-of"
	case t.excluded == "status":
		return fmt.Sprintf("excluded: status %q is not a response", t.status)
	case t.excluded != "":
		return "excluded: " + t.excluded
	case !isMember:
		return "its person did not belong to the account then"
	case t.OccurredAt.After(source.until):
		return "after the conversion"
	case t.OccurredAt.Before(source.LookbackFrom):
		return "before the look-back window"
	case source.LastWinAt != nil && !t.OccurredAt.After(*source.LastWinAt):
		return "not after the account's last win"
	case !inPath:
		return "its person is not in the part of the buying group that is used: path " + source.Path
	case t.touch.Direct:
		return "direct, and something else is in the journey"
	}
	return "does not count"
}

// model recomputes weights and credit under every model, and holds them against what was published.
func (c *Conversion) model(ctx context.Context, eng *engine.Engine, unit converted, journey []*Considered, source Conversion, settings config.Job, list []credit.Model) error {
	var touches []credit.Touch
	var channels []string
	for _, t := range journey {
		channel := slices.Index(channels, t.Channel)
		if channel < 0 {
			channels, channel = append(channels, t.Channel), len(channels)
		}
		t.touch.Channel = int32(channel)
		touches = append(touches, t.touch)
	}
	created := credit.NoOpportunity
	if source.CreatedAt != nil {
		created = source.CreatedAt.UnixMicro()
	}
	milestones := credit.Milestones{
		CreatedUS: created, AnchorUS: source.until.UnixMicro(),
		GraceUS: (time.Duration(settings.Journey.LeadCreationGraceMinutes) * time.Minute).Microseconds(), IsRevenue: c.Type == "revenue",
	}
	seen := credit.NewJourney(touches, milestones)
	for a, touch := range seen.Anchors {
		if touch >= 0 {
			journey[touch].Anchors = append(journey[touch].Anchors, credit.Anchor(a).String())
		}
	}
	groupOf := settings.GroupOf()
	for _, m := range list {
		w := make([]uint64, len(touches))
		made := ModelCredit{Model: m.Name, Doc: m.Doc, Weights: w}
		if m.Sees == nil {
			m.Weights(seen, w)
		} else {
			made.weighInScope(m, journey, milestones, groupOf)
		}
		var err error
		if made.Millionths, err = credit.Allocate(c.Units(), w); err != nil {
			return fmt.Errorf("model %s: %w", m.Name, err)
		}
		made.NoAnchor = made.Millionths == nil && !made.OutOfScope
		if err := c.compare(ctx, eng, unit, m.Name+"_millionths", made.Millionths, len(journey)); err != nil {
			return err
		}
		if c.ValueMinor != nil {
			if made.Minor, err = credit.Allocate(*c.ValueMinor, w); err != nil {
				return fmt.Errorf("model %s: %w", m.Name, err)
			}
			if err := c.compare(ctx, eng, unit, m.Name+"_minor", made.Minor, len(journey)); err != nil {
				return err
			}
		}
		c.Models = append(c.Models, made)
	}
	return nil
}

// weighInScope weighs the touches that a model with a scope sees, and notes those that it does not.
func (made *ModelCredit) weighInScope(m credit.Model, journey []*Considered, milestones credit.Milestones, groupOf func(string) string) {
	var touches []credit.Touch
	var seen []int
	made.IsScoped = true
	for i, t := range journey {
		facts := t.facts
		facts.Channel, facts.CampaignID, facts.SourceGroup = t.Channel, t.CampaignID, groupOf(t.Channel)
		if m.Sees(facts) {
			touches, seen = append(touches, t.touch), append(seen, i)
		} else {
			made.Unseen = append(made.Unseen, i+1)
		}
	}
	if made.OutOfScope = len(seen) == 0; made.OutOfScope {
		return
	}
	weights := make([]uint64, len(seen))
	m.Weights(credit.NewJourney(touches, milestones), weights)
	for i, at := range seen {
		made.Weights[at] = weights[i]
	}
}

// Units is the count credit of the conversion, in millionths: none for a reversal.
func (c *Conversion) Units() int64 {
	if c.IsReversal {
		return 0
	}
	return 1_000_000
}

// compare holds recomputed credit against the published one; nil is credit that no touch earns.
func (c *Conversion) compare(ctx context.Context, eng *engine.Engine, unit converted, column string, recomputed []int64, touches int) error {
	var published []int64
	err := eng.Each(ctx, "SELECT "+engine.Name(column)+` FROM credits
		WHERE unit_id = ? AND is_person = ? AND conversion_type = ? AND touch_id IS NOT NULL ORDER BY occurred_at, touch_id`, func(scan engine.Scan) error {
		var minor int64
		if err := scan(&minor); err != nil {
			return err
		}
		published = append(published, minor)
		return nil
	}, unit.id, unit.isPerson, c.Type)
	if err != nil {
		return fmt.Errorf("reading credits: %w", err)
	}
	if recomputed == nil {
		recomputed = make([]int64, touches)
	}
	if !slices.Equal(published, recomputed) {
		return failure.Errorf(failure.Check, "%s of %q, %s: published credit %v, recomputed %v: the run was made by another version, or was changed\nhint: check the run with `tributary verify`", c.Type, unit.id, column, published, recomputed)
	}
	return nil
}
