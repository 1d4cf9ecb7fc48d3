package models

import "tributary/attribution"

var jShaped = positional("j_shaped", "", shape{
	anchors: [attribution.Anchors]uint64{attribution.FT: 200, attribution.LT: 600},
	middle:  200,
})
