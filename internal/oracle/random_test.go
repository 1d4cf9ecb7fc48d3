package oracle

import "testing"

// edges counts how often random worlds reach an edge.
type edges map[string]int

func (e edges) mark(edge string, holds bool) {
	if holds {
		e[edge]++
	}
}

// ruleEdges are the edges of the rules about time, people, stages, periods, costs and touches. A
// comparison with random worlds tests a rule only if they reach its edges.
var ruleEdges = []string{
	"no leads file", "empty leads file", "no campaigns file", "contacts are leads", "account domains",
	"dangling converted contact", "two leads of a dangling contact", "lead called like a contact", "touch of a lead called like a contact",
	"touch of a contact called like a lead", "anonymous of two persons", "touch of an anonymous of two persons", "anonymous of two contacts of a person",
	"person at two accounts", "person at one account by contact and lead", "person at the account before or after the deal's days",
	"touch on the first instant at an account", "touch just before it", "touch on the last instant at an account", "touch just after it",
	"edit of a person", "edit of an opportunity", "from one won stage to another", "won twice", "won at one instant with another stage", "lost after a win",
	"won row of a lead or contact", "bare row beside one with a time",
	"touch of a bare anchor's day", "touch after a bare anchor's day", "LC on the day of a bare lead", "bare lead later than the anchor", "counted on the day of as-of",
	"bare touch", "as-of by a close", "as-of by the last close that may", "as-of by a daily cost", "close too late for as-of", "daily cost too late for as-of", "cost after as-of",
	"touch on the first instant of the period", "touch just before the period", "touch on the last instant of the period", "touch just after the period",
	"conversion on the first instant of the period", "conversion just before the period", "conversion on the last instant of the period", "conversion just after the period",
	"foreign cost over two rates", "foreign cost cut by as-of", "campaign in several channels", "cost in the channel of all touches", "cost without a channel",
	"whole half-lives", "41 half-lives", "more than 41 half-lives", "repeat", "just after the window", "burst", "type not allowed", "response by choice", "no response by choice",
}

// ofRules counts the edges that one world reaches.
func (e edges) ofRules(t *testing.T, w World, r Result) {
	t.Helper()
	read, deals, err := readWorld(w)
	if err != nil {
		t.Fatal(err)
	}
	e.ofTables(w)
	e.ofPeople(w, read)
	e.ofHistory(w, deals)
	e.ofDates(r)
	e.ofAsOf(t, w, deals, r)
	e.ofPeriod(w, r)
	e.ofCosts(t, w, r)
	e.ofExclusions(w, read)
}

func (e edges) ofTables(w World) {
	e.mark("no leads file", w.Leads == nil)
	e.mark("empty leads file", w.Leads != nil && len(w.Leads) == 0)
	e.mark("no campaigns file", w.Campaigns == nil)
	e.mark("contacts are leads", w.Options.ContactsAreLeads && w.Leads != nil)
	e.mark("account domains", len(w.AccountDomains) > 0)
}

func (e edges) ofPeople(w World, read *world) {
	records := recordsOf(w)
	of := read.people.of
	dangling := map[string]int{}
	for _, l := range w.Leads {
		contact := node{contactKind, l.ConvertedContactID}
		e.mark("dangling converted contact", l.ConvertedContactID != "" && !records[contact])
		if dangling[l.ConvertedContactID]++; l.ConvertedContactID != "" && !records[contact] {
			e.mark("two leads of a dangling contact", dangling[l.ConvertedContactID] == 2)
		}
	}
	twin := func(id string) bool {
		lead, contact := of[node{leadKind, id}], of[node{contactKind, id}]
		return lead != nil && contact != nil && lead != contact
	}
	for _, l := range w.Leads {
		e.mark("lead called like a contact", twin(l.LeadID))
	}
	persons := map[string]map[*person]bool{}
	contacts := map[string]map[string]bool{}
	for _, link := range w.IdentityMap {
		if from, to := link.nodes(); from.kind == anonymousKind {
			if persons[from.id] == nil {
				persons[from.id], contacts[from.id] = map[*person]bool{}, map[string]bool{}
			}
			persons[from.id][of[to]] = true
			contacts[from.id][to.id] = true
		}
	}
	for id := range persons {
		e.mark("anonymous of two persons", len(persons[id]) > 1)
		e.mark("anonymous of two contacts of a person", len(persons[id]) == 1 && len(contacts[id]) > 1)
	}
	stays, err := staysOfContacts(w)
	if err != nil {
		panic(err)
	}
	for _, t := range w.Touchpoints {
		e.mark("touch of a lead called like a contact", t.ContactID == "" && twin(t.LeadID))
		e.mark("touch of a contact called like a lead", twin(t.ContactID))
		e.mark("touch of an anonymous of two persons", t.ContactID == "" && t.LeadID == "" && len(persons[t.AnonymousID]) > 1)
		at, _, _ := instant(t.OccurredAt, startOfDay)
		for _, s := range stays[t.ContactID] {
			e.mark("touch on the first instant at an account", at == s.from*microsPerDay)
			e.mark("touch just before it", at == s.from*microsPerDay-1)
			e.mark("touch on the last instant at an account", at == (s.to+1)*microsPerDay-1)
			e.mark("touch just after it", at == (s.to+1)*microsPerDay)
		}
		if read, _, _ := readTime(t.OccurredAt, startOfDay); read.start < read.end {
			e["bare touch"]++
		}
	}
	for _, who := range read.people.all {
		e.mark("person at two accounts", len(who.serves) > 1)
		for _, d := range read.deals {
			s, serves := who.serves[d.AccountID]
			e.mark("person at the account before or after the deal's days", serves && d.AccountID != "" && !s.between(read.lookback(d), d.created.end))
		}
		for _, l := range who.leads {
			e.mark("person at one account by contact and lead", who.serves[l.AccountID].method == ContactMethod)
		}
	}
}

func (e edges) ofHistory(w World, deals []*deal) {
	rows := map[string][]StageEntry{}
	for _, s := range w.StageHistory {
		rows[s.EntityType+s.EntityID] = append(rows[s.EntityType+s.EntityID], s)
	}
	for _, of := range rows {
		var all []stageEntry
		for _, s := range of {
			at, _, _ := readTime(s.EnteredAt, startOfDay)
			all = append(all, stageEntry{stageOf(w.Options.Funnel, s.Stage, s.EntityType == opportunityKind), at})
		}
		edited := len(withoutEdits(all)) < len(all)
		e.mark("edit of a person", edited && of[0].EntityType != opportunityKind)
		e.mark("edit of an opportunity", edited && of[0].EntityType == opportunityKind)
		for i, a := range all {
			for j, b := range all {
				e.mark("from one won stage to another", i != j && a.stage.won && b.stage.won && bareWord(of[i].Stage) != bareWord(of[j].Stage))
				e.mark("won at one instant with another stage", a.stage.won && !b.stage.won && a.at.at == b.at.at)
				e.mark("bare row beside one with a time", a.at.at == b.at.at && a.at.end < b.at.end)
			}
		}
	}
	for _, d := range deals {
		wins := 0
		for _, entry := range d.history {
			if entry.stage.won {
				wins++
			}
		}
		e.mark("won twice", d.won && wins > 1)
		e.mark("lost after a win", !d.won && wins > 0)
		for _, kind := range []string{leadKind, contactKind} {
			for _, s := range rows[kind+d.OpportunityID] {
				e.mark("won row of a lead or contact", isWonStage(s.Stage))
			}
		}
	}
}

func (e edges) ofDates(r Result) {
	for _, c := range r.Conversions {
		if c.NotCounted != "" {
			continue
		}
		if c.Root != c.OpportunityID {
			continue // the journey of another opportunity
		}
		anchor := c.journey.anchor
		e.mark("counted on the day of as-of", anchor.at > r.AsOf)
		for i, t := range c.journey.touches {
			e.mark("touch of a bare anchor's day", t.at > anchor.at)
			last := c.journey.touches[len(c.journey.touches)-1].at
			for _, halfLife := range []int64{microsPerHalfLife7d, microsPerHalfLife30d} {
				age := last - t.at
				e.mark("whole half-lives", age > 0 && age%halfLife == 0)
				e.mark("41 half-lives", age == 41*halfLife)
				e.mark("more than 41 half-lives", age > 41*halfLife)
			}
			if i != c.journey.lc {
				continue
			}
			lead := t.who.leadAt
			e.mark("LC on the day of a bare lead", lead.start < lead.end && t.at > lead.start)
			e.mark("bare lead later than the anchor", lead.at > anchor.at)
		}
		if anchor.start < anchor.end {
			for _, other := range r.Credits {
				e.mark("touch after a bare anchor's day", other.TouchID != "" && other.At == anchor.end+1)
			}
		}
	}
}

func (e edges) ofAsOf(t *testing.T, w World, deals []*deal, r Result) {
	t.Helper()
	for _, c := range w.Costs {
		last, err := parseDay(c.EndsOn)
		e.mark("cost after as-of", err == nil && last > dayOf(r.AsOf))
	}
	if w.Options.AsOf != "" {
		return
	}
	base, err := asOfBase(w, deals)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range deals {
		closed, known, _ := readTime(d.ClosedAt, endOfDay)
		e.mark("as-of by a close", known && d.closed && closed.at == r.AsOf && closed.at > base)
		e.mark("as-of by the last close that may", known && d.closed && closed.at == r.AsOf && closed.at >= base+closesWindow)
		e.mark("close too late for as-of", known && d.closed && closed.start > base+closesWindow)
	}
	for _, c := range w.Costs {
		if day, _ := parseDay(c.EndsOn); c.StartsOn == c.EndsOn {
			end := (day+1)*microsPerDay - 1
			e.mark("as-of by a daily cost", end == r.AsOf && end > base)
			e.mark("daily cost too late for as-of", end > r.AsOf)
		}
	}
}

func (e edges) ofPeriod(w World, r Result) {
	within, err := reportingPeriod(w.Options)
	if err != nil {
		panic(err)
	}
	mark := func(what string, at int64) {
		if within.hasFrom {
			e.mark(what+" on the first instant of the period", at == within.from*microsPerDay)
			e.mark(what+" just before the period", at == within.from*microsPerDay-1)
		}
		if within.hasTo {
			e.mark(what+" on the last instant of the period", at == (within.to+1)*microsPerDay-1)
			e.mark(what+" just after the period", at == (within.to+1)*microsPerDay)
		}
	}
	for _, c := range r.Conversions {
		if c.NotCounted == "" {
			mark("conversion", c.Anchor)
		}
	}
	for _, t := range w.Touchpoints {
		at, _, _ := instant(t.OccurredAt, startOfDay)
		mark("touch", at)
	}
}

func (e edges) ofCosts(t *testing.T, w World, r Result) {
	t.Helper()
	p, err := openPurse(w)
	if err != nil {
		t.Fatal(err)
	}
	own := channelsOf(w)
	for _, c := range w.Costs {
		first, _ := parseDay(c.StartsOn)
		last, _ := parseDay(c.EndsOn)
		until := min(last, dayOf(r.AsOf))
		if c.Currency != "" && c.Currency != p.currency && until > first {
			before, _ := p.rate(c.Currency, first)
			after, _ := p.rate(c.Currency, until)
			e.mark("foreign cost over two rates", before.Cmp(after) != 0)
			e.mark("foreign cost cut by as-of", until < last)
		}
		if c.CampaignID == "" || c.Channel != "" || own[c.CampaignID] != "" {
			continue
		}
		for _, day := range r.CostDays {
			if day.Campaign == c.CampaignID {
				e.mark("cost in the channel of all touches", day.Channel != None)
				e.mark("cost without a channel", day.Channel == None)
				break
			}
		}
	}
	channels := map[string]map[string]bool{}
	for _, c := range r.Credits {
		if channels[c.Campaign] == nil {
			channels[c.Campaign] = map[string]bool{}
		}
		channels[c.Campaign][c.Channel] = true
	}
	for campaign, in := range channels {
		e.mark("campaign in several channels", campaign != None && len(in) > 1)
	}
}

func (e edges) ofExclusions(w World, read *world) {
	o := w.Options
	without := func(change func(*Options)) int {
		relaxed := o
		change(&relaxed)
		before := map[*touch]bool{}
		for _, t := range read.touches {
			before[t] = t.excluded
		}
		exclude(read.touches, relaxed)
		count := 0
		for _, t := range read.touches {
			if t.excluded != before[t] {
				count++
			}
			t.excluded = before[t]
		}
		return count
	}
	e["repeat"] += without(func(o *Options) { o.DedupeWindowMinutes = 0 })
	e["burst"] += without(func(o *Options) { o.BotBurst = BotBurst{} })
	e["type not allowed"] += without(func(o *Options) { o.TouchTypes = nil })
	e["response by choice"] += without(func(o *Options) { o.Responses = nil })
	e["no response by choice"] += without(func(o *Options) { o.NotResponses = nil })
	for _, a := range read.touches {
		for _, b := range read.touches {
			e.mark("just after the window", o.DedupeWindowMinutes > 0 && !a.excluded && !b.excluded && a.who == b.who && a.channel == b.channel &&
				a.campaign == b.campaign && a.kind == b.kind && b.at == a.at+int64(o.DedupeWindowMinutes)*microsPerMinute+1)
		}
	}
}
