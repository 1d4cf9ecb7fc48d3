package present

import "testing"

func TestAddressesAreHiddenAndOtherNamesAreNot(t *testing.T) {
	for given, want := range map[string]string{
		"ann@own.example":                      "(e-mail hidden)",
		"Calls of o'brien.ana@own.example, Q3": "Calls of (e-mail hidden), Q3",
		"?to=elena%40wendlow.example&x=1":      "?to=(e-mail hidden)&x=1",
		"жанна@пример.рф":                      "(e-mail hidden)",
		"Talks@Scale":                          "Talks@Scale",
		"Lunch @ Work":                         "Lunch @ Work",
		"40%40":                                "40%40",
	} {
		if got := WithoutAddresses(given); got != want {
			t.Errorf("%q: got %q, want %q", given, got, want)
		}
	}
}
