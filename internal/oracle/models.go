package oracle

import "math/big"

// model gives every touch of a journey a whole, non-negative weight; nil when the journey holds
// none of the anchors that the model declares.
type model struct {
	id      string
	weights func(*journey) []*big.Int
}

const (
	microsPerHalfLife30d = 30 * microsPerDay
	microsPerHalfLife7d  = 7 * microsPerDay
)

// shares are the weights of a positional model, in thousandths.
type shares struct{ ft, lt, lc, oc, cw, middle int64 }

// modelsOf are the fourteen models and those of the configuration.
func modelsOf(o Options) []model {
	all := []model{
		{"first_touch", positional(shares{ft: 1000})},
		{"last_touch", positional(shares{lt: 1000})},
		{"last_non_direct", lastNonDirect},
		{"linear", linear},
		{"time_decay", timeDecay(microsPerHalfLife30d)},
		{"time_decay_7d", timeDecay(microsPerHalfLife7d)},
		{"position_based", positional(shares{ft: 400, lt: 400, middle: 200})},
		{"j_shaped", positional(shares{ft: 200, lt: 600, middle: 200})},
		{"inverse_j", positional(shares{ft: 600, lt: 200, middle: 200})},
		{"lead_creation", positional(shares{lc: 1000})},
		{"u_shaped", positional(shares{ft: 500, lc: 500})},
		{"u_shaped_middle", positional(shares{ft: 400, lc: 400, middle: 200})},
		{"w_shaped", positional(shares{ft: 300, lc: 300, oc: 300, middle: 100})},
		{"full_path", positional(shares{ft: 225, lc: 225, oc: 225, cw: 225, middle: 100})},
	}
	for _, c := range o.Custom {
		all = append(all, model{c.ID, positional(shares{ft: int64(c.FT) * 10, lt: int64(c.LT) * 10, lc: int64(c.LC) * 10,
			oc: int64(c.OC) * 10, cw: int64(c.CW) * 10, middle: int64(c.Middle) * 10})})
	}
	return all
}

// none are weights of zero, one for each touch.
func none(j *journey) []*big.Int {
	var weights []*big.Int
	for range j.touches {
		weights = append(weights, new(big.Int))
	}
	return weights
}

func linear(j *journey) []*big.Int {
	weights := none(j)
	for _, w := range weights {
		w.SetInt64(1)
	}
	return weights
}

func lastNonDirect(j *journey) []*big.Int {
	weights := none(j)
	for i := len(j.touches) - 1; i >= 0; i-- {
		if !j.touches[i].direct() {
			weights[i].SetInt64(1)
			return weights
		}
	}
	weights[len(weights)-1].SetInt64(1)
	return weights
}

// timeDecay measures the age from the journey's last touch.
func timeDecay(halfLife int64) func(*journey) []*big.Int {
	return func(j *journey) []*big.Int {
		last := j.touches[len(j.touches)-1].at
		var weights []*big.Int
		for _, t := range j.touches {
			weights = append(weights, decayWeight(last-t.at, halfLife))
		}
		return weights
	}
}

// positional gives each anchor its share and splits the middle equally among the touches that hold
// none of the model's anchors. Shares that nobody takes are left out, and since only the ratio of
// the weights counts, the rest is renormalised by that alone.
func positional(s shares) func(*journey) []*big.Int {
	return func(j *journey) []*big.Int {
		held := make([]int64, len(j.touches)) // thousandths
		holds := make([]bool, len(j.touches))
		declared, found := false, false
		for _, a := range j.anchors(s) {
			if a.share == 0 {
				continue
			}
			declared = true
			if a.touch >= 0 {
				found = true
				holds[a.touch] = true
				held[a.touch] += a.share
			}
		}
		if declared && !found {
			return nil
		}
		middle := int64(0)
		for _, h := range holds {
			if !h {
				middle++
			}
		}
		weights := none(j)
		for i := range weights {
			switch {
			case !holds[i]:
				weights[i].SetInt64(s.middle) // of the middle's parts, times the number of them
			case middle == 0 || s.middle == 0:
				weights[i].SetInt64(held[i])
			default:
				weights[i].SetInt64(held[i] * middle)
			}
		}
		return weights
	}
}

// anchor is an anchor's share and the index of the touch that holds it, -1 for none.
type anchor struct {
	share int64
	touch int
}

func (j *journey) anchors(s shares) []anchor {
	last := len(j.touches) - 1
	creation, closing := -1, -1
	if !j.ofPerson {
		creation = j.lastBy(j.created.end)
		if j.conversionType == Revenue {
			closing = j.lastBy(j.anchor.end)
		}
	}
	return []anchor{{s.ft, 0}, {s.lt, last}, {s.lc, j.lc}, {s.oc, creation}, {s.cw, closing}}
}

// lastBy is the index of the last touch at or before the instant, -1 for none.
func (j *journey) lastBy(at int64) int {
	found := -1
	for i, t := range j.touches {
		if t.at <= at {
			found = i
		}
	}
	return found
}
