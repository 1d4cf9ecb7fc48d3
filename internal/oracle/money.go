package oracle

import (
	"fmt"
	"math/big"
)

// exponent is the number of decimals of a currency's minor unit (ISO 4217).
func exponent(currency string) int64 {
	switch currency {
	case "JPY", "KRW", "VND", "CLP", "ISK", "UGX", "XAF", "XOF", "XPF", "PYG", "RWF", "KMF", "GNF", "DJF", "BIF", "VUV":
		return 0
	case "KWD", "BHD", "OMR", "JOD", "TND", "IQD", "LYD":
		return 3
	}
	return 2
}

func powerOfTen(n int64) *big.Rat {
	return new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(n), nil))
}

// purse converts amounts to the reporting currency.
type purse struct {
	currency string
	rates    map[string]map[int64]*big.Rat // by currency and day
}

func openPurse(w World) (*purse, error) {
	p := &purse{currency: w.Options.ReportingCurrency, rates: map[string]map[int64]*big.Rat{}}
	if p.currency == "" {
		var err error
		if p.currency, err = onlyCurrency(w); err != nil {
			return nil, err
		}
	}
	for _, r := range w.ExchangeRates {
		day, err := parseDay(r.EffectiveOn)
		if err != nil {
			return nil, fmt.Errorf("exchange_rates: %w", err)
		}
		rate, err := decimal(r.Rate)
		if err != nil {
			return nil, fmt.Errorf("exchange_rates: %w", err)
		}
		if p.rates[r.Currency] == nil {
			p.rates[r.Currency] = map[int64]*big.Rat{}
		}
		p.rates[r.Currency][day] = rate
	}
	return p, nil
}

// onlyCurrency is the one currency that appears; "" when none does, which has two decimals.
func onlyCurrency(w World) (string, error) {
	only := ""
	var all []string
	for _, o := range w.Opportunities {
		all = append(all, o.Currency)
	}
	for _, c := range w.Costs {
		all = append(all, c.Currency)
	}
	for _, currency := range all {
		if currency != "" && only != "" && currency != only {
			return "", fmt.Errorf("several currencies (%s, %s) without a reporting currency", only, currency)
		}
		if currency != "" {
			only = currency
		}
	}
	return only, nil
}

// minor is the amount in minor units of the reporting currency, converted with the newest rate of
// the day. A missing amount is nil.
func (p *purse) minor(text, currency string, day int64) (*big.Int, error) {
	if text == "" {
		return nil, nil
	}
	value, err := decimal(text)
	if err != nil {
		return nil, err
	}
	if currency == "" {
		currency = p.currency
	}
	if !new(big.Rat).Mul(value, powerOfTen(exponent(currency))).IsInt() {
		return nil, fmt.Errorf("%s %s is finer than the currency's minor unit", text, currency)
	}
	rate, err := p.rate(currency, day)
	if err != nil {
		return nil, err
	}
	value.Mul(value, rate)
	return round(value.Mul(value, powerOfTen(exponent(p.currency)))), nil
}

// rate is the newest rate on or before the day.
func (p *purse) rate(currency string, day int64) (*big.Rat, error) {
	if currency == "" || currency == p.currency {
		return big.NewRat(1, 1), nil
	}
	var best *big.Rat
	var bestDay int64
	for effective, rate := range p.rates[currency] {
		if effective <= day && (best == nil || effective > bestDay) {
			best, bestDay = rate, effective
		}
	}
	if best == nil {
		return nil, fmt.Errorf("exchange_rates: no rate of %s on or before day %d", currency, day)
	}
	return best, nil
}
