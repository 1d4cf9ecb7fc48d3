package oracle

import (
	"cmp"
	"math/big"
	"slices"
)

// Definitions of sourced, and influenced.
const (
	RecordedSource = "recorded_source"
	FirstTouch     = "first_touch"
	PreCreation    = "pre_creation"
	Influenced     = "influenced"
)

const preCreationMicros = 90 * microsPerDay

// Sourcing says that a definition gives one counted conversion to a marketing channel.
type Sourcing struct {
	Definition, ConversionType, OpportunityID, Channel string

	conversion Conversion
}

// sourcing lists the marketing channels of every counted conversion, once each.
func (w *world) sourcing(conversions []Conversion, channels campaignChannels) ([]Sourcing, error) {
	var all []Sourcing
	for _, c := range conversions {
		if c.NotCounted != "" || c.PersonID != "" {
			continue
		}
		recorded, err := w.recordedSource(w.deals[c.OpportunityID], channels)
		if err != nil {
			return nil, err
		}
		found := map[string][]string{RecordedSource: recorded}
		for i, t := range c.journey.touches {
			if i == 0 {
				found[FirstTouch] = []string{t.channel}
			}
			if t.at >= c.journey.created.at-preCreationMicros && t.at <= c.journey.created.end {
				found[PreCreation] = append(found[PreCreation], t.channel)
			}
			found[Influenced] = append(found[Influenced], t.channel)
		}
		for _, definition := range []string{RecordedSource, FirstTouch, PreCreation, Influenced} {
			named := slices.Compact(slices.Sorted(slices.Values(found[definition])))
			for _, channel := range named {
				if !slices.Contains(w.options.SalesChannels, channel) {
					all = append(all, Sourcing{definition, c.Type, c.OpportunityID, channel, c})
				}
			}
		}
	}
	return all, nil
}

// recordedSource is the channel of the primary campaign; without one, the source of the earliest
// lead that has a source, among the persons of the roles, or, when there are no roles, among those
// who served the account at some time from the look-back to the creation.
func (w *world) recordedSource(d *deal, channels campaignChannels) ([]string, error) {
	if d.PrimaryCampaignID != "" {
		return []string{orNone(channels[d.PrimaryCampaignID])}, nil
	}
	persons := d.roles
	if !d.hasRoles {
		persons = nil
		for _, who := range w.people.all {
			if who.serves[d.AccountID].between(w.lookback(d), d.created.end) && d.AccountID != "" {
				persons = append(persons, who)
			}
		}
	}
	var best *Lead
	var bestAt int64
	var bestKnown bool
	for _, who := range persons {
		for _, l := range who.leads {
			if l.Source == "" {
				continue
			}
			at, known, err := instant(l.CreatedAt, endOfDay)
			if err != nil {
				return nil, err
			}
			earlier := known && !bestKnown || known && at < bestAt
			same := known == bestKnown && at == bestAt
			if best == nil || earlier || same && l.LeadID < best.LeadID {
				best, bestAt, bestKnown = &l, at, known
			}
		}
	}
	if best == nil {
		return nil, nil
	}
	return []string{best.Source}, nil
}

// SourcedRow is the full amount and the number of opportunities that a definition gives to a
// channel, or to any marketing channel: then the channel is (all), and each opportunity counts
// once.
type SourcedRow struct {
	Definition, OpportunityType, Channel string
	Opportunities, Won                   int // without reversals
	Pipeline, OpenPipeline, Revenue      *big.Int
}

// IsZero reports whether the row could as well be left out.
func (s SourcedRow) IsZero() bool {
	return s.Opportunities == 0 && s.Won == 0 && s.Pipeline.Sign() == 0 && s.OpenPipeline.Sign() == 0 && s.Revenue.Sign() == 0
}

func (s *SourcedRow) add(c Conversion) {
	amount := c.Amount
	if amount == nil {
		amount = new(big.Int)
	}
	counts := 1
	if c.Reversal {
		counts = 0
	}
	if c.Type == Revenue {
		s.Won += counts
		s.Revenue.Add(s.Revenue, amount)
		return
	}
	s.Opportunities += counts
	s.Pipeline.Add(s.Pipeline, amount)
	if c.Open {
		s.OpenPipeline.Add(s.OpenPipeline, amount)
	}
}

// sourced sums the sourcing over the whole run.
func sourced(r Result) []SourcedRow {
	type key struct{ definition, opportunityType, channel string }
	rows := map[key]*SourcedRow{}
	row := func(definition, opportunityType, channel string) *SourcedRow {
		k := key{definition, opportunityType, channel}
		if rows[k] == nil {
			rows[k] = &SourcedRow{Definition: definition, OpportunityType: opportunityType, Channel: channel,
				Pipeline: new(big.Int), OpenPipeline: new(big.Int), Revenue: new(big.Int)}
		}
		return rows[k]
	}
	type once struct{ definition, conversionType, opportunityID string }
	seen := map[once]bool{}
	for _, s := range r.Sourcing {
		row(s.Definition, s.conversion.OpportunityType, s.Channel).add(s.conversion)
		o := once{s.Definition, s.ConversionType, s.OpportunityID}
		if !seen[o] {
			seen[o] = true
			row(s.Definition, s.conversion.OpportunityType, AllChannels).add(s.conversion)
		}
	}
	var all []SourcedRow
	for _, row := range rows {
		all = append(all, *row)
	}
	slices.SortFunc(all, func(a, b SourcedRow) int {
		return cmp.Or(cmp.Compare(a.Definition, b.Definition), cmp.Compare(a.OpportunityType, b.OpportunityType),
			cmp.Compare(a.Channel, b.Channel))
	})
	return all
}
