package oracle

// clock gives as-of in about half of the worlds, and wherever the default would take some date for
// mistyped. No touch is more than 24 h later than as-of.
func (m *maker) clock() {
	var last, second int64
	seen := map[string]bool{}
	for _, t := range m.w.Touchpoints {
		at, _, _ := instant(t.OccurredAt, startOfDay)
		if seen[t.TouchID] {
			continue
		}
		seen[t.TouchID] = true
		if at >= last {
			last, second = at, last
		} else {
			second = max(second, at)
		}
	}
	deals, err := readDeals(m.w)
	if err != nil {
		panic(err) // the maker itself made it
	}
	newest, err := defaultAsOf(m.w, deals)
	if err != nil {
		panic(err)
	}
	// With few touches their 99th percentile lies between the last two.
	mistyped := second == 0 || newest-second > 360*microsPerDay
	if !mistyped && m.chance(0.5) {
		return
	}
	earliest := max(last-microsPerDay, m.start+40*microsPerDay)
	candidates := []int64{earliest, max(earliest, m.horizon), max(earliest, m.horizon+m.r.Int64N(40*microsPerDay)), newest}
	for _, d := range deals {
		for _, time := range []timestamp{d.created, d.wonAt, d.closedAt} {
			for _, at := range []int64{time.at, time.start} {
				if at-1 >= earliest {
					candidates = append(candidates, at, at-1)
				}
			}
		}
	}
	for _, s := range m.w.StageHistory {
		if at, _, _ := instant(s.EnteredAt, startOfDay); at-1 >= earliest {
			candidates = append(candidates, at, at-1)
		}
	}
	if days := bareDays(deals, earliest); len(days) > 0 && m.chance(0.3) {
		candidates = days
	}
	if edges := m.maturities(deals, earliest); len(edges) > 0 && m.chance(0.25) {
		candidates = edges
	}
	var turns []int64
	for _, at := range m.turns {
		if at >= earliest {
			turns = append(turns, at, at+1)
		}
	}
	if len(turns) > 0 && m.chance(0.4) {
		candidates = turns
	}
	m.w.Options.AsOf = instantText(max(earliest, pick(m, candidates)))
}

// bareDays are instants on days on which something happens of which only the day is known.
func bareDays(deals []*deal, earliest int64) []int64 {
	var instants []int64
	for _, d := range deals {
		for _, time := range []timestamp{d.created, d.closedAt} {
			for _, at := range []int64{time.start, time.start + microsPerDay/2, time.end - 1} {
				if at >= earliest && time.start < time.end {
					instants = append(instants, at)
				}
			}
		}
	}
	return instants
}

// aroundAsOf adds daily costs and moves closes around the furthest instant to which they move the
// default as-of.
func (m *maker) aroundAsOf() {
	deals, err := readDeals(m.w)
	if err != nil {
		panic(err) // the maker itself made it
	}
	base, err := asOfBase(m.w, deals)
	if err != nil {
		panic(err)
	}
	if m.chance(0.5) {
		for range m.between(1, 2) {
			day := dayText(dayOf(base) + int64(pick(m, []int{0, 5, 29, 30, 31, 32, 60})))
			m.w.Costs = append(m.w.Costs, Cost{StartsOn: day, EndsOn: day, Channel: pick(m, m.channels), Amount: "12.5", Currency: pick(m, m.currency)})
		}
	}
	if o := pick(m, m.w.Opportunities); o.ClosedAt != "" && m.chance(0.3) {
		closed := m.timeText(base + closesWindow + pick(m, []int64{0, 1, microsPerDay}))
		for i := range m.w.Opportunities {
			if m.w.Opportunities[i].OpportunityID == o.OpportunityID {
				m.w.Opportunities[i].ClosedAt = closed
			}
		}
	}
}

// maturities are the instants at which cohorts that have someone become final, and those just
// before.
func (m *maker) maturities(deals []*deal, earliest int64) []int64 {
	var members, edges []int64
	for _, s := range m.w.StageHistory {
		at, _, _ := instant(s.EnteredAt, startOfDay)
		members = append(members, at)
	}
	for _, l := range m.w.Leads {
		at, _, _ := instant(l.CreatedAt, endOfDay)
		members = append(members, at)
	}
	for _, d := range deals {
		members = append(members, d.created.at)
	}
	var ends []int64
	if last, err := parseDay(m.w.Options.To); err == nil {
		ends = append(ends, (last+1)*microsPerDay)
	}
	for _, at := range members {
		ends = append(ends, nextMonth(monthOf(at)))
	}
	for _, s := range m.w.Options.Funnel[1:] {
		for _, end := range ends {
			if at := end + int64(s.WithinDays)*microsPerDay; at-1 >= earliest {
				edges = append(edges, at, at-1)
			}
		}
	}
	return edges
}
