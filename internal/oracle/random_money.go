package oracle

import "slices"

// currencies settles what amounts are in: blank, one currency, or several with exchange rates.
func (m *maker) currencies() {
	switch {
	case m.chance(0.2):
		m.currency = []string{""}
		m.w.Options.ReportingCurrency = "USD"
	case m.chance(0.4):
		m.currency = []string{pick(m, []string{"USD", "EUR", "JPY", "KWD"})}
		if m.chance(0.5) {
			m.w.Options.ReportingCurrency = m.currency[0]
		}
	default:
		m.currency = []string{"USD", "JPY", "KWD", "EUR"}
		m.w.Options.ReportingCurrency = pick(m, []string{"USD", "USD", "EUR", "JPY", "KWD"})
	}
}

// amount is the value of an opportunity, with at most the decimals of its currency.
func (m *maker) amount(currency string) string {
	places := exponent(currency)
	plain := [][]string{
		{"1000", "100", "1", "7", "12345", "99999"},
		{},
		{"1234.50", "100", "0.01", "0.1", "33333.33", "10000.00", "7.77", "25000.05"},
		{"1234.567", "100", "0.001", "5.5", "33333.333"},
	}[places]
	huge := [][]string{
		{"9007199254740993", "123456789012345"},
		{},
		{"90071992547409.93", "123456789012345.67"},
		{"9007199254740.993"},
	}[places]
	switch {
	case m.chance(0.08):
		return ""
	case m.chance(0.08):
		return pick(m, []string{"0", "0.00"}[:min(1+int(places), 2)])
	case m.chance(0.08):
		return pick(m, huge)
	case m.chance(0.08):
		return "-" + pick(m, plain)
	case m.chance(0.02):
		return "-" + pick(m, huge)
	}
	return pick(m, plain)
}

// costs spans days before, in and after the reporting period, and after as-of.
func (m *maker) costs() {
	if m.chance(0.15) {
		return
	}
	huge := m.chance(0.08)
	for i := range m.between(0, 10) {
		first := dayOf(m.moment(m.start-60*microsPerDay, m.horizon+10*microsPerDay))
		c := Cost{StartsOn: dayText(first), EndsOn: dayText(first + int64(pick(m, []int{0, 0, 1, 2, 6, 30, 89}))),
			Amount:   pick(m, []string{"100", "1000.00", "0.000001", "12.345678", "-12.345678", "0", "33.333333", "-0.5", "777.77"}),
			Currency: pick(m, m.currency)}
		if huge && i == 0 {
			c.Amount = "9007199254.740993" // above 2^53 micros
		}
		switch m.r.IntN(3) {
		case 0:
			c.CampaignID = pick(m, m.campaign)
		case 1:
			c.Channel = pick(m, m.channels)
		default:
			c.CampaignID, c.Channel = pick(m, m.campaign), pick(m, m.channels)
		}
		c.claim(i)
		m.w.Costs = append(m.w.Costs, c)
		if m.chance(0.03) {
			m.w.Costs = append(m.w.Costs, c) // a cost has no key: this one is booked twice
		}
	}
}

// rates gives every foreign currency a rate from long ago and a few newer ones, in the reporting
// currency.
func (m *maker) rates() {
	perUSD := map[string][]string{
		"EUR": {"1.0825", "1.5", "1.1"}, "JPY": {"0.0067", "0.005", "0.00655"}, "KWD": {"3.25", "3.2555", "3.5"},
	}
	inReporting := map[string]map[string][]string{
		"USD": perUSD,
		"EUR": {"USD": {"0.92", "0.5", "0.915"}, "JPY": {"0.0061", "0.005"}, "KWD": {"3.01", "2.995"}},
		"JPY": {"USD": {"149.355", "150", "151.5"}, "EUR": {"162.5", "163.005"}, "KWD": {"487.25", "486.5"}},
		"KWD": {"USD": {"0.307", "0.3065", "0.5"}, "EUR": {"0.333", "0.3345"}, "JPY": {"0.00205", "0.0025"}},
	}
	to := m.w.Options.ReportingCurrency
	for _, currency := range []string{"USD", "EUR", "JPY", "KWD"} {
		if len(m.currency) < 2 || currency == to {
			continue
		}
		rates := inReporting[to][currency]
		days := []int64{dayOf(m.start) - 3650}
		for range m.between(0, 4) {
			days = append(days, dayOf(m.moment(m.start, m.horizon+60*microsPerDay)))
		}
		for _, o := range m.w.Opportunities { // a rate of the very day of an anchor
			if created, _, _ := instant(o.CreatedAt, endOfDay); o.Currency == currency && m.chance(0.2) {
				days = append(days, dayOf(created))
			}
		}
		for _, c := range m.w.Costs { // a new rate while the cost is incurred
			first, _ := parseDay(c.StartsOn)
			last, _ := parseDay(c.EndsOn)
			if c.Currency == currency && last > first && m.chance(0.5) {
				days = append(days, first+1+m.r.Int64N(last-first))
			}
		}
		slices.Sort(days)
		for _, day := range slices.Compact(days) {
			m.w.ExchangeRates = append(m.w.ExchangeRates, ExchangeRate{currency, dayText(day), pick(m, rates)})
		}
	}
}
