package oracle

import (
	"fmt"
	"math/big"
)

// provisionalDays is how many of the newest days of ad cost are not final, where nobody says
// otherwise.
const provisionalDays = 3

// claim fills in what a platform reports, by the place of the row: most rows have something.
func (c *Cost) claim(i int) {
	switch i % 4 {
	case 0:
		c.Impressions, c.Clicks, c.ReportedConversions, c.ReportedValue = "1001", "7", "1.5", "10.000001"
	case 1:
		c.Clicks = "1000003"
	case 2:
		c.ReportedConversions, c.ReportedValue = "0.333333", "-7.5"
	}
}

// claims spreads what a platform reports of a row over its days, and returns that of the first
// ones. The value is converted as the amount is.
func (p *purse) claims(c Cost, first, days int64) ([][4]*big.Int, error) {
	last, err := parseDay(c.EndsOn)
	if err != nil {
		return nil, err
	}
	all := make([][4]*big.Int, days)
	for i, text := range []string{c.Impressions, c.Clicks, c.ReportedConversions, c.ReportedValue} {
		if text == "" || days == 0 {
			continue
		}
		number, err := decimal(text)
		if err != nil {
			return nil, err
		}
		if i >= 2 {
			number = new(big.Rat).Mul(number, powerOfTen(6))
		}
		if !number.IsInt() {
			return nil, fmt.Errorf("%s has too many decimals", text)
		}
		parts := evenly(number.Num(), last-first+1)
		if i == 3 {
			if parts, err = p.convertDays(parts, first, c.Currency); err != nil {
				return nil, err
			}
		}
		for n := range all {
			all[n][i] = parts[n]
		}
	}
	return all, nil
}

// CostClaims holds what platforms claim against what is credited, by channel and period, on the
// basis period.
func (a *Aligned) CostClaims() []Cells {
	type key struct {
		p       calendarPeriod
		channel string
	}
	claims, costs, credited := map[key]*[4]*big.Int{}, map[key]*big.Int{}, map[key]Measures{}
	for _, d := range a.costs {
		for _, p := range a.in(d.Day * microsPerDay) {
			k := key{p, d.Channel}
			if costs[k] == nil {
				costs[k] = new(big.Int)
			}
			costs[k].Add(costs[k], d.Micros)
			for i, n := range d.Claims {
				if n == nil {
					continue
				}
				if claims[k] == nil {
					claims[k] = new([4]*big.Int)
				}
				if claims[k][i] == nil {
					claims[k][i] = new(big.Int)
				}
				claims[k][i].Add(claims[k][i], n)
			}
		}
	}
	for _, c := range a.credits {
		if c.OpportunityType != newBusiness {
			continue
		}
		for _, p := range a.in(c.conversion.Anchor) {
			k := key{p, c.Channel}
			if _, known := credited[k]; !known {
				credited[k] = noMeasures()
			}
			credited[k].add(c, a.options.Alignment.PrimaryModel)
		}
	}
	var rows []Cells
	for k, sums := range claims {
		row := Cells{"period_type": k.p.kind, "period_start": k.p.start, "channel": k.channel, "cost": decimals(costs[k], 6),
			"impressions": decimals(sums[0], 0), "clicks": decimals(sums[1], 0), "conversions": decimals(sums[2], 6), "value": decimals(sums[3], 6)}
		of, known := credited[k]
		if !known {
			of = noMeasures()
		}
		leads := of.Stages[LeadStage]
		if leads == nil {
			leads = new(big.Int)
		}
		row["leads"], row["won"], row["revenue"] = decimals(leads, 6), decimals(of.Won, 6), a.minorText(of.Revenue)
		row["to_leads"], row["to_won"] = quotient(sums[2], leads, 1), quotient(sums[2], of.Won, 1)
		scale := new(big.Rat).Quo(powerOfTen(exponent(a.money.currency)), powerOfTen(6))
		row["to_value"] = ""
		if sums[3] != nil && of.Revenue.Sign() != 0 {
			value := new(big.Rat).Mul(new(big.Rat).SetInt(sums[3]), scale)
			row["to_value"] = sixDecimals(value.Quo(value, new(big.Rat).SetInt(of.Revenue)))
		}
		row["ctr"] = quotient(sums[1], sums[0], 1)
		rows = append(rows, row)
	}
	return rows
}

// quotient is n / (d x times) to six decimals, "" where there is none.
func quotient(n, d *big.Int, times int64) string {
	if n == nil || d == nil || d.Sign() == 0 {
		return ""
	}
	return sixDecimals(new(big.Rat).SetFrac(n, new(big.Int).Mul(d, big.NewInt(times))))
}
