package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/dossier"
	"github.com/tributary-engine/tributary/internal/words"
)

// leadWidth is how many columns a line of a dossier has at most.
const leadWidth = 100

// A leadPage is what is printed for a person: lines about the person, and lists of rows.
type leadPage struct {
	title string
	facts [][2]string // a label, and what is known
	lists []leadList
}

// A leadList is a list of rows. Its title counts them.
type leadList struct {
	title  string
	header []string // for Markdown: in text the cells speak for themselves
	loose  []int    // the columns that get narrower in text where a line is too long
	rows   [][]string

	headed bool // text has the header too
}

// printDossier prints a dossier as text or Markdown.
func (v leadView) printDossier(d *dossier.Dossier, r *dossier.Reader, out io.Writer) error {
	p := leadPrinter{r.Zone, r.AsOf}
	return v.printPage(leadPage{p.who(d), p.facts(d), p.lists(d)}, out)
}

// printChoice lists the people of an account.
func (v leadView) printChoice(c *dossier.Choice, r *dossier.Reader, out io.Writer) error {
	p := leadPrinter{r.Zone, r.AsOf}
	page := leadPage{
		title: named(string(c.Account.Name), c.Account.ID) + ": " + words.Count(len(c.People), "person"),
		facts: [][2]string{p.run(c.Run), {"Choose", "name one of them: `tributary lead PERSON`"}},
		lists: []leadList{p.people("People", c.People)},
	}
	return v.printPage(page, out)
}

// printList prints one line per person of a batch.
func (v leadView) printList(ctx context.Context, r *dossier.Reader, b dossier.Batch, out io.Writer) error {
	p := leadPrinter{r.Zone, r.AsOf}
	read := b.Persons()
	if !v.all && len(read) > leadLines {
		read = read[:leadLines] // the rest is counted, and not shown
	}
	rows := make([][]string, len(b.Members))
	err := r.Persons(ctx, read, func(place int, d *dossier.Dossier) error {
		account := ""
		if d.Account != nil {
			account = either(string(d.Account.Name), d.Account.ID)
		}
		rows[place] = []string{
			p.when(b.Members[place].Entered.At), either(string(d.Email), d.PersonID), account, string(d.Owner),
			d.Fit.Class, d.Interest.Class, words.Number(d.ResponseCount),
		}
		return nil
	})
	if err != nil {
		return err
	}
	page := leadPage{
		title: v.asked(b) + ": " + words.Count(len(b.Members), "person"),
		facts: [][2]string{p.run(r.Run)},
		lists: []leadList{{"People", []string{"entered", "person", "account", "owner", "fit", "interest", "responses"}, []int{1, 2, 3}, rows, true}},
	}
	return v.printPage(page, out)
}

// asked words what a batch was asked for.
func (v leadView) asked(b dossier.Batch) string {
	asked := "Entered " + b.Stage
	if v.since != "" {
		asked += " since " + v.since
	}
	return joined(asked, strings.TrimSuffix("owner "+v.owner, "owner "))
}

// A leadPrinter words what a dossier has, in the zone of the reports.
type leadPrinter struct {
	zone *time.Location
	asOf time.Time
}

// when writes an instant to the minute, and one at which a day begins or ends as that day.
func (p leadPrinter) when(m dossier.Moment) string {
	if m.IsZero() {
		return ""
	}
	local := m.In(p.zone)
	if clock := local.Format("15:04:05.000000"); clock == "00:00:00.000000" || clock == "23:59:59.999999" {
		return p.day(m)
	}
	return local.Format("2006-01-02 15:04")
}

// day writes the day of an instant.
func (p leadPrinter) day(m dossier.Moment) string {
	if m.IsZero() {
		return ""
	}
	return m.In(p.zone).Format("2006-01-02")
}

// daysSince counts whole days up to as-of.
func (p leadPrinter) daysSince(m dossier.Moment) string {
	return words.Count(int64(p.asOf.Sub(m.Time)/(24*time.Hour)), "day")
}

func (p leadPrinter) run(id string) [2]string {
	return [2]string{"Run", fmt.Sprintf("%s, as of %s (%s)", id, p.when(dossier.Moment{Time: p.asOf}), p.zone)}
}

func (p leadPrinter) who(d *dossier.Dossier) string {
	var records []string
	for _, r := range d.Records {
		records = append(records, r.Kind+" "+r.ID)
	}
	if len(records) == 0 {
		records = []string{"no lead and no contact"}
	}
	return either(string(d.Email), d.PersonID) + ": " + words.List(records, 4)
}

func (p leadPrinter) facts(d *dossier.Dossier) [][2]string {
	facts := [][2]string{p.run(d.Run)}
	if d.ExcludedReason != "" {
		facts = append(facts, [2]string{"Excluded", map[dossier.Text]string{
			"internal": "a person of your own domains: in no report, and without a history here", "test_account": "a person of a test account: in no report, and without a history here"}[d.ExcludedReason]})
	}
	account := "not recorded"
	if a := d.Account; a != nil {
		account = joined(named(string(a.Name), a.ID), string(a.Segment), string(a.Industry), "found by "+methodWords[a.MatchMethod])
	}
	person := joined(either(string(d.Persona), "persona unknown"), "owner "+either(string(d.Owner), "nobody"))
	if !d.LeadAt.IsZero() {
		person = joined(person, "lead since "+p.when(d.LeadAt))
	}
	if d.Source != "" {
		person = joined(person, "source "+string(d.Source))
	}
	if d.SelfReported != "" {
		person = joined(person, "told us "+string(d.SelfReported))
	}
	quality := joined("fit "+graded(string(d.Fit.Grade), d.Fit.Class), "interest "+graded(d.Interest.Score.String(), d.Interest.Class))
	if d.SalesRating != "" {
		quality = joined(quality, "sales rating "+string(d.SalesRating))
	}
	touched := fmt.Sprintf("%s, %s", words.Count(d.TouchCount, "touchpoint"), words.Count(d.ResponseCount, "response"))
	if d.TopAsset != nil {
		touched += fmt.Sprintf("; most often %s (%s)", d.TopAsset.Asset, words.Count(d.TopAsset.Responses, "response"))
	}
	return append(facts, [][2]string{
		{"Account", account},
		{"Person", person},
		{"Stands in", p.standing(d.Stands)},
		{"Quality", quality},
		{"BANT", fmt.Sprintf("budget %s, authority %s, need %s, timeframe %s: %d of 4 known", d.BANT.Budget, d.BANT.Authority, d.BANT.Need, d.BANT.Timeframe, d.BANT.Known)},
		{"Touched", touched},
	}...)
}

var methodWords = map[dossier.Text]string{
	"contact_account": "its contact", "lead_account": "its lead", "email_domain": "the domain of its e-mail", "account_touch": "touchpoints of the account",
}

// graded is a grade with its class.
func graded(grade, class string) string {
	if grade == "" {
		return "unknown"
	}
	return grade + " (" + class + ")"
}

// standing says where a person stands, or how it left the stages of persons.
func (p leadPrinter) standing(s *dossier.Standing) string {
	switch {
	case s == nil:
		return "no stage: no lead, and no history"
	case s.LeftAt.IsZero():
		return fmt.Sprintf("%s (%s) since %s, %s", s.Stage, either(string(s.Department), "nobody"), p.when(s.Since), p.daysSince(s.Since))
	}
	return fmt.Sprintf("%s (%s) from %s to %s: an opportunity was created", s.Stage, either(string(s.Department), "nobody"), p.when(s.Since), p.when(s.LeftAt))
}

func (p leadPrinter) lists(d *dossier.Dossier) []leadList {
	conversations := leadList{"Activities of sales", []string{"when", "type", "outcome", "who", "record"}, []int{1, 2, 3, 4}, nil, false}
	for _, a := range d.Activities {
		conversations.rows = append(conversations.rows, []string{p.when(a.OccurredAt), string(a.Type), either(string(a.Outcome), "no outcome"), either(string(a.Owner), "nobody named"), a.Record})
	}
	deliveries := leadList{"Deliveries to sales", []string{"when", "outcome", "reason", "owner", "campaign of the last touchpoint"}, []int{2, 3, 4}, nil, false}
	for _, x := range d.Deliveries {
		deliveries.rows = append(deliveries.rows, []string{
			p.when(x.DeliveredAt), p.outcome(x), either(string(x.Reason), "no reason"), either(string(x.Owner), "no owner"), either(campaign(x.CampaignName, x.CampaignID), "no campaign")})
	}
	touches := leadList{"Touchpoints, and whether they are responses", []string{"when", "channel", "campaign", "asset", "type", "response"}, []int{1, 2, 3, 5}, nil, false}
	for _, t := range d.Touches {
		touches.rows = append(touches.rows, p.touch(t))
	}
	history := leadList{"History", []string{"when", "stage", "department", "owner", "reason", "note"}, []int{1, 3, 4}, nil, false}
	for _, s := range d.History {
		note := ""
		switch {
		case s.IsImplied:
			note = "by creation of the lead"
		case s.IsEdit:
			note = "edit"
		}
		history.rows = append(history.rows, []string{p.when(s.At), s.Stage, either(string(s.Department), "nobody"), string(s.Owner), string(s.Reason), note})
	}
	return []leadList{conversations, deliveries, touches, history, p.opportunities(d.Opportunities),
		p.people("Other people of the account", d.Colleagues), p.colleagueTouches(d.Colleagues)}
}

// outcome words what became of a delivery.
func (p leadPrinter) outcome(d dossier.Delivery) string {
	outcome := d.Outcome
	if !d.OutcomeAt.IsZero() {
		outcome += " " + p.when(d.OutcomeAt)
	}
	var notes []string
	if d.IsLate {
		notes = append(notes, "late")
	}
	if d.IsImplied {
		notes = append(notes, "implied")
	}
	if len(notes) > 0 {
		outcome += " (" + strings.Join(notes, ", ") + ")"
	}
	return outcome
}

// touch is the row of a touchpoint; what it was a response to, or why it was none.
func (p leadPrinter) touch(t dossier.Touch) []string {
	return []string{p.when(t.OccurredAt), t.Channel, campaign(t.CampaignName, t.CampaignID), string(t.Asset), string(t.TouchType), response(t)}
}

// response says whether a touchpoint was a response: its status, or why it does not count.
func response(t dossier.Touch) string {
	switch {
	case t.ExcludedReason == "status":
		return "no: " + string(t.Status)
	case t.ExcludedReason == "touch_type":
		return "no: " + either(string(t.TouchType), "no type")
	case t.ExcludedReason != "":
		return "no: " + either(excludedWords[t.ExcludedReason], string(t.ExcludedReason))
	case t.Status != "":
		return "yes: " + string(t.Status)
	}
	return "yes"
}

var excludedWords = map[dossier.Text]string{
	"internal": "own domain", "test_account": "test account", "direct": "direct", "bot_burst": "bot burst", "repeat": "repeat",
}

func (p leadPrinter) opportunities(given []dossier.Opportunity) leadList {
	list := leadList{"Opportunities", []string{"created", "opportunity", "state", "detail", "amount", "role of the person"}, []int{1, 3, 5}, nil, false}
	for _, o := range given {
		state, detail := o.State, ""
		switch o.State {
		case "open":
			detail = string(o.Stage)
			if !o.ExpectedAt.IsZero() {
				state += ", due " + p.day(o.ExpectedAt)
			}
		case "lost":
			state += " " + p.day(o.ClosedAt)
			detail = either(string(o.LossReason), "no reason")
		default:
			state += " " + p.day(o.ClosedAt)
		}
		if o.Competitor != "" {
			detail = joined(detail, "against "+string(o.Competitor))
		}
		amount := "no amount"
		if o.AmountMinor != nil {
			amount = words.Decimal(money(*o.AmountMinor, string(o.Currency))) + " " + string(o.Currency)
		}
		role := ""
		if o.HasRole {
			role = either(string(o.Role), "role not named")
		}
		if o.IsPrimary {
			role += " (primary)"
		}
		if o.IsReversal {
			detail = joined("reversal", detail)
		}
		if o.Type != "new_business" {
			detail = joined(strings.ReplaceAll(o.Type, "_", " "), detail)
		}
		list.rows = append(list.rows, []string{p.day(o.CreatedAt), either(string(o.Name), o.OpportunityID), state, detail, amount, role})
	}
	return list
}

// people is one row per person of an account.
func (p leadPrinter) people(title string, given []dossier.Colleague) leadList {
	list := leadList{title, []string{"person", "persona", "stands in", "touchpoints of the last 90 days"}, []int{0, 1, 2}, nil, false}
	for _, c := range given {
		stands, touched := "no stage", "0 in 90 days"
		if c.Stands != nil {
			stands = c.Stands.Stage + " since " + p.day(c.Stands.Since)
			if !c.Stands.LeftAt.IsZero() {
				stands = c.Stands.Stage + " until " + p.day(c.Stands.LeftAt)
			}
		}
		if len(c.Touches) > 0 {
			touched = words.Number(len(c.Touches)) + " in 90 days, last " + p.day(c.Touches[0].OccurredAt)
		}
		list.rows = append(list.rows, []string{either(string(c.Email), c.PersonID), string(c.Persona), stands, touched})
	}
	return list
}

// colleagueTouches is the touchpoints of the other people, the newest first.
func (p leadPrinter) colleagueTouches(given []dossier.Colleague) leadList {
	list := leadList{"Their touchpoints of the last 90 days", []string{"when", "person", "channel", "campaign", "asset", "response"}, []int{1, 2, 3, 4, 5}, nil, false}
	for _, t := range newestTouches(given) {
		row := p.touch(t.Touch)
		list.rows = append(list.rows, []string{row[0], t.person, row[1], row[2], row[3], row[5]})
	}
	return list
}

func campaign(name, id dossier.Text) string { return either(string(name), string(id)) }

// named is a name with its id, or the id alone.
func named(name, id string) string {
	if name == "" {
		return id
	}
	return name + " (" + id + ")"
}

// either is the first text, or the second where that is empty.
func either(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// joined puts commas between texts that are not empty.
func joined(texts ...string) string {
	var known []string
	for _, t := range texts {
		if t != "" {
			known = append(known, t)
		}
	}
	return strings.Join(known, ", ")
}

// A personTouch is a touchpoint and whose it is.
type personTouch struct {
	dossier.Touch
	person string
}

func newestTouches(given []dossier.Colleague) []personTouch {
	var all []personTouch
	for _, c := range given {
		for _, t := range c.Touches {
			all = append(all, personTouch{t, either(string(c.Email), c.PersonID)})
		}
	}
	slices.SortStableFunc(all, func(a, b personTouch) int {
		return cmp.Or(b.OccurredAt.Compare(a.OccurredAt.Time), cmp.Compare(b.TouchID, a.TouchID))
	})
	return all
}
