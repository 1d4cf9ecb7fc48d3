package config

import (
	"maps"
	"math"
	"slices"

	"github.com/tributary-engine/tributary/internal/contract"
)

// CostRules say how long the cost of a day can still change.
type CostRules struct {
	ProvisionalDays int            `json:"provisional_days"`     // of ad cost: so many days up to as-of are not final
	ByChannel       map[string]int `json:"by_channel,omitempty"` // other numbers of days, by channel
}

// Economics are what CAC, payback and return on margin need to know beyond the data.
type Economics struct {
	Margin     float64 `json:"margin,omitempty"` // the share of revenue that is left after the cost of what was sold; 0: not given
	TermMonths int     `json:"term_months"`      // over how many months an amount is earned, where the opportunity does not say it
}

// MarginMillionths is the margin in whole millionths. The schema takes at most six decimals.
func (e Economics) MarginMillionths() int64 { return int64(math.Round(e.Margin * 1_000_000)) }

// Channels are the channels that have a number of days of their own.
func (r CostRules) Channels() []string { return slices.Sorted(maps.Keys(r.ByChannel)) }

// checkCosts reports channels that are given twice, in two spellings.
func (t *tree) checkCosts(d document) {
	seen := map[string]string{}
	for _, channel := range d.Costs.Channels() {
		plain := contract.PlainWord(channel)
		if other, twice := seen[plain]; twice {
			t.reportKey([]string{"costs", "by_channel", channel}, "contradiction", "is the same channel as "+quoted(other))
		}
		seen[plain] = channel
	}
}
