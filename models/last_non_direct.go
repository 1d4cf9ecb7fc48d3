package models

import "github.com/tributary-engine/tributary/attribution/credit"

var lastNonDirect = credit.Model{
	Name: "last_non_direct",
	Doc:  "the last touchpoint whose channel is not direct 100 %; LT if all are direct",
	Weights: func(j *credit.Journey, w []uint64) {
		for i := j.Len() - 1; i >= 0; i-- {
			if !j.Direct[i] {
				w[i] = 1
				return
			}
		}
		w[j.Len()-1] = 1
	},
}
