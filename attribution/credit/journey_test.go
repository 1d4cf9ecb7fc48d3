package credit

import "testing"

// The anchors of a journey, at the ends of every interval: a touch at an instant is by it.
func TestAnchorsOfAJourney(t *testing.T) {
	const none = -1
	// lead is a touch of a person that became a lead at an instant, day one of a person that did in a
	// day of 10 microseconds.
	lead := func(us, leadUS int64) Touch {
		return Touch{OccurredUS: us, LeadUS: leadUS, LeadFromUS: leadUS, LeadUntilUS: leadUS}
	}
	day := func(us, from int64) Touch {
		return Touch{OccurredUS: us, LeadUS: from + 9, LeadFromUS: from, LeadUntilUS: from + 9}
	}
	for _, c := range []struct {
		what     string
		touches  []Touch
		at       Milestones
		lc, oc   int
		isClosed bool
	}{
		{"a person who is no lead", []Touch{lead(5, Never), lead(7, Never)}, Milestones{CreatedUS: 9, AnchorUS: 9}, none, 1, false},
		{"the grace ends with its last microsecond", []Touch{lead(5, 3), lead(6, 3)}, Milestones{CreatedUS: 9, AnchorUS: 9, GraceUS: 2}, 0, 1, false},
		{"a lead at the anchor", []Touch{lead(5, 9)}, Milestones{CreatedUS: 9, AnchorUS: 9}, 0, 0, false},
		{"a lead after the anchor", []Touch{lead(5, 10)}, Milestones{CreatedUS: 9, AnchorUS: 9}, none, 0, false},
		{"of two persons who became leads at once, the later touch", []Touch{lead(4, 8), lead(5, 8)}, Milestones{CreatedUS: 9, AnchorUS: 9}, 1, 1, false},
		{"of two persons, the earlier lead", []Touch{lead(4, 6), lead(5, 8)}, Milestones{CreatedUS: 9, AnchorUS: 9}, 0, 1, false},
		{"a touch at the creation, and one after it", []Touch{lead(9, Never), lead(10, Never)}, Milestones{CreatedUS: 9, AnchorUS: 20}, none, 0, false},
		{"a person's conversion has no opportunity", []Touch{lead(5, Never)}, Milestones{CreatedUS: NoOpportunity, AnchorUS: 9}, none, none, false},
		{"a lead of a day that begins by the anchor", []Touch{day(5, 9)}, Milestones{CreatedUS: 9, AnchorUS: 9}, 0, 0, false},
		{"a lead of a day has no grace", []Touch{day(9, 0), day(10, 0)}, Milestones{CreatedUS: 20, AnchorUS: 20, GraceUS: 5}, 0, 1, false},
		{"a close", []Touch{lead(5, Never), lead(6, Never)}, Milestones{CreatedUS: 5, AnchorUS: 9, IsRevenue: true}, none, 0, true},
	} {
		last := len(c.touches) - 1
		want := [Anchors]int{FT: 0, LT: last, LC: c.lc, OC: c.oc, CW: none}
		if c.isClosed {
			want[CW] = last
		}
		if got := NewJourney(c.touches, c.at).Anchors; got != want {
			t.Errorf("%s: %v, want %v", c.what, got, want)
		}
	}
}
