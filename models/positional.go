package models

import (
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/attribution/credit"
)

// A shape declares a positional model in thousandths: what each anchor earns, and what all the
// touches that hold none of the model's anchors share equally. It totals 1000.
type shape struct {
	anchors [credit.Anchors]uint64
	middle  uint64
}

// positional makes a model of a shape. Source of the rules: docs/reference/models.md, "Models": a
// touch that holds several anchors earns their sum; what is absent (an anchor that no touch holds,
// a middle without touches) is dropped, and all that remains is renormalised; a journey that holds
// none of the declared anchors has no weights at all.
//
// A declaration that does not total 1000 gives a model without weights, which Check refuses.
func positional(name, knownAs string, s shape) credit.Model {
	if s.total() != 1000 {
		return credit.Model{Name: name, Doc: s.String()}
	}
	return credit.Model{Name: name, Doc: s.String() + knownAs, Weights: s.weights, Positions: s.positions()}
}

// weights are whole numbers in the right proportion: with m touches in the middle, each of those
// weighs its thousandths, and an anchor m times its own.
func (s shape) weights(j *credit.Journey, w []uint64) {
	held, declared := uint64(0), false
	for anchor, thousandths := range s.anchors {
		if thousandths == 0 {
			continue
		}
		declared = true
		if touch := j.Anchors[anchor]; touch >= 0 {
			if w[touch] == 0 {
				held++
			}
			w[touch] += thousandths
		}
	}
	middle := uint64(len(w)) - held
	if s.middle == 0 || middle == 0 || (declared && held == 0) {
		return
	}
	for i := range w {
		if w[i] > 0 {
			w[i] *= middle
		} else {
			w[i] = s.middle
		}
	}
}

// String prints the declaration in percent: "FT 40 %, LT 40 %, middle 20 %".
func (s shape) String() string {
	var parts []string
	for _, position := range s.positions() {
		parts = append(parts, position.Name+" "+percent(position.Thousandths))
	}
	return strings.Join(parts, ", ")
}

// positions lists what earns something: the anchors in their order, then the middle.
func (s shape) positions() []credit.Position {
	var list []credit.Position
	for anchor, thousandths := range s.anchors {
		if thousandths > 0 {
			list = append(list, credit.Position{Name: credit.Anchor(anchor).String(), Thousandths: thousandths})
		}
	}
	if s.middle > 0 {
		list = append(list, credit.Position{Name: "middle", Thousandths: s.middle})
	}
	return list
}

func percent(thousandths uint64) string {
	if thousandths%10 == 0 {
		return fmt.Sprintf("%d %%", thousandths/10)
	}
	return fmt.Sprintf("%d.%d %%", thousandths/10, thousandths%10)
}

// total is 1000 in a sound declaration.
func (s shape) total() uint64 {
	sum := s.middle
	for _, thousandths := range s.anchors {
		sum += thousandths
	}
	return sum
}
