package models

import "github.com/tributary-engine/tributary/attribution/credit"

var lastTouch = positional("last_touch", "; known as last click", shape{
	anchors: [credit.Anchors]uint64{credit.LT: 1000},
})
