package oracle

import (
	"strings"
	"testing"
)

func TestExcludedTouches(t *testing.T) {
	at := func(id, clock, channel, campaign, kind string) Touchpoint {
		return Touchpoint{TouchID: id, OccurredAt: "2025-02-01T" + clock + "Z", ContactID: "c1", Channel: channel, CampaignID: campaign, TouchType: kind}
	}
	list := func(w World) string {
		var parts []string
		for _, c := range run(t, w).Credits {
			if c.ConversionType == Pipeline && c.TouchID != "" {
				parts = append(parts, c.TouchID)
			}
		}
		return strings.Join(parts, " ")
	}
	w := oneDeal(at("a1", "10:00:00", "Email", "k1", "click"), at("a2", "10:30:00", "Email", "k1", "click"), at("a3", "10:30:00.000001", "Email", "k1", "click"),
		at("b1", "10:01:00", "Web", "k1", "click"), at("d1", "10:02:00", "Email", "k2", "click"), at("e1", "10:03:00", "Email", "k1", "open"))
	w.Options.DedupeWindowMinutes = 30
	// a2 repeats a1, to the end of the window; a3 repeats a2, which was not kept, so it is compared
	// with a1
	expect(t, "repeats", list(w), "a1 b1 d1 e1 a3")
	w.Touchpoints[3].Channel, w.Campaigns = "", []Campaign{{CampaignID: "k1", Channel: "Email"}}
	expect(t, "the campaign's channel", list(w), "a1 d1 e1 a3")
	w.Touchpoints[0].Status = "Sent" // not kept, so b1 is the first one, and a2 and a3 repeat it
	expect(t, "of an excluded one", list(w), "b1 d1 e1")

	w.Options = DefaultOptions()
	w.Touchpoints[0].Status = ""
	w.Options.TouchTypes = []string{"CLICK"}
	w.Touchpoints[4].TouchType = ""
	expect(t, "touch types", list(w), "a1 b1 a2 a3")

	w.Options.TouchTypes = nil
	w.Touchpoints[0].Status, w.Touchpoints[1].Status, w.Touchpoints[2].Status = "in-vited", "On List", "bounced"
	w.Options.Responses, w.Options.NotResponses = []string{"Invited"}, []string{"on list"}
	expect(t, "statuses", list(w), "a1 b1 d1 e1")

	w.Options = DefaultOptions()
	w.Options.BotBurst = BotBurst{Touches: 3, Seconds: 120}
	w.Touchpoints[2].Status = ""
	// a1 is no response and does not count; b1, d1 and e1 lie within 120 s; a2 and a3 are only two
	expect(t, "bursts", list(w), "a2 a3")
	w.Touchpoints[5].Status = "sent"
	expect(t, "one of three is no response", list(w), "b1 d1 a2 a3")
	w.Touchpoints[5].Status = ""
	w.Options.BotBurst.Seconds = 119
	expect(t, "a second less", list(w), "b1 d1 e1 a2 a3")
}
