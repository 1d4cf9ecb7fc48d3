package synthetic

// The types of deals.
type dealType int

const (
	newBusiness dealType = iota
	expansion
	renewal
)

// A deal, as it stands at the end of the window.
type deal struct {
	number    int // within the account, from 1
	kind      dealType
	created   instant
	closed    instant // when it was closed or, of an open one, is expected to be
	won       bool
	lost      bool
	amount    int64 // minor units
	noAmount  bool
	noAccount bool
	noRoles   bool
	reverses  int // number of the deal that this one takes back
	people    []int
	funnel    bool // begins with a lead that came through the funnel
	course    []step
	rep       int

	rival, lossReason string
	term              int64 // for how many months the amount is; 0: not known
}

// dealsOf is the life of an account as a customer: attempts until one is won, then renewals and
// expansions of it, in the order of their creation.
func (g *generator) dealsOf(p profile) []deal {
	if !p.deals {
		return nil
	}
	a := &attempts{generator: g, draws: stream(g.seed, p.number, ofDeals), profile: p}
	at := p.entry + instant(clamp(a.logNormal(70, 700), 12, 400))*day
	for range 4 {
		if at = a.calendar.atWork(a.draws, at); at >= windowTo-3*day {
			break
		}
		d := a.deal(newBusiness, at, a.closing(at, clamp(a.logNormal(drawnCycleDays, cycleSigma), shortestCycleDays, longestCycleDays)), wonNewBusiness)
		d.amount = a.amount()
		d.funnel = a.chance(marketingOriginated)
		a.add(d)
		if d.won {
			a.customer(d)
			break
		}
		if !d.lost || !a.chance(anotherAttempt) {
			break
		}
		at = d.closed + instant(a.between(90, 270))*day
	}
	rivals, terms := stream(g.seed, p.number, ofRivals), stream(g.seed, p.number, ofTerms)
	for i := range a.deals {
		x := &a.deals[i]
		drawRival(rivals, x)
		if x.term = oneOf(terms, termMonths); x.reverses > 0 {
			x.term = a.deals[x.reverses-1].term
		}
		if last := &x.course[len(x.course)-1]; last.stage == "Closed Lost" {
			last.reason = x.lossReason
		}
	}
	return a.deals
}

type attempts struct {
	*generator
	*draws
	profile profile
	deals   []deal
}

func (a *attempts) add(d deal) {
	d.number = len(a.deals) + 1
	a.deals = append(a.deals, d)
}

// deal draws what becomes of a deal. It is open where its close lies beyond the window.
func (a *attempts) deal(kind dealType, created, closed instant, wins share) deal {
	d := deal{kind: kind, created: created, closed: closed, rep: int(a.below(int64(len(a.staff))))}
	willWin := a.chance(wins)
	if closed < windowTo {
		d.won, d.lost = willWin, !willWin
	}
	d.noAmount, d.noAccount = a.chance(missingAmounts), a.chance(withoutAccount)
	d.noRoles = a.chance(withoutRoles) || d.noAccount
	d.course = a.courseOf(a.draws, d)
	return d
}

// closing is on a working day after so many days, or at the end of that quarter.
func (a *attempts) closing(created instant, days int64) instant {
	on := created.day() + days
	if a.chance(quarterEndCloses) {
		if late := a.calendar.quarterEnd(on) - a.below(10); late > on && late-created.day() <= longestCycleDays {
			on = late
		}
	}
	for a.calendar.isWeekend(on) && on-created.day() > shortestCycleDays {
		on--
	}
	return a.calendar.atWork(a.draws, instant(on)*day)
}

func (a *attempts) amount() int64 {
	if a.chance(zeroAmounts) {
		return 0
	}
	return a.logNormal(a.profile.segment.medianAmount, amountSigma)*100 + a.below(4)*25
}

// customer is what follows a win: perhaps a refund; else renewals every year, and expansions.
func (a *attempts) customer(won deal) {
	number := len(a.deals)
	if a.chance(refunds) {
		at := a.calendar.atWork(a.draws, won.closed+instant(a.between(10, 90))*day)
		if at < windowTo-day {
			refund := won
			refund.created, refund.closed, refund.amount, refund.reverses, refund.funnel = at, at+hour, -won.amount, number, false
			refund.course = []step{{"Closed Won", refund.closed, ""}}
			a.add(refund)
		}
		return
	}
	base := won
	for anniversary := won.closed + 365*day; ; anniversary += 365 * day {
		if a.chance(expansions) {
			at := a.calendar.atWork(a.draws, anniversary-instant(a.between(60, 320))*day)
			if at < windowTo-3*day {
				more := a.deal(expansion, at, a.closing(at, clamp(a.logNormal(28, 700), shortestCycleDays, 240)), wonExpansions)
				more.amount = won.amount * a.between(150, 600) / 1000
				a.add(more)
			}
		}
		at := a.calendar.atWork(a.draws, anniversary-60*day)
		if at >= windowTo-3*day {
			return
		}
		next := a.deal(renewal, at, a.closing(at, a.between(40, 75)), wonRenewals)
		next.amount = base.amount * a.between(980, 1120) / 1000
		a.add(next)
		if base = next; !next.won {
			return
		}
	}
}

func clamp(x, low, high int64) int64 { return max(low, min(x, high)) }

func (g *generator) writeDeal(d *draws, p profile, x deal, campaign, selfReported string) error {
	r := g.row.begin().id("O-", p.number, x.number)
	if x.noAccount {
		r.none()
	} else {
		r.id("A-", p.number, 0)
	}
	spelled := [][]string{spelledNew, spelledMore, spelledRenewal}[x.kind]
	product := oneOf(d, products[x.kind])
	if x.reverses > 0 {
		product = "refund"
	}
	r.add(p.name + " " + product).when(x.created).on(x.closed.day()).add(x.course[len(x.course)-1].stage)
	if d.chance(flagsLeftToTheStage) {
		r.none().none()
	} else {
		r.truth(x.won).truth(x.won || x.lost)
	}
	if x.noAmount {
		r.none()
	} else {
		r.decimal(x.amount, 2)
	}
	r.add(currencyOf(p.europe)).add(oneOf(d, spelled)).add(g.staff[x.rep].name).add(campaign)
	switch { // what these draws decided, drawRival decides
	case x.kind == newBusiness && x.lost:
		d.skip(2)
	case x.lost:
		d.skip(1)
	case d.chance(whole / 3):
		d.skip(1)
	}
	r.add(x.rival).add(x.lossReason)
	if x.reverses > 0 {
		r.id("O-", p.number, x.reverses)
	} else {
		r.none()
	}
	r.add(selfReported)
	if x.term > 0 {
		r.whole(x.term)
	} else {
		r.none()
	}
	r.when(min(x.closed, windowTo-hour))
	if err := g.writeKeyed(opportunitiesTable, -1, ""); err != nil {
		return err
	}
	for _, s := range x.course {
		if err := g.writeStage("opportunity", "O-", p.number, x.number, s, g.staff[x.rep].name); err != nil {
			return err
		}
	}
	return nil
}
