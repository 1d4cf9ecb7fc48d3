package oracle

// asOfWindow is how far closes and daily costs may move the default as-of past everything else.
const asOfWindow = 31 * microsPerDay

func asOfOf(w World, deals []*deal) (int64, error) {
	if w.Options.AsOf != "" {
		return requiredInstant(w.Options.AsOf, endOfDay)
	}
	return defaultAsOf(w, deals)
}

// defaultAsOf is the newest close or end of a daily cost that lies at most 31 days past all other sources, else the newest
// of those: touches, stage entries, and the creation of leads, contacts and opportunities.
func defaultAsOf(w World, deals []*deal) (int64, error) {
	base, err := asOfBase(w, deals)
	if err != nil {
		return 0, err
	}
	var candidates []int64
	for _, d := range deals {
		if at, known, _ := instant(d.ClosedAt, endOfDay); known && d.closed { // readDeal has checked the text
			candidates = append(candidates, at)
		}
	}
	for _, c := range w.Costs {
		if c.StartsOn == c.EndsOn {
			day, err := parseDay(c.EndsOn)
			if err != nil {
				return 0, err
			}
			candidates = append(candidates, (day+1)*microsPerDay-1)
		}
	}
	newest := base
	for _, at := range candidates {
		if at <= base+asOfWindow {
			newest = max(newest, at)
		}
	}
	return newest, nil
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
