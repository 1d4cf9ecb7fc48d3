package difference

import "math/big"

// Coverage is which share of a figure (revenue or pipeline) of new business is credited to
// touchpoints, before and after, in percent with one decimal. It is not found where the figure is 0.
func (s Summary) Coverage(figure string) (before, after string, found bool) {
	whole, credited := s.total(figure), s.total("credited "+figure)
	if whole == nil || credited == nil {
		return "", "", false
	}
	before, isBefore := percent(string(credited.Before), string(whole.Before))
	after, isAfter := percent(string(credited.After), string(whole.After))
	return before, after, isBefore && isAfter
}

func (s Summary) total(figure string) *Total {
	for i := range s.Totals {
		if t := &s.Totals[i]; t.OpportunityType == "new_business" && t.Figure == figure {
			return t
		}
	}
	return nil
}

func percent(part, whole string) (string, bool) {
	n, isPart := new(big.Rat).SetString(part)
	d, isWhole := new(big.Rat).SetString(whole)
	if !isPart || !isWhole || d.Sign() == 0 {
		return "", false
	}
	return n.Mul(n, big.NewRat(100, 1)).Quo(n, d).FloatString(1), true
}
