package models

import "github.com/tributary-engine/tributary/attribution/credit"

var firstTouch = positional("first_touch", "; known as first click", shape{
	anchors: [credit.Anchors]uint64{credit.FT: 1000},
})
