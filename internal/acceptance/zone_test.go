package acceptance

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/job"
)

// runFiles runs the canonical files given, after change, and returns the directory of the run.
func runFiles(t *testing.T, files map[string]string, o config.Overrides, change func(*config.Job)) string {
	t.Helper()
	in := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(in, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	settings, _, err := config.FromDirectory(in)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(&settings)
	}
	o.Out = filepath.Join(t.TempDir(), "out")
	if settings, err = settings.With(o); err != nil {
		t.Fatal(err)
	}
	if _, err := job.Run(t.Context(), settings, job.Options{Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(o.Out, "runs", "000001")
}

// Worked by hand. In New York the deal is created on the evening of 1 March (22:00, UTC-5: 03:00 of
// the 2nd in UTC), so the rate of 1 March holds: 100.00 EUR x 1.10 = 110.00. It is won on 9 March,
// a date without a time, the day on which clocks go forward: its last microsecond is
// 03:59:59.999999 UTC of the 10th (UTC-4), and the rate of the 9th holds, 1.30. Of the two touches
// around that midnight the first still counts for revenue. The cost covers 8 to 11 March and as-of
// stands on the 9th in New York (but on the 10th in UTC): two of its four days are incurred, 2 x
// 10.00.
func TestReportingZoneDecidesDays(t *testing.T) {
	directory := runFiles(t, map[string]string{
		"touchpoints.csv": "touch_id,occurred_at,contact_id,channel\n" +
			"t1,2025-02-01T12:00:00Z,c1,Ads\n" +
			"t2,2025-03-10T03:59:59.999999Z,c1,Email\n" +
			"t3,2025-03-10T04:00:00Z,c1,Late\n",
		"opportunities.csv": "opportunity_id,account_id,created_at,closed_at,stage,amount,currency\n" +
			"o1,a1,2025-03-02T03:00:00Z,2025-03-09,Closed Won,100.00,EUR\n",
		"contacts.csv":       "contact_id,account_id\nc1,a1\n",
		"exchange_rates.csv": "currency,effective_on,rate\nEUR,2025-03-01,1.10\nEUR,2025-03-02,1.20\nEUR,2025-03-09,1.30\nEUR,2025-03-10,1.40\n",
		"costs.csv":          "starts_on,ends_on,channel,amount,currency\n2025-03-08,2025-03-11,Ads,40.00,USD\n",
	}, config.Overrides{AsOf: "2025-03-10T03:59:59.999999Z", From: "2025-03-01", To: "2025-03-09"}, func(settings *config.Job) {
		settings.Reporting.TimeZone = "America/New_York"
		settings.Reporting.Currency = "USD"
	})
	for _, r := range ReadReport(t, filepath.Join(directory, "reports", "reconciliation.csv")) {
		if r["model"] == "lead_creation" {
			continue // nothing says when the contact became a lead
		}
		if want := map[string]string{"pipeline": "110.00", "revenue": "130.00"}[r["conversion_type"]]; r["total"] != want || r["attributed"] != want {
			t.Errorf("%s under %s: total %s, attributed %s, want %s", r["conversion_type"], r["model"], r["total"], r["attributed"], want)
		}
	}
	seen := 0
	for _, r := range ReadReport(t, filepath.Join(directory, "reports", "channel_performance.csv")) {
		if r["model"] != "linear" || r["basis"] != "period" {
			continue
		}
		seen++
		want := map[string][3]string{"Ads": {"20.000000", "110.00", "65.00"}, "Email": {"0.000000", "0.00", "65.00"}}[r["channel"]]
		if got := [3]string{r["cost"], r["pipeline"], r["revenue"]}; got != want {
			t.Errorf("%s: cost, pipeline, revenue %v, want %v", r["channel"], got, want)
		}
		if r["period_start"] != "2025-03-01" || r["period_end"] != "2025-03-09" {
			t.Errorf("period %s to %s", r["period_start"], r["period_end"])
		}
	}
	if seen != 2 {
		t.Errorf("%d channels, want 2", seen)
	}
	// On the basis cohort the touch of February is outside the period, so only the one of 9 March
	// (in New York) counts.
	for _, r := range ReadReport(t, filepath.Join(directory, "reports", "channel_performance.csv")) {
		if r["model"] == "linear" && r["basis"] == "cohort" && r["channel"] == "Ads" && r["revenue"] != "0.00" {
			t.Errorf("cohort: Ads has revenue %s of a touch before the period", r["revenue"])
		}
		if r["model"] == "linear" && r["basis"] == "cohort" && r["channel"] == "Email" && r["revenue"] != "65.00" {
			t.Errorf("cohort: Email has revenue %s, want 65.00", r["revenue"])
		}
	}
}

// Ratios worked by hand, rounded once: 100.00 of cost over 3 credited opportunities is 33.333333; 1
// won deal of 250.00 makes ROAS 2.5 and ROI 1.5. A channel with cost and nothing else has ROI -1
// and no units; one without cost has no ratio at all.
func TestRatiosByHand(t *testing.T) {
	directory := runFiles(t, map[string]string{
		"touchpoints.csv": "touch_id,occurred_at,contact_id,channel\n" +
			"t1,2025-01-01T00:00:00Z,c1,Ads\nt2,2025-01-01T00:00:00Z,c2,Ads\nt3,2025-01-01T00:00:00Z,c3,Ads\nt4,2025-01-01T00:00:00Z,c4,Free\n",
		"contacts.csv": "contact_id,account_id\nc1,a1\nc2,a2\nc3,a3\nc4,a4\n",
		"opportunities.csv": "opportunity_id,account_id,created_at,closed_at,stage,amount,currency,opportunity_type\n" +
			"o1,a1,2025-01-02,2025-01-03,Closed Won,250.00,USD,\n" +
			"o2,a2,2025-01-02,,Open,10.00,USD,New Business\n" +
			"o3,a3,2025-01-02,,Open,10.00,USD,\n" +
			"o4,a4,2025-01-02,,Open,7.00,USD,\n" +
			"o5,a1,2025-01-02,2025-01-03,Closed Won,1000.00,USD,Renewal\n",
		"costs.csv": "starts_on,ends_on,channel,amount,currency\n2025-01-01,2025-01-01,Ads,100.00,USD\n2025-01-01,2025-01-01,Print,50.5,USD\n",
	}, config.Overrides{}, nil)
	want := map[string]map[string]string{
		"new_business Ads": {
			"cost": "100.000000", "opportunities": "3.000000", "won": "1.000000", "pipeline": "270.00", "open_pipeline": "20.00", "revenue": "250.00",
			"cost_per_opportunity": "33.333333", "cost_per_won": "100.000000", "cost_per_opportunity_all": "37.625000", "cost_per_won_all": "150.500000",
			"roas": "2.500000", "roi": "1.500000", "ratio_reason": "",
		},
		"new_business Print": {
			"cost": "50.500000", "opportunities": "0.000000", "won": "0.000000", "revenue": "0.00", "cost_per_opportunity": "", "cost_per_won": "",
			"roas": "0.000000", "roi": "-1.000000", "ratio_reason": "no_units",
		},
		"new_business Free": {
			"cost": "0.000000", "opportunities": "1.000000", "cost_per_opportunity": "", "roas": "", "roi": "", "ratio_reason": "no_cost",
		},
		"renewal Ads": {
			"cost": "0.000000", "won": "1.000000", "revenue": "1000.00", "roas": "", "cost_per_won_all": "", "ratio_reason": "no_cost",
		},
	}
	for _, basis := range []string{"period", "cohort"} {
		found := map[string]Row{}
		for _, r := range ReadReport(t, filepath.Join(directory, "reports", "channel_performance.csv")) {
			if r["model"] == "w_shaped" && r["basis"] == basis {
				found[r["opportunity_type"]+" "+r["channel"]] = r
			}
		}
		if len(found) != len(want) {
			t.Errorf("%s: %d rows, want %d", basis, len(found), len(want))
		}
		for key, columns := range want {
			for column, value := range columns {
				if got := found[key][column]; got != value {
					t.Errorf("%s, %s: %s is %q, want %q", basis, key, column, got, value)
				}
			}
		}
	}
}

// On 8 September 2024 clocks in Santiago skip midnight: the day begins at 04:00 UTC, as 01:00. The
// deal of 03:30 UTC is of the 7th.
func TestPeriodsBeginWhereClocksSkipMidnight(t *testing.T) {
	files := map[string]string{
		"touchpoints.csv": "touch_id,occurred_at,contact_id,channel\nt1,2024-09-08T02:30:00Z,c1,Ads\n",
		"contacts.csv":    "contact_id,account_id\nc1,a1\n",
		"opportunities.csv": "opportunity_id,account_id,created_at,closed_at,stage,amount,currency\n" +
			"o1,a1,2024-09-08T03:30:00Z,,Closed Lost,100.00,USD\no2,a1,2024-09-08T04:30:00Z,,Closed Lost,10.00,USD\n",
	}
	for _, c := range []struct{ from, to, want string }{
		{"2024-09-08", "", "10.00"}, {"", "2024-09-07", "100.00"}, {"2024-09-07", "2024-09-08", "110.00"},
	} {
		directory := runFiles(t, files, config.Overrides{From: c.from, To: c.to}, func(settings *config.Job) { settings.Reporting.TimeZone = "America/Santiago" })
		found := ""
		for _, r := range ReadReport(t, filepath.Join(directory, "reports", "channel_performance.csv")) {
			if r["model"] == "linear" && r["basis"] == "period" {
				found = r["pipeline"]
			}
		}
		if found != c.want {
			t.Errorf("from %q to %q: pipeline %q, want %s", c.from, c.to, found, c.want)
		}
	}
}
