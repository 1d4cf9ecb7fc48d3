package models

import "tributary/attribution"

var lastTouch = positional("last_touch", "; known as last click", shape{
	anchors: [attribution.Anchors]uint64{attribution.LT: 1000},
})
