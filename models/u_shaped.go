package models

import "tributary/attribution"

var uShaped = positional("u_shaped", "; U-shaped at Marketo Measure", shape{
	anchors: [attribution.Anchors]uint64{attribution.FT: 500, attribution.LC: 500},
})
