package oracle

import (
	"fmt"
	"math/big"
)

var oneUnit = big.NewInt(1_000_000) // millionths

// conversions lists the pipeline conversion of every opportunity and the revenue conversion of
// every won one.
func (w *world) conversions(deals []*deal, money *purse) ([]Conversion, error) {
	var all []Conversion
	for _, d := range deals {
		for _, conversionType := range []string{Pipeline, Revenue} {
			at, happens := d.anchor(conversionType)
			if !happens {
				continue
			}
			c := Conversion{Type: conversionType, OpportunityID: d.OpportunityID, OpportunityType: d.kind, Anchor: at.at,
				Units: new(big.Int).Set(oneUnit), Root: d.OpportunityID, Open: d.open, Reversal: d.ReversesOpportunityID != ""}
			if c.Reversal {
				c.Units = new(big.Int)
			}
			if at.start > w.asOf {
				c.NotCounted = AfterAsOf
				all = append(all, c)
				continue
			}
			var err error
			if c.Amount, err = money.minor(d.Amount, d.Currency, dayOf(at.at)); err != nil {
				return nil, fmt.Errorf("opportunity %q: %w", d.OpportunityID, err)
			}
			root, err := w.root(d, conversionType)
			if err != nil {
				return nil, err
			}
			rootAnchor, _ := root.anchor(conversionType)
			c.journey = w.journeyOf(root, conversionType, rootAnchor)
			c.Root, c.Path, c.Reason = root.OpportunityID, c.journey.path, c.journey.reason
			all = append(all, c)
		}
	}
	return all, nil
}

// anchor is the instant of a conversion, if the opportunity has one of that type.
func (d *deal) anchor(conversionType string) (at timestamp, happens bool) {
	if conversionType == Pipeline {
		return d.created, true
	}
	return d.wonAt, d.won
}

// root follows reversals to the opportunity whose journey is used. An original that is unknown, or
// whose conversion of the type is not counted, ends the chain before it.
func (w *world) root(d *deal, conversionType string) (*deal, error) {
	seen := map[*deal]bool{}
	for d.ReversesOpportunityID != "" {
		if seen[d] {
			return nil, fmt.Errorf("opportunity %q reverses itself", d.OpportunityID)
		}
		seen[d] = true
		original := w.deals[d.ReversesOpportunityID]
		if original == nil {
			break
		}
		if at, happens := original.anchor(conversionType); !happens || at.start > w.asOf {
			break
		}
		d = original
	}
	return d, nil
}

// CreditRow is what one touch of a conversion earns, or what no touch does, by model. Every model
// has an entry.
type CreditRow struct {
	ConversionType  string
	OpportunityID   string // "" for a conversion of a person
	PersonID        string // "" for one of an opportunity
	OpportunityType string
	TouchID         string // "" for unattributed credit
	Reason          string // of unattributed credit, else ""
	Channel         string
	Campaign        string
	MatchMethod     string // how the touch's person came to the buying group; "" without a touch
	At              int64  // the touch's instant; for unattributed credit the conversion's anchor
	Minor           map[string]*big.Int
	Millionths      map[string]*big.Int

	conversion Conversion
}

// credits allocates every counted conversion in every model.
func (w *world) credits(conversions []Conversion, models []model) []CreditRow {
	var rows []CreditRow
	for _, c := range conversions {
		if c.NotCounted == "" {
			rows = append(rows, w.creditsOf(c, models)...)
		}
	}
	return rows
}

func (w *world) creditsOf(c Conversion, models []model) []CreditRow {
	amount := c.Amount
	if amount == nil {
		amount = new(big.Int) // a missing amount earns count credit and no money
	}
	unattributed := c.emptyRow(models)
	if c.Reason != "" {
		unattributed.Reason = c.Reason
		for _, m := range models {
			unattributed.Minor[m.id], unattributed.Millionths[m.id] = amount, c.Units
		}
		return []CreditRow{unattributed}
	}

	var rows []CreditRow
	for _, t := range c.journey.touches {
		row := c.emptyRow(models)
		row.TouchID, row.Channel, row.Campaign, row.At, row.MatchMethod = t.id, t.channel, t.campaign, t.at, c.journey.group[t.who].method
		rows = append(rows, row)
	}
	left := map[string]CreditRow{} // by reason
	for _, m := range models {
		weights, reason := m.weigh(c.journey, w)
		if reason != "" {
			row, known := left[reason]
			if !known {
				row = c.emptyRow(models)
				row.Reason = reason
				left[reason] = row
			}
			row.Minor[m.id], row.Millionths[m.id] = amount, c.Units
			continue
		}
		minor, millionths := allocate(amount, weights), allocate(c.Units, weights)
		for i := range rows {
			rows[i].Minor[m.id], rows[i].Millionths[m.id] = minor[i], millionths[i]
		}
	}
	for _, reason := range []string{NoTouchInScope, NoAnchor} {
		if row, known := left[reason]; known {
			rows = append(rows, row)
		}
	}
	return rows
}

// emptyRow is a row of unattributed credit with zero in every model.
func (c Conversion) emptyRow(models []model) CreditRow {
	row := CreditRow{ConversionType: c.Type, OpportunityID: c.OpportunityID, PersonID: c.PersonID, OpportunityType: c.OpportunityType,
		Channel: Unattributed, Campaign: Unattributed, At: c.Anchor,
		Minor: map[string]*big.Int{}, Millionths: map[string]*big.Int{}, conversion: c}
	for _, m := range models {
		row.Minor[m.id], row.Millionths[m.id] = new(big.Int), new(big.Int)
	}
	return row
}
