// Package credit has what a model needs: the journey of one conversion, and the exact allocation of
// its value over the touchpoints. It depends neither on the engine nor on how journeys are built.
package credit

import "time"

// An Anchor is a milestone of the buyer's journey that a touch can hold (docs/reference/models.md,
// "Anchors").
type Anchor int

const (
	FT      Anchor = iota // first touch
	LT                    // last touch
	LC                    // lead creation
	OC                    // opportunity creation
	CW                    // close
	Anchors               // how many there are
)

func (a Anchor) String() string { return [...]string{"FT", "LT", "LC", "OC", "CW"}[a] }

// A Journey is the ordered, eligible touches of one conversion: what a model may see.
// All slices have the length of the journey.
type Journey struct {
	Age     []int64      // microseconds before the journey's last touch, not increasing
	Direct  []bool       // the channel is direct
	Channel []int32      // dense key
	Anchors [Anchors]int // index of the touch that holds the anchor; -1 if none does
}

// Len is the number of touches.
func (j *Journey) Len() int { return len(j.Age) }

// A Model gives every touch of a journey a whole, non-negative weight; w arrives zeroed, one per
// touch. A touch's share of the conversion is its weight over the journey's total; a journey whose
// weights are all zero is credited to no_anchor. A model with a scope gets the journey of the touches
// that it sees: anchors and ages are those of these touches alone. A journey without any of them is
// credited to no_touch_in_scope.
type Model struct {
	Name    string // lower_snake_case; what reports call it
	Doc     string // one line: the weights and anchors, for `tributary models` and docs/reference/models.md
	Weights func(j *Journey, w []uint64)
	Sees    func(t Facts) bool // nil: every touch

	Positions []Position    // of a positional model: what Doc says, for programs
	HalfLife  time.Duration // of a time-decay model
}

// A Position is a place in the journey, and what it earns in a positional model.
type Position struct {
	Name        string // an anchor, or middle: all touches that hold no anchor of the model, together
	Thousandths uint64
}

// Facts are what a scope may ask of a touch, as reports show it; "(none)" is a value.
type Facts struct {
	TouchType, Channel, CampaignID, SourceGroup string
}
