package oracle

import (
	"cmp"
	"math/big"
	"slices"
)

// Bases of the performance reports.
const (
	BasisPeriod = "period" // conversions whose anchor lies in the reporting period
	BasisCohort = "cohort" // credit whose touch lies in it
)

// Amounts is money and count of one figure.
type Amounts struct {
	Minor      *big.Int
	Millionths *big.Int
}

func noAmounts() Amounts { return Amounts{new(big.Int), new(big.Int)} }

func (a Amounts) add(minor, millionths *big.Int) {
	a.Minor.Add(a.Minor, minor)
	a.Millionths.Add(a.Millionths, millionths)
}

// ReconciliationRow ties a model's credit to the total: over the whole run, and for the reporting
// period.
type ReconciliationRow struct {
	ConversionType  string
	OpportunityType string
	Model           string
	Reconciled                 // over the whole run
	Period          Reconciled // of the conversions whose anchor lies in the reporting period
}

// Reconciled is a total and what it is made of.
type Reconciled struct {
	Total         Amounts
	Attributed    Amounts
	Reasons       map[string]Amounts // only reasons that occur
	AmountMissing int                // conversions whose amount is missing
}

func nothingReconciled() Reconciled {
	return Reconciled{Total: noAmounts(), Attributed: noAmounts(), Reasons: map[string]Amounts{}}
}

// reconcile sums the totals from the conversions and the parts from the credit.
func reconcile(r Result, within period) []ReconciliationRow {
	type key struct{ conversionType, opportunityType, model string }
	rows := map[key]*ReconciliationRow{}
	parts := func(c Conversion, model string) []*Reconciled {
		k := key{c.Type, c.OpportunityType, model}
		if rows[k] == nil {
			rows[k] = &ReconciliationRow{ConversionType: c.Type, OpportunityType: c.OpportunityType, Model: model,
				Reconciled: nothingReconciled(), Period: nothingReconciled()}
		}
		if within.holds(c.Anchor) {
			return []*Reconciled{&rows[k].Reconciled, &rows[k].Period}
		}
		return []*Reconciled{&rows[k].Reconciled}
	}
	for _, c := range r.Conversions {
		if c.NotCounted != "" {
			continue
		}
		for _, m := range r.Models {
			for _, to := range parts(c, m) {
				if c.Amount == nil {
					to.AmountMissing++
					to.Total.add(new(big.Int), c.Units)
				} else {
					to.Total.add(c.Amount, c.Units)
				}
			}
		}
	}
	for _, c := range r.Credits {
		for _, m := range r.Models {
			for _, to := range parts(c.conversion, m) {
				to.credit(c, m)
			}
		}
	}
	var all []ReconciliationRow
	for _, row := range rows {
		all = append(all, *row)
	}
	slices.SortFunc(all, func(a, b ReconciliationRow) int {
		return cmp.Or(cmp.Compare(a.ConversionType, b.ConversionType),
			cmp.Compare(a.OpportunityType, b.OpportunityType), cmp.Compare(a.Model, b.Model))
	})
	return all
}

// credit counts the credit of one row in one model.
func (to *Reconciled) credit(c CreditRow, model string) {
	if c.Reason == "" {
		to.Attributed.add(c.Minor[model], c.Millionths[model])
		return
	}
	if (c.Reason == NoAnchor || c.Reason == NoTouchInScope) && c.Minor[model].Sign() == 0 && c.Millionths[model].Sign() == 0 {
		return // the row is about other models
	}
	if _, known := to.Reasons[c.Reason]; !known {
		to.Reasons[c.Reason] = noAmounts()
	}
	to.Reasons[c.Reason].add(c.Minor[model], c.Millionths[model])
}

// Measures are the figures of one performance row.
type Measures struct {
	CostMicros    *big.Int // only on new_business
	Opportunities *big.Int // credited units in millionths
	Won           *big.Int // credited units in millionths
	Pipeline      *big.Int // minor units
	OpenPipeline  *big.Int
	Revenue       *big.Int
	Stages        map[string]*big.Int // by stage of persons: credited units in millionths
}

func noMeasures() Measures {
	return Measures{new(big.Int), new(big.Int), new(big.Int), new(big.Int), new(big.Int), new(big.Int), map[string]*big.Int{}}
}

// IsZero reports whether the row could as well be left out.
func (m Measures) IsZero() bool {
	for _, units := range m.Stages {
		if units.Sign() != 0 {
			return false
		}
	}
	return m.CostMicros.Sign() == 0 && m.Opportunities.Sign() == 0 && m.Won.Sign() == 0 &&
		m.Pipeline.Sign() == 0 && m.OpenPipeline.Sign() == 0 && m.Revenue.Sign() == 0
}

// add counts the credit of one row in one model.
func (m Measures) add(c CreditRow, model string) {
	minor, millionths := c.Minor[model], c.Millionths[model]
	if c.PersonID != "" {
		if m.Stages[c.ConversionType] == nil {
			m.Stages[c.ConversionType] = new(big.Int)
		}
		m.Stages[c.ConversionType].Add(m.Stages[c.ConversionType], millionths)
		return
	}
	if c.ConversionType == Revenue {
		m.Revenue.Add(m.Revenue, minor)
		m.Won.Add(m.Won, millionths)
		return
	}
	m.Pipeline.Add(m.Pipeline, minor)
	m.Opportunities.Add(m.Opportunities, millionths)
	if c.conversion.Open {
		m.OpenPipeline.Add(m.OpenPipeline, minor)
	}
}

// ChannelRow is one row of channel_performance.
type ChannelRow struct {
	Basis, OpportunityType, Model, Channel string
	Measures
}

// CampaignRow is one row of campaign_performance: a campaign in one channel, or as a whole with the
// channel (all). The sum of either kind is the total.
type CampaignRow struct {
	Basis, OpportunityType, Model, Campaign, Channel string
	Measures
}

type performanceKey struct{ basis, opportunityType, model, campaign, channel string }

// performance sums credit and cost by channel, and by campaign and channel, on both bases.
func performance(r Result, within period) ([]ChannelRow, []CampaignRow) {
	byChannel, byCampaign := map[performanceKey]Measures{}, map[performanceKey]Measures{}
	for _, basis := range []string{BasisPeriod, BasisCohort} {
		for _, m := range r.Models {
			measures := func(opportunityType, campaign, channel string) []Measures {
				return []Measures{
					measuresAt(byChannel, performanceKey{basis, opportunityType, m, "", channel}),
					measuresAt(byCampaign, performanceKey{basis, opportunityType, m, campaign, channel}),
					measuresAt(byCampaign, performanceKey{basis, opportunityType, m, campaign, AllChannels}),
				}
			}
			for _, c := range r.Credits {
				counted := within.holds(c.conversion.Anchor)
				if basis == BasisCohort {
					counted = within.holds(c.At)
				}
				if !counted {
					continue
				}
				for _, to := range measures(c.OpportunityType, c.Campaign, c.Channel) {
					to.add(c, m)
				}
			}
			for _, d := range r.CostDays {
				for _, to := range measures(newBusiness, d.Campaign, d.Channel) {
					to.CostMicros.Add(to.CostMicros, d.Micros)
				}
			}
		}
	}
	var channels []ChannelRow
	for _, k := range sortedKeys(byChannel) {
		channels = append(channels, ChannelRow{k.basis, k.opportunityType, k.model, k.channel, byChannel[k]})
	}
	var campaigns []CampaignRow
	for _, k := range sortedKeys(byCampaign) {
		campaigns = append(campaigns, CampaignRow{k.basis, k.opportunityType, k.model, k.campaign, k.channel, byCampaign[k]})
	}
	return channels, campaigns
}

func measuresAt(rows map[performanceKey]Measures, k performanceKey) Measures {
	if _, known := rows[k]; !known {
		rows[k] = noMeasures()
	}
	return rows[k]
}

func sortedKeys(rows map[performanceKey]Measures) []performanceKey {
	var keys []performanceKey
	for k := range rows {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b performanceKey) int {
		return cmp.Or(cmp.Compare(a.basis, b.basis), cmp.Compare(a.opportunityType, b.opportunityType),
			cmp.Compare(a.model, b.model), cmp.Compare(a.campaign, b.campaign), cmp.Compare(a.channel, b.channel))
	})
	return keys
}

// NonZero leaves out the rows whose measures are all zero.
func NonZero[R interface{ IsZero() bool }](rows []R) []R {
	var kept []R
	for _, row := range rows {
		if !row.IsZero() {
			kept = append(kept, row)
		}
	}
	return kept
}
