// Package plan works backwards from a goal: from an amount to customers, from customers to leads, and
// from leads to what each stage, channel and week needs. It computes with exact fractions,
// and depends neither on files nor on the engine.
package plan

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/attribution/credit"
)

var decimal = regexp.MustCompile(`^[0-9]{1,30}(\.[0-9]{1,18})?$`)

// Decimal reads a plain decimal that is above 0, such as 10000 or 0.02, exactly.
func Decimal(text string) (*big.Rat, error) {
	if !decimal.MatchString(text) {
		return nil, fmt.Errorf("%q is not a plain decimal, such as 10000 or 0.02", text)
	}
	value, _ := new(big.Rat).SetString(text)
	if value.Sign() == 0 {
		return nil, errors.New("0 is not above 0")
	}
	return value, nil
}

// errTooLarge is the error of a count that does not fit 64 bits.
var errTooLarge = errors.New("the plan needs more than 9,223,372,036,854,775,807 units")

// Needed is n / d, rounded up: customers for a goal by the average deal, or leads for customers by
// the rate. d is above 0.
func Needed(n, d *big.Rat) (int64, error) { return up(new(big.Rat).Quo(n, d)) }

// Through is what of so many leads comes to a stage by the rate, rounded up.
func Through(leads int64, rate *big.Rat) (int64, error) {
	return up(new(big.Rat).Mul(new(big.Rat).SetInt64(leads), rate))
}

// up rounds up to the next whole number.
func up(x *big.Rat) (int64, error) {
	whole, rest := new(big.Int).QuoRem(x.Num(), x.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		whole.Add(whole, big.NewInt(1))
	}
	if !whole.IsInt64() {
		return 0, errTooLarge
	}
	return whole.Int64(), nil
}

// Rounded is x with so many decimals, rounded to the nearest, half away from zero.
func Rounded(x *big.Rat, decimals int) string {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	n := new(big.Int).Mul(new(big.Int).Abs(x.Num()), scale)
	n.Mul(n, big.NewInt(2)).Add(n, x.Denom())
	n.Quo(n, new(big.Int).Mul(x.Denom(), big.NewInt(2)))
	digits := n.String()
	if missing := decimals + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	if decimals > 0 {
		digits = digits[:len(digits)-decimals] + "." + digits[len(digits)-decimals:]
	}
	if x.Sign() < 0 && n.Sign() > 0 {
		digits = "-" + digits
	}
	return digits
}

// Exact is x as a decimal without needless zeros, where it has one of at most so many decimals; else
// it is rounded to them.
func Exact(x *big.Rat, atMost int) string {
	text := Rounded(x, atMost)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// Split splits leads over channels by the leads that each had, by the allocation rule. The order of
// the channels is a part of the rule. Where none had any, each gets 0.
func Split(leads int64, had []int64) ([]int64, error) {
	weights := make([]uint64, len(had))
	for i, n := range had {
		weights[i] = uint64(n)
	}
	parts, err := credit.Allocate(leads, weights)
	if parts == nil {
		parts = make([]int64, len(had))
	}
	return parts, err
}

// A Deadline is by when leads must come for a goal.
type Deadline struct {
	Day  time.Time // the last day on which a lead must come
	Week time.Time // the first day of its week
}

// lastLead is when the last leads must come that are to be won by a day: the day less the median
// time from lead to win, in days rounded up. weekday is that on which weeks begin.
func lastLead(by time.Time, medianDays *big.Rat, weekday time.Weekday) (Deadline, error) {
	days, err := up(medianDays)
	if err != nil || days > 1_000_000 {
		return Deadline{}, errTooLarge
	}
	day := by.AddDate(0, 0, -int(days))
	return Deadline{Day: day, Week: weekOf(day, weekday)}, nil
}

// weekOf is the first day of the week of a day.
func weekOf(day time.Time, weekday time.Weekday) time.Time {
	return day.AddDate(0, 0, -((int(day.Weekday()) - int(weekday) + 7) % 7))
}
