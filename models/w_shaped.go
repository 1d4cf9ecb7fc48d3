package models

import "tributary/attribution"

var wShaped = positional("w_shaped", "", shape{
	anchors: [attribution.Anchors]uint64{attribution.FT: 300, attribution.LC: 300, attribution.OC: 300},
	middle:  100,
})
