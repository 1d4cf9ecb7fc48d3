package models

import "github.com/tributary-engine/tributary/attribution/credit"

var inverseJ = positional("inverse_j", "; j_shaped mirrored", shape{
	anchors: [credit.Anchors]uint64{credit.FT: 600, credit.LT: 200},
	middle:  200,
})
