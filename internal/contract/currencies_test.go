package contract

import "testing"

func TestExponents(t *testing.T) {
	for code, want := range map[string]int{"USD": 2, "JPY": 0, "KWD": 3, "CLF": 4, "XXX": 2, "XPF": 0, "ZWG": 2, "TND": 3} {
		if got, ok := Exponent(code); !ok || got != want {
			t.Errorf("%s: %d, %v", code, got, ok)
		}
	}
}
