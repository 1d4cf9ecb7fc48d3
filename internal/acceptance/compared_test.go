package acceptance

import (
	"testing"

	"github.com/tributary-engine/tributary/reports"
)

// comparedAlone are the reports that the oracle judges in a comparison of their own, by the function
// that compares them; alignedReports has the others.
var comparedAlone = map[string]string{
	"reconciliation":        "compareReconciliation",
	"channel_performance":   "comparePerformance",
	"campaign_performance":  "comparePerformance",
	"monthly_performance":   "comparePerformance",
	"dimension_performance": "compareDimensions",
	"sourced_influenced":    "compareSourced",
	"funnel":                "compareFunnel",
	"coverage":              "compareCoverage",
	"value_after_win":       "compareValueAfterWin",
}

// notCompared are the reports that the oracle does not judge, and why that is enough.
var notCompared = map[string]string{
	"crm_attribution":           "every reason is worked by hand in testdata/trial/crm-influence-every-reason, and crm_ties_out ties the amounts to credit",
	"crm_attribution_campaigns": "sums of crm_attribution, which a check of every run adds up again",
	"plan_rates":                "hand-worked stage cases (planning.txt); its entries and conversions are those of the funnel",
	"capacity_weeks":            "hand-worked stage cases (planning.txt)",
	"weekly":                    "it repeats figures of other reports: hand-worked stage cases (weekly.txt)",
	"channel_mapping":           "worlds have no rules for channels; channel_mapping_ties_out ties its revenue to channel_performance",
	"buying_group_sensitivity":  "TestSensitivityIsWhatARunWithThePolicySays compares it with runs that the oracle judges",
	"identity_conflicts":        "it lists contradictions, and has no figures of credit",
	"touch_lag":                 "worlds have no touch_corrections",
	"findings":                  "it is about the run and the one before, and is tested by cmd/tributary",
	"data_quality":              "it is about the input, and is tested by cmd/tributary",
}

// Every report is compared with the oracle, or is an exception with its reason.
func TestEveryReportIsComparedOrAnException(t *testing.T) {
	aligned := map[string]string{}
	for _, r := range alignedReports {
		aligned[r.name] = "alignedReports"
	}
	lists := []map[string]string{aligned, comparedAlone, notCompared}
	known := map[string]bool{}
	for _, r := range reports.All() {
		known[r.Name] = true
		found := 0
		for _, list := range lists {
			if list[r.Name] != "" {
				found++
			}
		}
		if found != 1 {
			t.Errorf("the report %s is in %d of alignedReports, comparedAlone and notCompared, and should be in one: compare it with the oracle, or say in notCompared why another test is enough", r.Name, found)
		}
	}
	for _, list := range lists {
		for name := range list {
			if !known[name] {
				t.Errorf("%s is no report", name)
			}
		}
	}
}
