package oracle

import (
	"fmt"
	"strings"
	"testing"
)

func TestChannelsOfCosts(t *testing.T) {
	w := oneDeal(touchAt("t1", "2025-02-01"), touchAt("t2", "2025-02-02"), touchAt("t3", "2025-02-03"))
	for i := range w.Touchpoints {
		w.Touchpoints[i].CampaignID = "k1"
	}
	w.Touchpoints[2].Status = "Sent" // excluded, and still a touch of the campaign
	w.Costs = []Cost{{StartsOn: "2025-02-01", EndsOn: "2025-02-01", CampaignID: "k1", Amount: "1"}}
	booked := func() string { return run(t, w).CostDays[0].Channel }
	expect(t, "all touches in one channel", booked(), "Email")
	w.Touchpoints[2].Channel = "Fair"
	expect(t, "in two", booked(), None)
	w.Touchpoints[2].Channel = ""
	expect(t, "one without", booked(), None)
	w.Costs[0].Channel = "Radio"
	expect(t, "the row's", booked(), "Radio")
	w.Campaigns = []Campaign{{CampaignID: "k1", Channel: "Webinar"}}
	expect(t, "the campaign's own", booked(), "Webinar")
	w.Costs[0].CampaignID = "k2"
	w.Costs[0].Channel = ""
	expect(t, "no touches", booked(), None)
}

func TestForeignCosts(t *testing.T) {
	w := oneDeal(touchAt("t1", "2025-02-01"))
	w.Options.ReportingCurrency = "USD"
	w.ExchangeRates = []ExchangeRate{{"EUR", "2025-01-01", "1.5"}, {"EUR", "2025-04-03", "1.1"}, {"EUR", "2025-04-04", "1.1"}}
	w.Costs = []Cost{{StartsOn: "2025-04-01", EndsOn: "2025-04-05", Channel: "Fair", Amount: "0.000005", Currency: "EUR"}}
	days := func(asOf string) string {
		w.Options.AsOf = asOf
		var parts []string
		for _, d := range run(t, w).CostDays {
			parts = append(parts, fmt.Sprint(dayText(d.Day)[8:], "=", d.Micros))
		}
		return strings.Join(parts, " ")
	}
	// 1 micro each day. Two days at 1.5 are 3, spread as 2 and 1; three at 1.1 are 3.3, converted
	// to 3
	expect(t, "two runs", days("2025-12-31"), "01=2 02=1 03=1 04=1 05=1")
	expect(t, "no days after as-of", days("2025-04-01T00:00:00Z"), "01=2")
	w.Options.From, w.Options.To = "2025-04-02", "2025-04-03" // the period only chooses among the days
	expect(t, "a period", days("2025-12-31"), "02=1 03=1")
	w.Options.From, w.Options.To = "", ""
	w.Costs[0].Amount = "0.000007" // 1, 2, 1, 2, 1: 3 at 1.5 are 4.5, so 5; 4 at 1.1 are 4.4, so 4
	expect(t, "what the days hold together", days("2025-12-31"), "01=3 02=2 03=1 04=2 05=1")
	w.Costs[0].Currency = "USD"
	expect(t, "the reporting currency", days("2025-12-31"), "01=1 02=2 03=1 04=2 05=1")
	w.Costs[0].Currency = "EUR"
	w.ExchangeRates[0].EffectiveOn = "2025-04-02"
	if _, err := Run(w); err == nil || !strings.Contains(err.Error(), "no rate") {
		t.Errorf("a missing rate: %v", err)
	}
}
