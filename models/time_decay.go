package models

import (
	"fmt"
	"math"
	"math/big"
	"time"

	"github.com/tributary-engine/tributary/attribution/credit"
)

var (
	timeDecay   = timeDecayOf("time_decay", 30*24*time.Hour, "")
	timeDecay7d = timeDecayOf("time_decay_7d", 7*24*time.Hour, "; the default of web analytics")
)

// timeDecayOf makes a model in which a touch weighs round(2^40 * 2^(-age/halfLife)), age being
// measured from the journey's last touch. That integer is the definition: it is the correctly
// rounded one, on every platform. A touch more than 41 half-lives before the last one weighs
// nothing.
func timeDecayOf(name string, halfLife time.Duration, knownAs string) credit.Model {
	micros := halfLife.Microseconds()
	return credit.Model{
		Name: name,
		Doc:  fmt.Sprintf("2^(-age/half-life), half-life %s d%s", days(halfLife), knownAs),
		Weights: func(j *credit.Journey, w []uint64) {
			for i, age := range j.Age {
				w[i] = decay(age, micros)
			}
		},
		HalfLife: halfLife,
	}
}

// decay returns round(2^40 * 2^(-age/halfLife)) for age >= 0.
func decay(age, halfLife int64) uint64 {
	halvings, rest := age/halfLife, age%halfLife
	if halvings > 41 || (halvings == 41 && rest > 0) {
		return 0
	}
	weight := math.Ldexp(math.Exp2(-float64(rest)/float64(halfLife)), 40-int(halvings))
	whole, fraction := math.Modf(weight)
	// The error of the floating-point result is below 2^-51 of it, so below 2^-11 and half of that
	// for each halving: only so near to one half can it round the wrong way.
	if rest > 0 && math.Abs(fraction-0.5) < math.Ldexp(1, -11-int(halvings)) {
		return decayExactly(halvings, rest, halfLife)
	}
	if fraction >= 0.5 {
		whole++
	}
	return uint64(whole)
}

// decayExactly is decay in 160 bits: exp(-ln 2 * rest/halfLife) by its Taylor series, which for
// arguments below one has converged to that precision after 40 terms.
func decayExactly(halvings, rest, halfLife int64) uint64 {
	const precision = 160
	number := func() *big.Float { return new(big.Float).SetPrec(precision) }
	ln2, _, err := big.ParseFloat("0.69314718055994530941723212145817656807550013436025525412068000949339362196969471560586332699641868754200148102", 10, precision, big.ToNearestEven)
	if err != nil {
		panic(err) // a constant of this file
	}
	x := number().Quo(number().SetInt64(-rest), number().SetInt64(halfLife))
	x.Mul(x, ln2)
	sum, term := number().SetInt64(1), number().SetInt64(1)
	for n := int64(1); n <= 40; n++ {
		term.Mul(term, x)
		term.Quo(term, number().SetInt64(n))
		sum.Add(sum, term)
	}
	sum.SetMantExp(sum, 40-int(halvings))
	weight, _ := sum.Add(sum, number().SetFloat64(0.5)).Uint64()
	return weight
}

func days(d time.Duration) string {
	return fmt.Sprintf("%g", float64(d)/float64(24*time.Hour))
}
