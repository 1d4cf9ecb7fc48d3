package oracle

import (
	"slices"
)

// Outcomes of a delivery.
const (
	AcceptedOutcome   = "accepted"
	RejectedOutcome   = "rejected"
	RecycledOutcome   = "recycled"
	ExpiredOutcome    = "expired"
	SupersededOutcome = "superseded"
	OpenOutcome       = "open"
)

// delivery is one entry of a person to the stage that hands it over to sales.
type delivery struct {
	who       *personHistory
	entry     timestamp
	at        int64
	row       int   // of the history
	end       int   // the row of the next delivery, or the number of rows
	windowEnd int64 // the instant of the next delivery, or as-of
	isLast    bool
	isFirst   bool

	outcome, reason, owner string
	outcomeAt              int64
	late, implied          bool
	channel, campaign      string

	assigned  int64 // business time to the owner
	hasOwner  bool  // in time, that is, within the window
	responded bool
	response  int64 // business time
	limit     int64 // business time to the end of the window
	unowned   bool
	due       bool
	tooEarly  bool // of the first of a person
	sql       bool
	won       bool
}

func (d *delivery) settled() bool {
	return d.outcome != OpenOutcome && d.outcome != SupersededOutcome
}

// deliveries lists every delivery up to as-of, person by person.
func (a *Aligned) deliveries() []*delivery {
	place := a.options.delivered()
	var all []*delivery
	for _, p := range a.persons {
		var own []*delivery
		for i, r := range p.rows {
			if !r.edit && place >= 0 && r.in.place == place {
				own = append(own, &delivery{who: p, entry: r.at, at: r.at.at, row: i, isFirst: len(own) == 0})
			}
		}
		for i, d := range own {
			d.end, d.windowEnd, d.isLast = len(p.rows), max(a.asOf, d.at), true
			if i+1 < len(own) {
				d.end, d.windowEnd, d.isLast = own[i+1].row, own[i+1].at, false
			}
			a.setOutcome(d, place)
			a.assign(d)
			a.respond(d)
			a.follow(d)
			j := a.eligible(group{p.person: always(PersonPath)}, d.at-int64(a.options.PersonLookbackDays)*microsPerDay, d.entry)
			d.channel, d.campaign = Unattributed, Unattributed
			if len(j) > 0 {
				d.channel, d.campaign = j[0].channel, j[len(j)-1].campaign
			}
		}
		all = append(all, own...)
	}
	return all
}

// meaning is what a row says about a delivery, "" where it says nothing.
func (o Options) meaning(r historyRow, delivered int) (outcome string, implied bool) {
	means := func(list []string) bool {
		return slices.ContainsFunc(list, func(word string) bool {
			key := stageOf(o.Funnel, word, false)
			if key.place < len(o.Funnel) {
				return r.in.place == key.place
			}
			return r.in.place < 0 && r.in.word == key.word
		})
	}
	switch {
	case means(o.Alignment.Accepted):
		return AcceptedOutcome, false
	case means(o.Alignment.Rejected):
		return RejectedOutcome, false
	case means(o.Alignment.Recycled):
		return RecycledOutcome, false
	case r.in.place > delivered && o.isPersonStage(r.in.place):
		return AcceptedOutcome, true
	}
	return "", false
}

// createdInWindow lists the opportunities with a role of the person that were created in the
// window: not before the delivery, and before the next one as the instants stand.
func (d *delivery) createdInWindow() []*dealHistory {
	var found []*dealHistory
	for _, o := range d.who.roles {
		if !o.created.before(d.entry) && (d.isLast || o.created.at < d.windowEnd) {
			found = append(found, o)
		}
	}
	return found
}

// setOutcome finds the outcome of a delivery.
func (a *Aligned) setOutcome(d *delivery, place int) {
	rows := d.who.rows
	expires := int64(a.options.Alignment.ExpiresAfterDays) * microsPerDay
	for _, r := range rows[d.row+1 : d.end] {
		outcome, implied := a.options.meaning(r, place)
		if outcome != "" {
			d.outcome, d.implied, d.reason, d.outcomeAt = outcome, implied, r.reason, r.at.at
			if implied {
				d.reason = ""
			}
			if created := d.createdInWindow(); len(created) > 0 {
				if max(created[0].created.at, d.at) < r.at.at { // at one instant, its own row goes first
					d.outcome = ""
				}
			}
			break
		}
	}
	if created := d.createdInWindow(); d.outcome == "" && len(created) > 0 {
		d.outcome, d.implied, d.reason, d.outcomeAt = AcceptedOutcome, true, "", max(created[0].created.at, d.at)
	}
	switch {
	case d.outcome != "":
		d.late = d.outcomeAt-d.at > expires
	case d.windowEnd-d.at > expires:
		d.outcome = ExpiredOutcome
	case !d.isLast:
		d.outcome = SupersededOutcome
	default:
		d.outcome = OpenOutcome
	}
}

// assign finds the owner, how long it took to find one, and whether nobody was found in time.
func (a *Aligned) assign(d *delivery) {
	rows := d.who.rows
	lead := d.who.newestOwner()
	before, anywhere := "", false
	for i, r := range rows {
		anywhere = anywhere || r.owner != ""
		if i < d.row && r.owner != "" {
			before = r.owner
		}
	}
	var named *historyRow
	for i := d.row; i < d.end && named == nil; i++ {
		if rows[i].owner != "" {
			named = &rows[i]
		}
	}
	d.owner = lead
	if named != nil {
		d.owner = named.owner
	}
	d.limit = a.businessDay.businessTime(d.at, d.windowEnd)
	switch {
	case named != nil && named.owner != before:
		d.assigned, d.hasOwner = a.businessDay.businessTime(d.at, named.at.at), true
	case before != "", !anywhere && lead != "": // the lead's owner helps only where history names none at all
		d.assigned, d.hasOwner = 0, true
	}
	target := int64(a.options.Alignment.ServiceLevel.AssignmentMinutes) * microsPerMinute
	if d.limit <= target {
		return // it has not passed
	}
	inTime := before != "" || named != nil && a.businessDay.businessTime(d.at, named.at.at) <= target
	d.unowned = !inTime && (anywhere || lead == "")
}

// newestOwner is the owner of the lead created last that has one, then of the greater id.
func (who *person) newestOwner() string {
	var best *Lead
	var bestAt int64
	for i, l := range who.leads {
		at, _, _ := instant(l.CreatedAt, endOfDay)
		if l.Owner != "" && (best == nil || at > bestAt || at == bestAt && l.LeadID > best.LeadID) {
			best, bestAt = &who.leads[i], at
		}
	}
	if best == nil {
		return ""
	}
	return best.Owner
}

// respond finds the first activity that counts in the window, and whether there was one before the
// person was handed over at all.
func (a *Aligned) respond(d *delivery) {
	first := int64(0)
	for _, act := range a.activities[d.who.person] {
		if !act.counts {
			continue
		}
		d.tooEarly = d.tooEarly || d.isFirst && act.at < d.entry.start
		if act.at < d.at || !d.isLast && act.at >= d.windowEnd {
			continue
		}
		if !d.responded || act.at < first {
			d.responded, first = true, act.at
		}
	}
	if d.responded {
		d.response = a.businessDay.businessTime(d.at, first)
	}
	d.due = d.limit > int64(a.options.Alignment.ServiceLevel.FirstResponseMinutes)*microsPerMinute
}

// within reports whether the delivery was responded to in time.
func (a *Aligned) inTime(d *delivery) bool {
	return d.responded && d.response <= int64(a.options.Alignment.ServiceLevel.FirstResponseMinutes)*microsPerMinute
}

// follow finds what became of the delivery in its window.
func (a *Aligned) follow(d *delivery) {
	sql := slices.Index(a.options.PersonStages(), "sql")
	for _, r := range d.who.rows[d.row+1 : d.end] {
		d.sql = d.sql || !r.edit && sql >= 0 && r.in.place == sql
	}
	for _, o := range d.createdInWindow() {
		d.won = d.won || o.kind == newBusiness && o.left && o.wasWon
	}
}
