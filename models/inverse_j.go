package models

import "tributary/attribution"

var inverseJ = positional("inverse_j", "; j_shaped mirrored", shape{
	anchors: [attribution.Anchors]uint64{attribution.FT: 600, attribution.LT: 200},
	middle:  200,
})
