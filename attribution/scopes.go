package attribution

import (
	"context"
	"fmt"
	"slices"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/engine"
)

// A scope is the touches that a model sees, by kind: a bool for each of touches.kinds. Models that see
// the same touches share one scope; nil sees every touch.
type scope struct{ kinds []bool }

// readScopes returns the scope of each model. If no model has one, it reads nothing.
func readScopes(ctx context.Context, eng *engine.Engine, t *touches, models []credit.Model) ([]*scope, error) {
	if !slices.ContainsFunc(models, func(m credit.Model) bool { return m.Sees != nil }) {
		return nil, nil
	}
	kinds, err := readFacts(ctx, eng)
	if err != nil {
		return nil, fmt.Errorf("reading what models see of touchpoints: %w", err)
	}
	scopes := make([]*scope, len(models))
	for m, model := range models {
		if model.Sees == nil {
			continue
		}
		s := &scope{kinds: make([]bool, len(t.kinds))}
		for i := range s.kinds {
			s.kinds[i] = model.Sees(kinds[i%t.distinct]) // a kind is there again for each rule that marks touches
		}
		same := slices.IndexFunc(scopes[:m], func(other *scope) bool { return other != nil && slices.Equal(other.kinds, s.kinds) })
		if same >= 0 {
			s = scopes[same]
		}
		scopes[m] = s
	}
	return scopes, nil
}

// readFacts reads the facts about each kind of touchpoints that scopes can use.
func readFacts(ctx context.Context, eng *engine.Engine) ([]credit.Facts, error) {
	var kinds []credit.Facts
	err := eng.Each(ctx, `
		SELECT COALESCE(f.touch_type, '(none)'), c.channel, p.campaign_id, c.source_group
		FROM touch_kind_facts AS f
		INNER JOIN channels AS c ON c.channel_key = f.channel_key
		INNER JOIN campaign_keys AS p ON p.campaign_key = f.campaign_key
		ORDER BY f.kind`, func(scan engine.Scan) error {
		var f credit.Facts
		if err := scan(&f.TouchType, &f.Channel, &f.CampaignID, &f.SourceGroup); err != nil {
			return err
		}
		kinds = append(kinds, f)
		return nil
	})
	return kinds, err
}

// A scopedJourney has the touchpoints of the current journey that the models of one scope see.
type scopedJourney struct {
	of      *scope // nil: none yet
	seen    []int  // places in the journey
	touches []credit.Touch
	weights []uint64
	journey credit.Journey
}

// build sets s to the touchpoints that the models of a scope see. It returns false if they see none.
func (s *scopedJourney) build(of *scope, steps []step, touches []credit.Touch, m credit.Milestones) bool {
	if s.of == of {
		return len(s.seen) > 0
	}
	s.of, s.seen, s.touches = of, s.seen[:0], s.touches[:0]
	for i, step := range steps {
		if of.kinds[step.kind] {
			s.seen, s.touches = append(s.seen, i), append(s.touches, touches[i])
		}
	}
	if len(s.seen) == 0 {
		return false
	}
	s.journey.Build(s.touches, m)
	return true
}

// weigh sets the weights of the touchpoints that a model sees. w has one weight per touchpoint of
// the whole journey, and is zero before.
func (s *scopedJourney) weigh(m *credit.Model, w []uint64) {
	s.weights = append(s.weights[:0], make([]uint64, len(s.seen))...)
	m.Weights(&s.journey, s.weights)
	for i, at := range s.seen {
		w[at] = s.weights[i]
	}
}
