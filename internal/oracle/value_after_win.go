package oracle

import (
	"math/big"
	"time"
)

// Names of rows of the value after the win.
const (
	AcquiredBefore = "(acquired before the data)"
	NoCustomer     = "(no account)"
)

// ValueRow is what customers brought after their first win: of a model, within so many months ("(all)":
// in all), of the channel that acquired them.
type ValueRow struct {
	Model, Months, Channel, Measure string
	Amount                          *big.Int // of customers in millionths
}

var valueMonths = []struct {
	label  string
	months int
}{{"3", 3}, {"6", 6}, {"12", 12}, {"24", 24}, {"(all)", 0}}

// valueAfterWin follows every account from its first win of new business.
func (w *world) valueAfterWin(conversions []Conversion, models []model, within period) []ValueRow {
	var rows []ValueRow
	byAccount := map[string][]Conversion{}
	for _, c := range conversions {
		if c.Type == Revenue && c.NotCounted == "" && c.OpportunityType != "other" {
			account := w.deals[c.OpportunityID].AccountID
			byAccount[account] = append(byAccount[account], c)
		}
	}
	for account, sales := range byAccount {
		first := w.firstWin(account, sales)
		if first != nil {
			if within.holds(first.Anchor) {
				rows = append(rows, w.valueOf(*first, sales, models)...)
			}
			continue
		}
		if w.options.From != "" {
			continue
		}
		channel, isLater := AcquiredBefore, false
		if account == "" {
			channel = NoCustomer
		}
		for _, m := range models {
			for _, c := range sales {
				if measure := laterMeasure(c); measure != "" {
					isLater = true
					rows = append(rows, ValueRow{m.id, "(all)", channel, measure, orZero(c.Amount)})
				}
			}
			if isLater && account != "" {
				rows = append(rows, ValueRow{m.id, "(all)", channel, "customers", oneUnit})
			}
		}
	}
	return rows
}

// firstWin is the win that acquired an account; nil if it was a customer before, or is none.
func (w *world) firstWin(account string, sales []Conversion) *Conversion {
	var first *Conversion
	for i, c := range sales {
		if account != "" && c.OpportunityType == newBusiness && !c.Reversal &&
			(first == nil || c.Anchor < first.Anchor || c.Anchor == first.Anchor && c.OpportunityID < first.OpportunityID) {
			first = &sales[i]
		}
	}
	for _, c := range sales {
		if first != nil && laterMeasure(c) != "" && w.deals[c.OpportunityID].wonAt.end < w.deals[first.OpportunityID].wonAt.start {
			return nil
		}
	}
	return first
}

// laterMeasure is what a sale is called after the first win; "" if it is new business.
func laterMeasure(c Conversion) string {
	switch {
	case c.Reversal:
		return "churn"
	case c.OpportunityType == newBusiness:
		return ""
	}
	return c.OpportunityType
}

// valueOf credits the first win of a customer, its unit and what it brought later, all by the weights
// of the first win.
func (w *world) valueOf(first Conversion, sales []Conversion, models []model) []ValueRow {
	var rows []ValueRow
	won := dayOf(first.Anchor)
	for _, bound := range valueMonths {
		last := monthsAfter(won, bound.months)
		if bound.months > 0 && last > dayOf(w.asOf) {
			continue
		}
		add := func(measure string, amount *big.Int) {
			c := first
			c.Amount = orZero(amount)
			for _, row := range w.creditsOf(c, models) {
				for model, minor := range row.Minor {
					rows = append(rows, ValueRow{model, bound.label, row.Channel, measure, minor})
				}
			}
		}
		add("first_win", first.Amount)
		add("customers", oneUnit)
		for _, c := range sales {
			if measure := laterMeasure(c); measure != "" && (bound.months == 0 || dayOf(c.Anchor) <= last) {
				add(measure, c.Amount)
			}
		}
	}
	return rows
}

func orZero(amount *big.Int) *big.Int {
	if amount == nil {
		return new(big.Int)
	}
	return amount
}

// monthsAfter is the day of the same number so many months later, or the last one of a shorter month.
func monthsAfter(day int64, months int) int64 {
	at := time.UnixMicro(day * microsPerDay).UTC()
	lastOfMonth := time.Date(at.Year(), at.Month()+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC)
	return dayOf(time.Date(lastOfMonth.Year(), lastOfMonth.Month(), min(at.Day(), lastOfMonth.Day()), 0, 0, 0, 0, time.UTC).UnixMicro())
}
