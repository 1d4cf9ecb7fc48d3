package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/dossier"
	"github.com/tributary-engine/tributary/internal/words"
)

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
			"internal": "a person with an e-mail of your own domains: in no report, and without a history here", "test_account": "a person of a test account: in no report, and without a history here"}[d.ExcludedReason]})
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
