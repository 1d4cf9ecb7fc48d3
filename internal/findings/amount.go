package findings

import (
	"strings"

	"github.com/tributary-engine/tributary/internal/words"
)

// A Currency is what the amounts of a check are in.
type Currency struct {
	Code     string // ISO 4217
	Decimals int    // of its minor unit
}

// Amount writes whole millionths exactly, with the decimals of the currency or as many more as it
// takes, and with its code: "-1,234.50 USD".
func (c Currency) Amount(micros string) string {
	digits, negative := strings.CutPrefix(micros, "-")
	const scale = 6
	digits = strings.Repeat("0", max(0, scale+1-len(digits))) + digits
	whole, fraction := words.Decimal(digits[:len(digits)-scale]), digits[len(digits)-scale:]
	for len(fraction) > c.Decimals && strings.HasSuffix(fraction, "0") {
		fraction = fraction[:len(fraction)-1]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if negative {
		whole = "-" + whole
	}
	return whole + " " + c.Code
}
