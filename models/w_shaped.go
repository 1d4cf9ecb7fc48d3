package models

import "github.com/tributary-engine/tributary/attribution/credit"

var wShaped = positional("w_shaped", "", shape{
	anchors: [credit.Anchors]uint64{credit.FT: 300, credit.LC: 300, credit.OC: 300},
	middle:  100,
})
