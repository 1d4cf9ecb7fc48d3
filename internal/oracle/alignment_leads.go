package oracle

import (
	"cmp"
	"math/big"
	"slices"
)

// ratingOf is the number of a person's sales rating: that of its newest lead.
func (a *Aligned) ratingOf(p *personHistory) *big.Rat {
	l := p.newestLead()
	if l == nil || l.SalesRating == "" {
		return nil
	}
	for word, number := range a.options.Alignment.Ratings {
		if bareWord(word) == bareWord(l.SalesRating) {
			value, err := decimal(number)
			if err != nil {
				panic(err)
			}
			return value
		}
	}
	value, err := decimal(l.SalesRating)
	if err != nil {
		return nil
	}
	return value
}

// LeadQuality is what sales thinks of the leads of every campaign, weighted by their lead credit.
func (a *Aligned) LeadQuality() []Cells {
	type quality struct {
		people                                    map[*personHistory]bool
		leads, rated, rejected, recycled, settled big.Int // millionths
		points                                    big.Rat
	}
	last := map[*personHistory]*delivery{} // the last settled one
	deliveries := a.deliveries()
	slices.SortStableFunc(deliveries, func(x, y *delivery) int { return cmp.Compare(x.at, y.at) })
	for _, d := range deliveries {
		if d.settled() {
			last[d.who] = d
		}
	}
	t := newTable[quality]("period_type", "period_start", "campaign_id")
	for _, c := range a.credits {
		p := a.histories[c.conversion.who]
		if c.ConversionType != LeadStage || c.PersonID == "" || p == nil {
			continue
		}
		_, weight := a.primary(c)
		if weight.Sign() == 0 {
			continue
		}
		for _, period := range a.in(c.conversion.Anchor) {
			for _, campaign := range []string{c.Campaign, All} {
				row := t.at(period.kind, period.start, campaign)
				if row.people == nil {
					row.people = map[*personHistory]bool{}
				}
				row.people[p] = true
				row.leads.Add(&row.leads, weight)
				if rating := a.ratingOf(p); rating != nil {
					row.rated.Add(&row.rated, weight)
					row.points.Add(&row.points, new(big.Rat).Mul(rating, new(big.Rat).SetInt(weight)))
				}
				if last[p] != nil {
					row.settled.Add(&row.settled, weight)
					switch last[p].outcome {
					case RejectedOutcome:
						row.rejected.Add(&row.rejected, weight)
					case RecycledOutcome:
						row.recycled.Add(&row.recycled, weight)
					}
				}
			}
		}
	}
	return t.finish(func(q *quality, to Cells) {
		to["leads"], to["rated_leads"] = decimals(&q.leads, 6), decimals(&q.rated, 6)
		to["rejected_leads"], to["recycled_leads"], to["settled_leads"] = decimals(&q.rejected, 6), decimals(&q.recycled, 6), decimals(&q.settled, 6)
		to["people"] = count(len(q.people))
		if q.settled.Sign() != 0 {
			back := new(big.Int).Add(&q.rejected, &q.recycled)
			to["sent_back_rate"] = decimals(divide(back.Mul(back, oneUnit), &q.settled), 6)
		}
		if q.rated.Sign() != 0 {
			mean := new(big.Rat).Quo(&q.points, new(big.Rat).SetInt(&q.rated))
			to["mean_rating"] = decimals(round(mean.Mul(mean, powerOfTen(6))), 6)
		}
	})
}
