package models

import "tributary/attribution"

var uShapedMiddle = positional("u_shaped_middle", "; U-shaped at HubSpot", shape{
	anchors: [attribution.Anchors]uint64{attribution.FT: 400, attribution.LC: 400},
	middle:  200,
})
