package attribution

// Reasons are the reasons for unattributed credit. The first one that applies is taken. The last two
// depend on the model.
var Reasons = []string{
	"no_account", "no_people", "no_touches", "only_excluded", "after_conversion_only", "outside_lookback", "before_last_win",
	"no_touch_in_scope", "no_anchor",
}

const (
	reasonNoAccount = int8(iota)
	reasonNoPeople
	reasonNoTouches
	reasonOnlyExcluded
	reasonAfterConversionOnly
	reasonOutsideLookback
	reasonBeforeLastWin
	noTouchInScope
	noAnchor
)

// reason returns why a conversion has no journey: the first of Reasons that applies. For an
// opportunity, the last step decides, because it has the persons of every earlier step.
func (l *journeyBuilder) reason(c *conversion) int8 {
	seen := seen{touches: l.touches}
	if c.person >= 0 {
		seen.people = true
		seen.add(alwaysMember(c.person, byPerson))
	} else {
		if l.groups.accountOf[c.opportunity] == noAccount && len(l.groups.rolesOf[c.opportunity]) == 0 {
			return reasonNoAccount
		}
		last := len(l.groups.steps) - 1
		seen.people = l.groups.hasPeople(c.opportunity, last)
		l.groups.each(c.opportunity, last, seen.add)
	}
	switch {
	case !seen.people:
		return reasonNoPeople
	case !seen.touched:
		return reasonNoTouches
	case !seen.counted:
		return reasonOnlyExcluded
	case seen.firstUS > c.anchorUntilUS:
		return reasonAfterConversionOnly
	case l.hasTouchBefore(c):
		return reasonBeforeLastWin
	}
	return reasonOutsideLookback
}

// hasTouchBefore reports whether a touch of the conversion's persons, those of the last step, lies in
// the look-back but not after the last win of the account.
func (l *journeyBuilder) hasTouchBefore(c *conversion) bool {
	if c.lookbackFromUS >= c.windowFromUS {
		return false
	}
	before := *c
	before.windowFromUS, before.anchorUntilUS = c.lookbackFromUS, min(c.windowFromUS-1, c.anchorUntilUS)
	l.steps, l.bounds = l.steps[:0], l.bounds[:0]
	l.groups.each(c.opportunity, len(l.groups.steps)-1, func(m member) { l.take(m, &before) })
	found := len(l.steps) > 0
	l.steps, l.bounds = l.steps[:0], l.bounds[:0]
	return found
}

// seen collects facts about the touchpoints of the persons of a conversion, in or out of its window.
type seen struct {
	touches                  *touches
	people, touched, counted bool
	firstUS                  int64 // the first touch that counts
}

// add looks at the touches of a member in its time.
func (s *seen) add(m member) {
	for _, t := range s.touches.run(m.person) {
		if t.us < m.fromUS || t.us > m.tillUS {
			continue
		}
		s.touched = true
		if s.touches.persons[m.person].exclusion == 0 && s.touches.kinds[t.kind].exclusion == 0 {
			if !s.counted || t.us < s.firstUS {
				s.firstUS = t.us
			}
			s.counted = true
			return
		}
	}
}
