package oracle

import (
	"math/big"
	"slices"
)

// model gives every touch of a journey a whole, non-negative weight; nil when the journey holds
// none of the anchors that the model declares.
type model struct {
	id      string
	weights func(*journey) []*big.Int
	sees    func(*touch) bool // nil: every touch
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
		{id: "first_touch", weights: positional(shares{ft: 1000})},
		{id: "last_touch", weights: positional(shares{lt: 1000})},
		{id: "last_non_direct", weights: lastNonDirect},
		{id: "linear", weights: linear},
		{id: "time_decay", weights: timeDecay(microsPerHalfLife30d)},
		{id: "time_decay_7d", weights: timeDecay(microsPerHalfLife7d)},
		{id: "position_based", weights: positional(shares{ft: 400, lt: 400, middle: 200})},
		{id: "j_shaped", weights: positional(shares{ft: 200, lt: 600, middle: 200})},
		{id: "inverse_j", weights: positional(shares{ft: 600, lt: 200, middle: 200})},
		{id: "lead_creation", weights: positional(shares{lc: 1000})},
		{id: "u_shaped", weights: positional(shares{ft: 500, lc: 500})},
		{id: "u_shaped_middle", weights: positional(shares{ft: 400, lc: 400, middle: 200})},
		{id: "w_shaped", weights: positional(shares{ft: 300, lc: 300, oc: 300, middle: 100})},
		{id: "full_path", weights: positional(shares{ft: 225, lc: 225, oc: 225, cw: 225, middle: 100})},
	}
	shipped := all
	for _, c := range o.Custom {
		m := model{id: c.ID, weights: positional(shares{ft: int64(c.FT) * 10, lt: int64(c.LT) * 10, lc: int64(c.LC) * 10,
			oc: int64(c.OC) * 10, cw: int64(c.CW) * 10, middle: int64(c.Middle) * 10})}
		for _, s := range shipped {
			if s.id == c.Kind {
				m.weights = s.weights
			}
		}
		if len(c.Only.TouchTypes)+len(c.Only.Channels)+len(c.Only.Campaigns)+len(c.Only.SourceGroups) > 0 {
			m.sees = func(t *touch) bool { return c.Only.sees(t, o) }
		}
		all = append(all, m)
	}
	return all
}

// sees reports whether a touch has one of the values of each list.
func (only Only) sees(t *touch, o Options) bool {
	group := "marketing"
	if slices.Contains(o.SalesChannels, t.channel) {
		group = "sales"
	}
	return (len(only.TouchTypes) == 0 || holdsWord(only.TouchTypes, orNone(t.kind))) &&
		(len(only.Channels) == 0 || holdsWord(only.Channels, t.channel)) &&
		(len(only.Campaigns) == 0 || slices.Contains(only.Campaigns, t.campaign)) &&
		(len(only.SourceGroups) == 0 || holdsWord(only.SourceGroups, group))
}

// weigh returns the weights of the touches of a journey, or the reason why none earns it. A model that
// sees only some touches weighs the journey of these, as if there were no others.
func (m model) weigh(j *journey, w *world) (weights []*big.Int, reason string) {
	seen := *j
	if m.sees != nil {
		seen.touches = nil
		for _, t := range j.touches {
			if m.sees(t) {
				seen.touches = append(seen.touches, t)
			}
		}
		if len(seen.touches) == 0 {
			return nil, NoTouchInScope
		}
		seen.lc = w.leadCreation(&seen)
	}
	own := m.weights(&seen)
	if own == nil {
		return nil, NoAnchor
	}
	for _, t := range j.touches {
		weight := new(big.Int)
		if len(seen.touches) > 0 && seen.touches[0] == t {
			weight, own, seen.touches = own[0], own[1:], seen.touches[1:]
		}
		weights = append(weights, weight)
	}
	return weights, ""
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
