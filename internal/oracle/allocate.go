package oracle

import "math/big"

// divide is the rounding R of the quotient: to the nearest whole, half away from zero.
func divide(numerator, denominator *big.Int) *big.Int {
	sign := numerator.Sign() * denominator.Sign()
	n, d := new(big.Int).Abs(numerator), new(big.Int).Abs(denominator)
	quotient, rest := new(big.Int).QuoRem(n, d, new(big.Int))
	if rest.Lsh(rest, 1).Cmp(d) >= 0 {
		quotient.Add(quotient, big.NewInt(1))
	}
	if sign < 0 {
		quotient.Neg(quotient)
	}
	return quotient
}

func round(value *big.Rat) *big.Int { return divide(value.Num(), value.Denom()) }

// allocate splits the total: credit_i = R(V*C_i/T) - R(V*C_{i-1}/T), with C_i the running sum of
// the weights and T their total.
func allocate(total *big.Int, weights []*big.Int) []*big.Int {
	sum := new(big.Int)
	for _, w := range weights {
		sum.Add(sum, w)
	}
	var credits []*big.Int
	running, before := new(big.Int), new(big.Int)
	for _, w := range weights {
		running.Add(running, w)
		upTo := divide(new(big.Int).Mul(total, running), sum)
		credits = append(credits, new(big.Int).Sub(upTo, before))
		before = upTo
	}
	return credits
}
