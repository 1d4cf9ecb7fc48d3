package models

import "tributary/attribution"

var fullPath = positional("full_path", "; known as Z-shaped", shape{
	anchors: [attribution.Anchors]uint64{attribution.FT: 225, attribution.LC: 225, attribution.OC: 225, attribution.CW: 225},
	middle:  100,
})
