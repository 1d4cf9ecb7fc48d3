package oracle

// How far closes may move the default as-of past everything else, and daily costs past that.
const (
	closesWindow = 92 * microsPerDay
	costsWindow  = 31 * microsPerDay
)

func asOfOf(w World, deals []*deal) (int64, error) {
	if w.Options.AsOf != "" {
		return requiredInstant(w.Options.AsOf, endOfDay)
	}
	return defaultAsOf(w, deals)
}

// defaultAsOf is the newest touch, stage entry, activity, or creation of a lead, contact or opportunity;
// moved by the newest close that lies at most 92 days past it; moved to the newest end of the day
// of a daily cost that lies at most 31 days past that. A bare date and a daily cost lie where their
// day begins.
func defaultAsOf(w World, deals []*deal) (int64, error) {
	base, err := asOfBase(w, deals)
	if err != nil {
		return 0, err
	}
	var closes, costs []timestamp
	for _, d := range deals {
		if at, known, _ := readTime(d.ClosedAt, endOfDay); known && d.closed { // readDeal has checked the text
			closes = append(closes, at)
		}
	}
	for _, c := range w.Costs {
		if c.StartsOn == c.EndsOn {
			day, err := requiredTime(c.EndsOn, endOfDay)
			if err != nil {
				return 0, err
			}
			costs = append(costs, day)
		}
	}
	return movedBy(movedBy(base, closes, closesWindow), costs, costsWindow), nil
}

// movedBy is the newest of base and those that begin at most a window past it.
func movedBy(base int64, times []timestamp, window int64) int64 {
	newest := base
	for _, t := range times {
		if t.start <= base+window {
			newest = max(newest, t.at)
		}
	}
	return newest
}

// asOfBase is the newest instant of the sources that always move the default as-of.
func asOfBase(w World, deals []*deal) (int64, error) {
	var newest int64
	var firstErr error
	happened := func(text string, bare dayPart) {
		at, known, err := instant(text, bare)
		if err != nil && firstErr == nil {
			firstErr = err
		}
		if known {
			newest = max(newest, at)
		}
	}
	for _, t := range w.Touchpoints {
		happened(t.OccurredAt, startOfDay)
	}
	for _, s := range w.StageHistory {
		happened(s.EnteredAt, startOfDay)
	}
	for _, a := range w.Activities {
		happened(a.OccurredAt, startOfDay)
	}
	for _, l := range w.Leads {
		happened(l.CreatedAt, endOfDay)
	}
	for _, c := range w.Contacts {
		happened(c.CreatedAt, endOfDay)
	}
	for _, d := range deals {
		newest = max(newest, d.created.at)
	}
	return newest, firstErr
}
