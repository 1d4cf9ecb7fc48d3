package oracle

import "math/big"

// decayBits is the working precision: 40 bits of weight, and far more than enough behind them,
// since the shares are irrational or exact and so never near a tie by accident of the precision.
const decayBits = 256

// decayWeight is round(2^40 * 2^(-age/half_life)), age and half-life in microseconds.
func decayWeight(age, halfLife int64) *big.Int {
	whole, rest := age/halfLife, age%halfLife
	if whole > 100 {
		return new(big.Int) // far below one half
	}
	value := powerOfHalf(rest, halfLife)
	value.SetMantExp(value, 40-int(whole))
	value.Add(value, big.NewFloat(0.5)) // never negative: rounding is adding a half and dropping the fraction
	weight, _ := value.Int(nil)
	return weight
}

// powerOfHalf is 2^(-n/d) = exp(-ln2 * n/d) by its Taylor series, 0 <= n < d. Exact for n = 0.
func powerOfHalf(n, d int64) *big.Float {
	x := new(big.Float).SetPrec(decayBits).SetInt64(n)
	x.Quo(x, newFloat(d))
	x.Mul(x, naturalLogOfTwo())
	x.Neg(x)
	term, sum := newFloat(1), newFloat(1)
	for k := int64(1); k <= 80; k++ { // ln2^80/80! is below 2^-437
		term.Mul(term, x)
		term.Quo(term, newFloat(k))
		sum.Add(sum, term)
	}
	return sum
}

// naturalLogOfTwo is ln 2 = sum of 1/(k*2^k).
func naturalLogOfTwo() *big.Float {
	sum := newFloat(0)
	for k := int64(1); k <= decayBits+10; k++ {
		term := newFloat(1)
		term.Quo(term, newFloat(k))
		term.SetMantExp(term, -int(k))
		sum.Add(sum, term)
	}
	return sum
}

func newFloat(value int64) *big.Float { return new(big.Float).SetPrec(decayBits).SetInt64(value) }
