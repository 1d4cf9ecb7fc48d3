package config_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/config"
)

func TestGates(t *testing.T) {
	job, err := config.Parse("t.yaml", []byte(`
gates:
  rows-fell: {opportunities: {warn: 2%, refuse: 10%}, touchpoints: off}
  campaign-unknown: refuse
  lag: {warn: 31d}
  nothing-attributed: {refuse: 5}
freshness: {touchpoints: 3d}
closed_through: 2025-03-31
`))
	if err != nil {
		t.Fatal(err)
	}
	want := config.Gates{
		"rows-fell":          {"opportunities": {Warn: "2%", Refuse: "10%"}, "touchpoints": {Severity: "off"}},
		"campaign-unknown":   {"": {Severity: "refuse"}},
		"lag":                {"": {Warn: "31d"}},
		"nothing-attributed": {"": {Refuse: "5"}},
	}
	if diff := cmp.Diff(want, job.Gates); diff != "" {
		t.Error(diff)
	}
	if job.Freshness["touchpoints"] != "3d" || job.ClosedThrough != "2025-03-31" {
		t.Error(job.Freshness, job.ClosedThrough)
	}
	roundTrip(t, job)
	for text, want := range map[config.Limit]float64{"2%": 0.02, "31d": 31, "20": 20, "0.5": 0.5} {
		if got := text.Number(); got == nil || *got != want {
			t.Errorf("%s: got %v, want %v", text, got, want)
		}
	}
	if config.Limit("").Number() != nil {
		t.Error("no limit is a number")
	}
}

func TestGatesSayWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"gates: {rows-fell: {touchpoint: off}}":            "touchpoints",
		"gates: {rows-fell: loud}":                         "loud",
		"gates: {rows-fell: {warn: much}}":                 "much",
		"gates: {rows-fell: {warn: 2%, touchpoints: off}}": "for all tables and rules for single tables",
		"freshness: {touchpoint: 3d}":                      "touchpoints",
		"freshness: {touchpoints: soon}":                   "soon",
		"closed_through: 2025-02-30":                       "2025-02-30",
	} {
		if _, err := config.Parse("t.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want something of %q", text, err, want)
		}
	}
}
