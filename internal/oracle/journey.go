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

// Reasons of unattributed credit, in the order in which they apply; NoAnchor is a model's, not a journey's.
const (
	NoAccount           = "no_account"
	NoPeople            = "no_people"
	NoTouches           = "no_touches"
	OnlyExcluded        = "only_excluded"
	AfterConversionOnly = "after_conversion_only"
	OutsideLookback     = "outside_lookback"
	NoAnchor            = "no_anchor"
)

// touch is a touchpoint with its facts read.
type touch struct {
	id       string
	at       int64
	who      *person
	channel  string
	campaign string
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
			campaign: orNone(row.CampaignID), excluded: !isResponse(row.Status)})
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

// exclude marks the touches that never count, whatever their time. It runs once persons are settled.
func exclude(touches []*touch, o Options) {
	for _, t := range touches {
		if t.who.internal || o.Direct == DirectExclude && t.direct() {
			t.excluded = true
		}
	}
}

func isResponse(status string) bool {
	switch bareWord(status) {
	case "sent", "delivered", "invited", "planned", "queued", "bounced", "unsubscribed", "noshow":
		return false
	}
	return true
}

// journey is the eligible touches of one conversion, in order, or the reason why there are none.
type journey struct {
	conversionType string
	ofPerson       bool  // then nothing is created or closed
	created        int64 // of the opportunity
	anchor         int64
	path           string
	touches        []*touch
	reason         string
	lc             int // index of the lead creation touch, -1 when no touch holds it
}

// world is a World read: what journeys are made of.
type world struct {
	options     Options
	people      *people
	touches     []*touch
	deals       map[string]*deal
	dealHistory map[string][]stageAt
	asOf        int64
}

// step is one attempt at a buying group.
type step struct {
	path    string
	persons map[*person]bool
}

// buyingGroup lists the steps of the configured mode, in the order in which they are tried.
func (w *world) buyingGroup(d *deal) []step {
	roles, account, both := map[*person]bool{}, map[*person]bool{}, map[*person]bool{}
	for _, who := range d.roles {
		roles[who], both[who] = true, true
	}
	for _, who := range w.people.all {
		if d.AccountID != "" && who.account == d.AccountID {
			account[who], both[who] = true, true
		}
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
func (w *world) journeyOf(d *deal, conversionType string, anchor int64) *journey {
	j := &journey{conversionType: conversionType, created: d.created, anchor: anchor, lc: -1}
	steps := w.buyingGroup(d)
	for _, s := range steps {
		j.path = s.path
		if j.touches = w.eligible(s.persons, d.created-int64(w.options.LookbackDays)*microsPerDay, anchor); len(j.touches) > 0 {
			j.lc = w.leadCreation(j)
			return j
		}
	}
	everyone := map[*person]bool{}
	for _, s := range steps {
		for who := range s.persons {
			everyone[who] = true
		}
	}
	j.reason = w.reason(d, everyone, anchor)
	return j
}

func (w *world) eligible(persons map[*person]bool, earliest, anchor int64) []*touch {
	var all, others []*touch
	for _, t := range w.touches {
		if !persons[t.who] || t.excluded || t.at < earliest || t.at > anchor {
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

// reason is the first that applies, over the persons of all steps.
func (w *world) reason(d *deal, everyone map[*person]bool, anchor int64) string {
	if d.AccountID == "" && !d.hasRoles {
		return NoAccount
	}
	if len(everyone) == 0 {
		return NoPeople
	}
	return w.reasonOfTouches(everyone, anchor)
}

// reasonOfTouches is the first that applies to persons who are there.
func (w *world) reasonOfTouches(everyone map[*person]bool, anchor int64) string {
	touched, counting, before := false, false, false
	for _, t := range w.touches {
		if !everyone[t.who] {
			continue
		}
		touched = true
		if !t.excluded {
			counting = true
			before = before || t.at <= anchor
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

// leadCreation is the index of the LC touch: of the persons who became a lead by the anchor and have a touch
// by then plus the grace, the earliest one's last such touch; ties go to the one whose touch comes last.
func (w *world) leadCreation(j *journey) int {
	grace := int64(w.options.LeadCreationGraceMinutes) * microsPerMinute
	lastOf := map[*person]int{}
	for i, t := range j.touches {
		if t.who.becameLead && t.who.leadAt <= j.anchor && t.at <= t.who.leadAt+grace {
			lastOf[t.who] = i
		}
	}
	best := -1
	for who, i := range lastOf {
		if best < 0 {
			best = i
			continue
		}
		bestAt := j.touches[best].who.leadAt
		if who.leadAt < bestAt || who.leadAt == bestAt && i > best {
			best = i
		}
	}
	return best
}
