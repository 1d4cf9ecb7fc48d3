package oracle

import (
	"cmp"
	"math/big"
	"slices"
)

// Dimensions of the report coverage, and the members that are no path, reason or method.
const (
	TotalDimension       = "total"
	AttributionDimension = "attribution"
	PathDimension        = "path"
	ReasonDimension      = "reason"
	MethodDimension      = "match_method"

	AttributedMember   = "attributed"
	UnattributedMember = "unattributed"
	AttributedReason   = "(attributed)"
)

// CoverageRow says how much of what happened has a journey: whole conversions and full amounts,
// under no model.
type CoverageRow struct {
	ConversionType, OpportunityType, Dimension, Member string
	Covered                                                    // over the whole run
	Period                                             Covered // of the conversions whose anchor lies in the reporting period
}

// Covered is the figures of a member. Shares are of the total, in millionths; nil where that is
// zero.
type Covered struct {
	Conversions                  int // without reversals
	Amount                       *big.Int
	Touches                      int // of the journeys, once for each conversion, without those of reversals
	ConversionShare, AmountShare *big.Int
}

// coverage sums the counted conversions by the members under which they fall.
func coverage(conversions []Conversion, within period) []CoverageRow {
	type key struct{ conversionType, opportunityType, dimension, member string }
	rows := map[key]*CoverageRow{}
	for _, c := range conversions {
		if c.NotCounted != "" {
			continue
		}
		for _, m := range c.members() {
			k := key{c.Type, c.OpportunityType, m.dimension, m.member}
			if rows[k] == nil {
				rows[k] = &CoverageRow{k.conversionType, k.opportunityType, k.dimension, k.member, Covered{Amount: new(big.Int)}, Covered{Amount: new(big.Int)}}
			}
			rows[k].Covered.add(c, m.touches)
			if within.holds(c.Anchor) {
				rows[k].Period.add(c, m.touches)
			}
		}
	}
	var all []CoverageRow
	for k, row := range rows {
		total := rows[key{k.conversionType, k.opportunityType, TotalDimension, AllChannels}]
		row.Covered.shareOf(total.Covered)
		row.Period.shareOf(total.Period)
		all = append(all, *row)
	}
	slices.SortFunc(all, func(a, b CoverageRow) int {
		return cmp.Or(cmp.Compare(a.ConversionType, b.ConversionType), cmp.Compare(a.OpportunityType, b.OpportunityType),
			cmp.Compare(a.Dimension, b.Dimension), cmp.Compare(a.Member, b.Member))
	})
	return all
}

// coveredBy is a member under which a conversion falls, with the touches that count there.
type coveredBy struct {
	dimension, member string
	touches           int
}

// members lists one member of every dimension, but every match method of the journey's touches.
func (c Conversion) members() []coveredBy {
	touches := len(c.journey.touches)
	all := []coveredBy{{TotalDimension, AllChannels, touches}}
	if touches == 0 {
		return append(all, coveredBy{AttributionDimension, UnattributedMember, 0}, coveredBy{PathDimension, Unattributed, 0},
			coveredBy{ReasonDimension, c.Reason, 0})
	}
	all = append(all, coveredBy{AttributionDimension, AttributedMember, touches}, coveredBy{PathDimension, c.Path, touches},
		coveredBy{ReasonDimension, AttributedReason, touches})
	byMethod := map[string]int{}
	for _, t := range c.journey.touches {
		byMethod[c.journey.group[t.who].method]++
	}
	for method, count := range byMethod {
		all = append(all, coveredBy{MethodDimension, method, count})
	}
	return all
}

func (to *Covered) add(c Conversion, touches int) {
	if c.Amount != nil {
		to.Amount.Add(to.Amount, c.Amount)
	}
	if !c.Reversal {
		to.Conversions++
		to.Touches += touches
	}
}

func (to *Covered) shareOf(total Covered) {
	to.ConversionShare = millionths(int64(to.Conversions), int64(total.Conversions))
	if total.Amount.Sign() != 0 {
		to.AmountShare = divide(new(big.Int).Mul(to.Amount, oneUnit), total.Amount)
	}
}
