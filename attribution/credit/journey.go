package credit

// A Touch is what a journey is made of: one eligible touch of a conversion.
type Touch struct {
	OccurredUS  int64 // microseconds since 1970, UTC
	LeadUS      int64 // when its person became a lead; Never if it did not
	LeadFromUS  int64 // the first and the last microsecond of that day, where it has no time; else LeadUS
	LeadUntilUS int64
	Channel     int32 // dense key
	Direct      bool  // the channel is direct
}

// mayCreateLead reports whether the touch may be the one by which its person became a lead: it is not
// after that moment, by more than the grace where that has a time.
func (t *Touch) mayCreateLead(graceUS int64) bool {
	if t.LeadFromUS < t.LeadUntilUS {
		return t.OccurredUS <= t.LeadUntilUS
	}
	return t.OccurredUS <= t.LeadUS+graceUS
}

// Never is the instant of what did not happen.
const Never = int64(1<<63 - 1)

// NoOpportunity is the creation of the opportunity of a conversion that has none: no touch is
// before it.
const NoOpportunity = int64(-1 << 63)

// Milestones are the instants by which touches come to hold anchors, in microseconds since 1970,
// UTC.
type Milestones struct {
	CreatedUS int64 // creation of the opportunity; NoOpportunity of a person's conversion
	AnchorUS  int64 // the conversion itself; the last microsecond of its day, where it has no time
	GraceUS   int64 // how long after a person became a lead its touch may still be the one that made it so
	IsRevenue bool  // the conversion is the close
}

// NewJourney builds the journey of touches, at least one and in journey order, for the models.
func NewJourney(touches []Touch, m Milestones) *Journey {
	j := &Journey{}
	j.Build(touches, m)
	return j
}

// Build makes j the journey of the touches. Source of the anchors: docs/reference/models.md,
// "Anchors".
func (j *Journey) Build(touches []Touch, m Milestones) {
	last := len(touches) - 1
	j.Age, j.Direct, j.Channel = j.Age[:0], j.Direct[:0], j.Channel[:0]
	opportunity, lead, leadUS := -1, -1, Never
	for i, t := range touches {
		j.Age = append(j.Age, touches[last].OccurredUS-t.OccurredUS)
		j.Direct = append(j.Direct, t.Direct)
		j.Channel = append(j.Channel, t.Channel)
		if t.OccurredUS <= m.CreatedUS {
			opportunity = i
		}
		// Of the persons that were leads by the anchor, the earliest; of its touches up to its
		// creation and the grace, the last. Persons who became leads in the same instant: the one
		// whose touch comes last.
		if t.LeadUS != Never && t.LeadFromUS <= m.AnchorUS && t.mayCreateLead(m.GraceUS) && t.LeadUS <= leadUS {
			lead, leadUS = i, t.LeadUS
		}
	}
	j.Anchors = [Anchors]int{FT: 0, LT: last, LC: lead, OC: opportunity, CW: -1}
	if m.IsRevenue {
		j.Anchors[CW] = last
	}
}
