package oracle

import (
	"math/big"
)

// closedDeals is the opportunities of a cell that were won and lost.
type closedDeals struct {
	won, lost           int
	wonValue, lostValue big.Int
}

func (c *closedDeals) add(a *Aligned, d *dealHistory) {
	if d.wasWon {
		c.won++
		c.wonValue.Add(&c.wonValue, a.amountOf(d, Revenue))
	} else {
		c.lost++
		c.lostValue.Add(&c.lostValue, a.lostAmount(d))
	}
}

// lostAmount is the amount of a lost opportunity, converted at the loss; 0 where it is missing.
func (a *Aligned) lostAmount(d *dealHistory) *big.Int {
	amount, err := a.money.minor(d.Amount, d.Currency, dayOf(d.leftAt))
	if err != nil {
		panic(err) // its conversions have been converted
	}
	if amount == nil {
		return new(big.Int)
	}
	return amount
}

func (c *closedDeals) cells(a *Aligned, to Cells) {
	to["won"], to["lost"] = count(c.won), count(c.lost)
	rateCells(to, "win", c.won, c.won+c.lost)
	to["won_value"], to["lost_value"] = a.minorText(&c.wonValue), a.minorText(&c.lostValue)
	sum := new(big.Int).Add(&c.wonValue, &c.lostValue)
	if sum.Sign() != 0 {
		to["win_rate_by_value"] = decimals(divide(new(big.Int).Mul(&c.wonValue, oneUnit), sum), 6)
	}
}

// WinLoss is the opportunities closed in a period by competitor, loss reason or segment.
func (a *Aligned) WinLoss() []Cells {
	t := newTable[closedDeals]("period_type", "period_start", "opportunity_type", "competitor", "loss_reason", "segment")
	for _, d := range a.dealHistories {
		if !d.left {
			continue
		}
		competitor, reason, segment := orNone(d.Competitor), orNone(d.LossReason), a.segmentOf(d.AccountID)
		for _, p := range a.in(d.leftAt) {
			for _, k := range [][3]string{{All, All, All}, {competitor, All, All}, {All, reason, All}, {All, All, segment}} {
				t.at(p.kind, p.start, d.kind, k[0], k[1], k[2]).add(a, d)
			}
		}
	}
	return t.finish(func(c *closedDeals, to Cells) { c.cells(a, to) })
}

// WinLossTouches is the opportunities with a touch of a campaign or a channel in the journey to their
// close, beside those without.
func (a *Aligned) WinLossTouches() []Cells {
	type member struct{ dimension, name string }
	type sides struct{ with, without closedDeals }
	t := newTable[sides]("period_type", "period_start", "opportunity_type", "dimension", "member")
	members := map[*dealHistory]map[member]bool{}
	for _, d := range a.dealHistories {
		if !d.left {
			continue
		}
		members[d] = map[member]bool{}
		for _, touch := range a.journeyTo(d, d.leftWhen) {
			members[d][member{"campaign", touch.campaign}], members[d][member{"channel", touch.channel}] = true, true
		}
		if len(members[d]) == 0 {
			members[d][member{"campaign", Unattributed}], members[d][member{"channel", Unattributed}] = true, true
		}
	}
	for d := range members {
		for _, p := range a.in(d.leftAt) {
			for m := range members[d] {
				row := t.at(p.kind, p.start, d.kind, m.dimension, m.name)
				if row.with.won+row.with.lost > 0 {
					continue // counted already
				}
				for _, other := range a.dealHistories {
					if !other.left || other.kind != d.kind || !p.holds(other.leftAt) {
						continue
					}
					if members[other][m] {
						row.with.add(a, other)
					} else {
						row.without.add(a, other)
					}
				}
			}
		}
	}
	return t.finish(func(s *sides, to Cells) {
		s.with.cells(a, to)
		with, without := s.with.won+s.with.lost, s.without.won+s.without.lost
		to["without_won"], to["without_lost"] = count(s.without.won), count(s.without.lost)
		rateCells(to, "without", s.without.won, without)
		differenceCells(to, "win", s.with.won, with, s.without.won, without, false, true)
	})
}
