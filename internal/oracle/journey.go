package oracle

import (
	"fmt"
	"slices"
	"strings"
)

// None stands for a missing channel or campaign, Unattributed for credit that no touch earned.
const (
	None         = "(none)"
	Unattributed = "(unattributed)"
	AllChannels  = "(all)"
)

// Reasons of unattributed credit, in the order in which they apply; NoTouchInScope and NoAnchor are a
// model's, not a journey's.
const (
	NoAccount           = "no_account"
	NoPeople            = "no_people"
	NoTouches           = "no_touches"
	OnlyExcluded        = "only_excluded"
	AfterConversionOnly = "after_conversion_only"
	OutsideLookback     = "outside_lookback"
	BeforeLastWin       = "before_last_win"
	NoTouchInScope      = "no_touch_in_scope"
	NoAnchor            = "no_anchor"
)

// touch is a touchpoint with its facts read.
type touch struct {
	id       string
	at       int64 // a bare date stands for the first instant of its day
	who      *person
	channel  string
	campaign string
	kind     string // touch_type
	status   string
	asset    string
	excluded bool
}

func (t *touch) direct() bool { return strings.EqualFold(t.channel, "direct") }

// readTouches reads all touches in journey order: occurred_at, then touch_id as bytes.
func readTouches(w World, p *people, channels campaignChannels) ([]*touch, error) {
	var touches []*touch
	for _, row := range w.Touchpoints {
		who, err := p.ofTouch(row)
		if err != nil {
			return nil, err
		}
		at, err := requiredInstant(row.OccurredAt, startOfDay)
		if err != nil {
			return nil, fmt.Errorf("touchpoints: touch %q: %w", row.TouchID, err)
		}
		channel := row.Channel
		if channel == "" {
			channel = channels[row.CampaignID]
		}
		touches = append(touches, &touch{id: row.TouchID, at: at, who: who, channel: orNone(channel),
			campaign: orNone(row.CampaignID), kind: row.TouchType, status: row.Status, asset: orNone(row.Asset)})
	}
	slices.SortFunc(touches, func(a, b *touch) int {
		if a.at != b.at {
			if a.at < b.at {
				return -1
			}
			return 1
		}
		return strings.Compare(a.id, b.id)
	})
	return touches, nil
}

// journey is the eligible touches of one conversion, in order, or the reason why there are none.
type journey struct {
	conversionType string
	ofPerson       bool      // then nothing is created or closed
	created        timestamp // of the opportunity
	anchor         timestamp
	path           string
	group          group // whose touches it may hold
	touches        []*touch
	reason         string
	lc             int // index of the lead creation touch, -1 when no touch holds it
}

// world is a World read: what journeys are made of.
type world struct {
	options Options
	people  *people
	touches []*touch
	deals   map[string]*deal
	asOf    int64
}

// group is the persons whose touches serve a conversion: how they came to it, and on which days
// they serve.
type group map[*person]service

// lookback is the first instant at which a touch may serve the opportunity.
func (w *world) lookback(d *deal) int64 {
	return d.created.at - int64(w.options.LookbackDays)*microsPerDay
}

// begins is the first instant at which a touch may be in the journey of the opportunity: by the
// look-back and, of the types so configured, after the last win of the account. That is the last
// instant of the latest win, reversals aside, of another opportunity that is not after the creation
// of this one, and before its own win.
func (w *world) begins(d *deal) int64 {
	first := w.lookback(d)
	if !slices.Contains(w.options.SinceLastWin, d.kind) || d.AccountID == "" {
		return first
	}
	for _, other := range w.deals {
		if other == d || other.AccountID != d.AccountID || !other.won || other.ReversesOpportunityID != "" || other.wonAt.start > w.asOf {
			continue
		}
		if other.wonAt.start <= d.created.at && (!d.won || other.wonAt.end < d.wonAt.start) {
			first = max(first, other.wonAt.end+1)
		}
	}
	return first
}

// step is one attempt at a buying group.
type step struct {
	path    string
	persons group
}

// buyingGroup lists the steps of the configured mode, in the order in which they are tried. A
// person with a role serves on every day, whatever its account.
func (w *world) buyingGroup(d *deal) []step {
	roles, account, both := group{}, group{}, group{}
	for _, who := range w.people.all {
		if s, serves := who.serves[d.AccountID]; serves && d.AccountID != "" {
			account[who], both[who] = s, s
		}
	}
	for _, who := range d.roles {
		roles[who], both[who] = always(RoleMethod), always(RoleMethod)
	}
	switch w.options.BuyingGroup {
	case Roles:
		return []step{{Roles, roles}}
	case AccountGroup:
		return []step{{AccountGroup, account}}
	case RolesAndAccount:
		return []step{{RolesAndAccount, both}}
	}
	return []step{{Roles, roles}, {AccountGroup, both}}
}

// journeyOf is the journey of one conversion: of the first step that has an eligible touch.
func (w *world) journeyOf(d *deal, conversionType string, anchor timestamp) *journey {
	j := &journey{conversionType: conversionType, created: d.created, anchor: anchor, lc: -1}
	steps := w.buyingGroup(d)
	for _, s := range steps {
		j.path, j.group = s.path, s.persons
		if j.touches = w.eligible(s.persons, w.begins(d), anchor); len(j.touches) > 0 {
			j.lc = w.leadCreation(j)
			return j
		}
	}
	everyone := group{}
	for _, s := range steps {
		for who, serves := range s.persons {
			all := everyone[who]
			all.stays = append(all.stays, serves.stays...)
			everyone[who] = all
		}
	}
	j.reason = w.reason(d, everyone, anchor)
	return j
}

// eligible lists the touches that count, in order. A touch on the day of an anchor that is a bare
// date is not after it.
func (w *world) eligible(persons group, earliest int64, anchor timestamp) []*touch {
	var all, others []*touch
	for _, t := range w.touches {
		if !persons.hold(t) || t.excluded || t.at < earliest || t.at > anchor.end {
			continue
		}
		all = append(all, t)
		if !t.direct() {
			others = append(others, t)
		}
	}
	if w.options.Direct == DirectFallbackOnly && len(others) > 0 {
		return others
	}
	return all
}

// hold reports whether the touch is of the group: of one of its persons, on a day on which that person
// serves.
func (g group) hold(t *touch) bool { return g[t.who].on(dayOf(t.at)) }

// reason is the first that applies, over the persons of all steps.
func (w *world) reason(d *deal, everyone group, anchor timestamp) string {
	if d.AccountID == "" && !d.hasRoles {
		return NoAccount
	}
	if len(everyone) == 0 {
		return NoPeople
	}
	found := w.reasonOfTouches(everyone, anchor)
	if found == OutsideLookback && len(w.eligible(everyone, w.lookback(d), anchor)) > 0 {
		return BeforeLastWin
	}
	return found
}

// reasonOfTouches is the first that applies to persons who are there.
func (w *world) reasonOfTouches(everyone group, anchor timestamp) string {
	touched, counting, before := false, false, false
	for _, t := range w.touches {
		if !everyone.hold(t) {
			continue
		}
		touched = true
		if !t.excluded {
			counting = true
			before = before || t.at <= anchor.end
		}
	}
	switch {
	case !touched:
		return NoTouches
	case !counting:
		return OnlyExcluded
	case !before:
		return AfterConversionOnly
	}
	return OutsideLookback
}

// leadCreation is the index of the LC touch: of the persons who became a lead not after the anchor
// and have a touch by then plus the grace, the earliest one's last such touch; ties go to the one
// whose touch comes last. Where only the day of the lead is known, a touch counts up to the end of
// that day.
func (w *world) leadCreation(j *journey) int {
	lastOf := map[*person]int{}
	for i, t := range j.touches {
		if t.who.becameLead && !t.who.leadAt.after(j.anchor) && t.at <= w.lastForLead(t.who.leadAt) {
			lastOf[t.who] = i
		}
	}
	best := -1
	for who, i := range lastOf {
		if best < 0 {
			best = i
			continue
		}
		bestAt := j.touches[best].who.leadAt.at
		if who.leadAt.at < bestAt || who.leadAt.at == bestAt && i > best {
			best = i
		}
	}
	return best
}

// lastForLead is the last instant at which a touch may have created the lead.
func (w *world) lastForLead(leadAt timestamp) int64 {
	if leadAt.start < leadAt.end {
		return leadAt.end
	}
	return leadAt.at + int64(w.options.LeadCreationGraceMinutes)*microsPerMinute
}
