package models

import "github.com/tributary-engine/tributary/attribution/credit"

var jShaped = positional("j_shaped", "", shape{
	anchors: [credit.Anchors]uint64{credit.FT: 200, credit.LT: 600},
	middle:  200,
})
