package models

import "github.com/tributary-engine/tributary/attribution/credit"

var linear = credit.Model{
	Name: "linear",
	Doc:  "every touchpoint the same; known as even",
	Weights: func(_ *credit.Journey, w []uint64) {
		for i := range w {
			w[i] = 1
		}
	},
}
