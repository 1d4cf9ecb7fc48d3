package attribution

// A touch of a journey as the engine hands it over, in journey order.
type touch struct {
	key        int64
	occurredUS int64
	leadUS     int64 // when its person became a lead; never if it did not
	channel    int32
	campaign   int32
	direct     bool
	inPeriod   bool
}

const never = int64(1<<63 - 1)

// reset makes j the journey of the touches, for a conversion of an opportunity created and anchored at the given instants.
// Source of the anchors: docs/definitions.md, "Anchors".
func (j *Journey) reset(touches []touch, isRevenue bool, createdUS, anchorUS, graceUS int64) {
	last := len(touches) - 1
	j.Age, j.Direct, j.Channel = j.Age[:0], j.Direct[:0], j.Channel[:0]
	opportunity, lead, leadUS := -1, -1, never
	for i, t := range touches {
		j.Age = append(j.Age, touches[last].occurredUS-t.occurredUS)
		j.Direct = append(j.Direct, t.direct)
		j.Channel = append(j.Channel, t.channel)
		if t.occurredUS <= createdUS {
			opportunity = i
		}
		// Of the persons that were leads by the anchor, the earliest; of its touches up to its creation and the grace,
		// the last. Persons who became leads in the same instant: the one whose touch comes last.
		if t.leadUS != never && t.leadUS <= anchorUS && t.occurredUS <= t.leadUS+graceUS && t.leadUS <= leadUS {
			lead, leadUS = i, t.leadUS
		}
	}
	j.Anchors = [Anchors]int{FT: 0, LT: last, LC: lead, OC: opportunity, CW: -1}
	if isRevenue {
		j.Anchors[CW] = last
	}
}
