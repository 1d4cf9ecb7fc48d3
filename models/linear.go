package models

import "tributary/attribution"

var linear = attribution.Model{
	Name: "linear",
	Doc:  "every touch the same; known as even",
	Weights: func(_ *attribution.Journey, w []uint64) {
		for i := range w {
			w[i] = 1
		}
	},
}
