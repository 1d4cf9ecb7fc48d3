package page

import (
	"math/big"

	"github.com/tributary-engine/tributary/internal/page/chart"
	"github.com/tributary-engine/tributary/internal/present"
)

// interval is the whisker of a rate, if the row has one.
func interval(rec record, low, high string) *chart.Interval {
	if !rec.has(low) || !rec.has(high) {
		return nil
	}
	return &chart.Interval{Low: rec.amount(low), High: rec.amount(high)}
}

// axis is an amount at the end of an axis.
func (r *reader) axis(amount float64) string {
	return present.Value(present.Money, new(big.Rat).SetFloat64(amount).FloatString(2), 0) + " " + r.currency
}

// float is an exact decimal for drawing.
func float(exact string) float64 {
	n, ok := new(big.Rat).SetString(exact)
	if !ok {
		return 0
	}
	f, _ := n.Float64()
	return f
}
