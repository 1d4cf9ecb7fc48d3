package models

import "github.com/tributary-engine/tributary/attribution/credit"

var uShapedMiddle = positional("u_shaped_middle", "; U-shaped at HubSpot", shape{
	anchors: [credit.Anchors]uint64{credit.FT: 400, credit.LC: 400},
	middle:  200,
})
