package models

import "github.com/tributary-engine/tributary/attribution/credit"

var positionBased = positional("position_based", "; known as U-shaped at some vendors", shape{
	anchors: [credit.Anchors]uint64{credit.FT: 400, credit.LT: 400},
	middle:  200,
})
