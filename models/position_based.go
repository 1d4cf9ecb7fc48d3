package models

import "tributary/attribution"

var positionBased = positional("position_based", "; known as U-shaped at some vendors", shape{
	anchors: [attribution.Anchors]uint64{attribution.FT: 400, attribution.LT: 400},
	middle:  200,
})
