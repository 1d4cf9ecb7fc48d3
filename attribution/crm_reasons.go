package attribution

import (
	"context"
	"fmt"

	"github.com/tributary-engine/tributary/internal/engine"
)

// A crmReason is the reason why the primary model credits nothing to a campaign (or channel) to which
// the CRM gives a part of an opportunity. The lowest value that applies to any touchpoint is taken, so
// reasons of touchpoints that were closest to getting credit come first.
type crmReason int8

const (
	noWeight        crmReason = iota // it is in the journey, and the model gives it nothing
	notAResponse                     // in the window, of the buying group; its status is no response
	excludedTouch                    // in the window, of the buying group; it does not count for another reason
	afterConversion                  // of the buying group, after the conversion
	beforeLookback                   // of the buying group, before the look-back
	roleMissing                      // of a person of the account that has no role, where the journey is that of the roles
	otherPeople                      // of people who belong neither to the buying group nor to the account
	noTouches                        // there is none in the whole input
)

// crmReasons are the names of the reasons in tables.
var crmReasons = []string{
	noWeight: "no_weight_in_model", notAResponse: "touch_not_a_response", excludedTouch: "touch_excluded", afterConversion: "after_conversion",
	beforeLookback: "before_lookback", roleMissing: "role_missing", otherPeople: "other_people", noTouches: "no_touches",
}

// A claim is a row of crm_unmatched. Only one of campaign and channel is given; the other is -2.
type claim struct{ conversion, campaign, channel int32 }

// notClaimed is the campaign of a claim to a channel, and the channel of one to a campaign.
const notClaimed = int32(-2)

func (c claim) isOf(k *kind) bool {
	if c.channel != notClaimed {
		return k.channel == c.channel
	}
	return k.campaign == c.campaign
}

// storeCRMReasons makes crm_reasons: why each row of crm_unmatched has no credit.
func (p *pass) storeCRMReasons(ctx context.Context, eng *engine.Engine) error {
	claims, err := int32Columns(ctx, eng, 3, `
		SELECT CAST(conversion_key AS INTEGER), COALESCE(campaign_key, -2), COALESCE(channel_key, -2)
		FROM crm_unmatched
		ORDER BY 1, 2, 3`)
	if err != nil {
		return fmt.Errorf("reading what the CRM claims: %w", err)
	}
	b := engine.NewTable("conversion_key BIGINT", "campaign_key INTEGER", "channel_key INTEGER", "reason VARCHAR")
	claimed := func(key int32) any {
		if key == notClaimed {
			return nil
		}
		return key
	}
	campaigns, channels := map[int32]bool{}, map[int32]bool{}
	for i := range p.touches.kinds {
		campaigns[p.touches.kinds[i].campaign], channels[p.touches.kinds[i].channel] = true, true
	}
	for i := range claims[0] {
		c := claim{claims[0][i], claims[1][i], claims[2][i]}
		reason := noTouches
		if campaigns[c.campaign] || channels[c.channel] {
			reason = p.reasonOf(c)
		}
		b.Add(c.conversion, claimed(c.campaign), claimed(c.channel), crmReasons[reason])
	}
	return eng.StoreTable(ctx, "crm_reasons", b)
}

// reasonOf looks at the touches of the buying group whose journey the conversion uses, then at those
// of the whole account.
func (p *pass) reasonOf(c claim) crmReason {
	source := &p.conversions[p.conversions[c.conversion].source]
	step := int(p.journeys[c.conversion].path) - 1
	if step < 0 { // no step has a touch that counts: the last one has the persons of every earlier one
		step = len(p.groups.steps) - 1
	}
	reason := otherPeople
	p.groups.each(source.opportunity, step, func(m member) { reason = min(reason, p.nearest(c, m, source)) })
	if account := p.groups.accountOf[source.opportunity]; reason == otherPeople && account != noAccount && !p.groups.steps[step].usesAccount {
		for _, m := range p.groups.accounts[account] {
			if p.nearest(c, m, source) != otherPeople {
				return roleMissing
			}
		}
	}
	return reason
}

// nearest returns the lowest reason of the touchpoints of a member; it is otherPeople if the member
// has no touchpoint of the campaign in the time in which it belongs to the group.
func (p *pass) nearest(c claim, m member, conv *conversion) crmReason {
	reason := otherPeople
	for _, s := range p.touches.run(m.person) {
		k := &p.touches.kinds[s.kind]
		if !c.isOf(k) || s.us < m.fromUS || s.us > m.tillUS {
			continue
		}
		switch {
		case s.us > conv.anchorUntilUS:
			reason = min(reason, afterConversion)
		case s.us < conv.windowFromUS:
			reason = min(reason, beforeLookback)
		case k.exclusion == noResponse && p.touches.persons[m.person].exclusion == 0:
			reason = min(reason, notAResponse)
		case k.exclusion != 0 || p.touches.persons[m.person].exclusion != 0 || p.isLeftOut(k, &p.journeys[c.conversion]):
			reason = min(reason, excludedTouch)
		default:
			reason = noWeight
		}
	}
	return reason
}

// isLeftOut reports whether a touchpoint was left out because it is direct and the journey has
// others. A journey that has only direct touchpoints begins with one.
func (p *pass) isLeftOut(k *kind, j *journey) bool {
	return k.isDirect && p.options.Journey.Direct == "fallback_only" && j.touches > 0 && !p.touches.kinds[j.firstKind].isDirect
}
