package models

import "github.com/tributary-engine/tributary/attribution/credit"

var fullPath = positional("full_path", "; known as Z-shaped", shape{
	anchors: [credit.Anchors]uint64{credit.FT: 225, credit.LC: 225, credit.OC: 225, credit.CW: 225},
	middle:  100,
})
