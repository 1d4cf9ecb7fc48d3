package models

import "github.com/tributary-engine/tributary/attribution/credit"

var leadCreation = positional("lead_creation", "; a journey without one goes to no_anchor", shape{
	anchors: [credit.Anchors]uint64{credit.LC: 1000},
})
