package synthetic

// A step is one line of the stage history.
type step struct {
	stage  string
	at     instant
	reason string
}

// courseOf is how a deal goes through its stages: it may skip some, go back, and be won twice. What
// lies beyond the window has not happened.
func (g *generator) courseOf(d *draws, x deal) []step {
	length := x.closed - x.created
	after := func(low, high int64) instant { return x.created + length*instant(d.between(low, high))/1000 }
	all := []step{{"Discovery", x.created, ""}}
	if !d.chance(skippedDealStages) {
		all = append(all, step{"Proposal", after(150, 400), ""})
	}
	if !d.chance(skippedDealStages) {
		all = append(all, step{"Negotiation", after(450, 600), ""})
		if d.chance(stepsBack) {
			all = append(all, step{"Proposal", after(610, 690), "New scope"}, step{"Negotiation", after(700, 790), ""})
		}
	}
	switch {
	case x.won && d.chance(reopened):
		all = append(all, step{"Closed Won", after(800, 850), ""}, step{"Negotiation", after(870, 930), oneOf(d, reopenReasons)}, step{"Closed Won", x.closed, ""})
	case x.won:
		all = append(all, step{"Closed Won", x.closed, ""})
	case x.lost:
		all = append(all, step{"Closed Lost", x.closed, ""})
		d.skip(1) // of the reason
	}
	for i, s := range all {
		if s.at >= windowTo {
			return all[:i]
		}
	}
	return all
}

// funnelOf is how a person goes through the funnel. Someone who brings a deal is SQL before the
// deal is created.
func (g *generator) funnelOf(d *draws, p *person, until instant, reaches bool) []step {
	if p.silent {
		return nil
	}
	all := []step{{"lead", p.leadAt, ""}}
	gap := until - p.leadAt
	after := func(low, high int64) instant { return p.leadAt + gap*instant(d.between(low, high))/1000 }
	if reaches {
		if d.chance(skippedStages) {
			return append(all, step{"SQL", after(700, 980), ""})
		}
		all = append(all, step{"MQL", after(150, 350), ""})
		if d.chance(recycledOf / 2) {
			all = append(all, step{"Recycled", after(360, 440), oneOf(d, recycleReasons)}, step{"MQL", after(450, 540), ""})
		}
		all = append(all, step{"SAL", after(550, 700), ""}, step{"SQL", after(720, 980), ""})
	} else {
		all = g.wandering(d, p, all)
	}
	for i, s := range all {
		if s.at >= windowTo-hour {
			return all[:max(i, 1)]
		}
	}
	return all
}

// wandering is the way of those who bring no deal: most stop early, some are rejected or recycled
// and come again, some go back from SAL to MQL.
func (g *generator) wandering(d *draws, p *person, all []step) []step {
	at := p.leadAt
	next := func(stage string, days int64, reason string) {
		at = g.calendar.atWork(d, at+instant(1+d.exponential(days))*day)
		all = append(all, step{stage, at, reason})
	}
	if !d.chance(becomeMQL) {
		return all
	}
	next("MQL", 8, "")
	switch {
	case d.chance(rejectedOf):
		next("Rejected", 4, oneOf(d, rejectReasons))
		return all
	case d.chance(recycledOf):
		next("Recycled", 12, oneOf(d, recycleReasons))
		if !d.chance(comeAgain) {
			return all
		}
		next("MQL", 60, "")
	}
	if !d.chance(becomeSAL) {
		return all
	}
	next("SAL", 3, "")
	switch {
	case d.chance(becomeSQL):
		next("SQL", 7, "")
	case d.chance(sentBack):
		next("MQL", 15, oneOf(d, recycleReasons))
	}
	return all
}

func (g *generator) writeStage(entity, prefix string, number int64, within int, s step, owner string) error {
	g.row.begin().add(entity).id(prefix, number, within).add(s.stage).when(s.at).add(owner).add(s.reason)
	return g.writeOrSpoil(stageHistoryTable, 0, "Account")
}
