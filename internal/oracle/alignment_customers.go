package oracle

import (
	"math/big"
	"slices"
	"strconv"
)

// What the tests set, since nothing else does.
var (
	margin     = big.NewRat(35, 100)
	termMonths = int64(12)
)

// acquired is what a channel, or the company, has of the new customers of a period.
type acquired struct {
	cost, provisional, customers, others, amount, withAmount, monthly *big.Int
}

// CustomerAcquisition holds all cost against the accounts that won for the first time, by period and
// channel.
func (a *Aligned) CustomerAcquisition() []Cells {
	type key struct {
		p       calendarPeriod
		channel string
	}
	sums := map[key]*acquired{}
	at := func(p calendarPeriod, channel string) *acquired {
		k := key{p, channel}
		if sums[k] == nil {
			sums[k] = &acquired{new(big.Int), new(big.Int), new(big.Int), new(big.Int), new(big.Int), new(big.Int), new(big.Int)}
		}
		return sums[k]
	}
	for _, d := range a.costs {
		for _, p := range a.in(d.Day * microsPerDay) {
			for _, channel := range []string{All, d.Channel} {
				to := at(p, channel)
				to.cost.Add(to.cost, d.Micros)
				if d.Provisional {
					to.provisional.Add(to.provisional, d.Micros)
				}
			}
		}
	}
	terms := map[string]int64{}
	for _, o := range a.given.Opportunities {
		if n, err := strconv.ParseInt(o.TermMonths, 10, 64); err == nil && n > 0 {
			terms[o.OpportunityID] = n
		}
	}
	for _, c := range a.firstWins() {
		term := termMonths
		if n := terms[c.OpportunityID]; n > 0 {
			term = n
		}
		add := func(channel string, minor, millionths *big.Int) {
			for _, p := range a.in(c.Anchor) {
				to := at(p, channel)
				to.customers.Add(to.customers, millionths)
				if c.OpportunityType != newBusiness {
					to.others.Add(to.others, millionths)
				}
				if c.Amount == nil {
					continue
				}
				to.amount.Add(to.amount, minor)
				to.withAmount.Add(to.withAmount, millionths)
				perMonth := new(big.Rat).SetInt(minor)
				perMonth.Mul(perMonth, powerOfTen(6))
				perMonth.Quo(perMonth, powerOfTen(exponent(a.money.currency)))
				to.monthly.Add(to.monthly, round(perMonth.Quo(perMonth, big.NewRat(term, 1))))
			}
		}
		amount := c.Amount
		if amount == nil {
			amount = new(big.Int)
		}
		add(All, amount, oneUnit)
		type part struct{ minor, millionths *big.Int }
		parts := map[string]*part{}
		for _, row := range a.credits {
			if row.ConversionType != Revenue || row.OpportunityID != c.OpportunityID {
				continue
			}
			minor, millionths := a.primary(row)
			if parts[row.Channel] == nil {
				parts[row.Channel] = &part{new(big.Int), new(big.Int)}
			}
			parts[row.Channel].minor.Add(parts[row.Channel].minor, minor)
			parts[row.Channel].millionths.Add(parts[row.Channel].millionths, millionths)
		}
		for channel, of := range parts {
			add(channel, of.minor, of.millionths)
		}
	}
	var rows []Cells
	for k, s := range sums {
		row := Cells{"period_type": k.p.kind, "period_start": k.p.start, "channel": k.channel,
			"cost": decimals(s.cost, 6), "provisional": decimals(s.provisional, 6), "customers": decimals(s.customers, 6), "others": decimals(s.others, 6),
			"amount": a.minorText(s.amount), "with_amount": decimals(s.withAmount, 6), "monthly": decimals(s.monthly, 6)}
		if s.cost.Sign() != 0 {
			row["cac"] = quotient(s.cost, s.customers, 1)
		}
		if s.cost.Sign() > 0 && s.customers.Sign() > 0 && s.withAmount.Sign() > 0 && s.monthly.Sign() > 0 {
			cac := new(big.Rat).SetFrac(s.cost, s.customers)
			each := new(big.Rat).SetFrac(s.monthly, s.withAmount)
			row["payback"] = sixDecimals(cac.Quo(cac, each.Mul(each, margin)))
		}
		rows = append(rows, row)
	}
	return rows
}

// firstWins are the first wins of accounts that are no tests: one of each.
func (a *Aligned) firstWins() []Conversion {
	first := map[string]Conversion{}
	for _, c := range a.conversions {
		if c.Type != Revenue || c.NotCounted != "" || c.Reversal {
			continue
		}
		account := a.deals[c.OpportunityID].AccountID
		if account == "" || slices.Contains(a.options.TestAccounts, account) {
			continue
		}
		known, isKnown := first[account]
		if !isKnown || c.Anchor < known.Anchor || c.Anchor == known.Anchor && c.OpportunityID < known.OpportunityID {
			first[account] = c
		}
	}
	var wins []Conversion
	for _, c := range first {
		wins = append(wins, c)
	}
	return wins
}
