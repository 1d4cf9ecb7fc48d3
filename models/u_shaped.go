package models

import "github.com/tributary-engine/tributary/attribution/credit"

var uShaped = positional("u_shaped", "; U-shaped at Marketo Measure", shape{
	anchors: [credit.Anchors]uint64{credit.FT: 500, credit.LC: 500},
})
