package config

import (
	"slices"
	"testing"
)

func TestSettingsAreTheKeysWithValues(t *testing.T) {
	settings, err := Settings()
	if err != nil {
		t.Fatal(err)
	}
	of := map[string][]string{}
	for _, s := range settings {
		of[s.Key] = s.Values
	}
	for _, key := range []string{"journey.lookback_days", "buying_group", "reporting.currency"} {
		if _, known := of[key]; !known {
			t.Errorf("%s is not among the settings", key)
		}
	}
	if _, known := of["journey"]; known {
		t.Error("journey is a setting, and holds others")
	}
	if !slices.Contains(of["journey.direct"], "exclude") {
		t.Errorf("the values of journey.direct are %q", of["journey.direct"])
	}
}
