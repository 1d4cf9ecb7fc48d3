package models

import "tributary/attribution"

var firstTouch = positional("first_touch", "; known as first click", shape{
	anchors: [attribution.Anchors]uint64{attribution.FT: 1000},
})
