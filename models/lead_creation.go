package models

import "tributary/attribution"

var leadCreation = positional("lead_creation", "; a journey without one goes to no_anchor", shape{
	anchors: [attribution.Anchors]uint64{attribution.LC: 1000},
})
