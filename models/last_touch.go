package models

import "tributary/attribution/credit"

var lastTouch = positional("last_touch", "; known as last click", shape{
	anchors: [credit.Anchors]uint64{credit.LT: 1000},
})
