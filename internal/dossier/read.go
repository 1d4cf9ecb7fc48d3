package dossier

import (
	"context"
	"database/sql"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
)

// atOnce is how many persons are read together: each such part reads the touchpoints of the run
// once.
const atOnce = 500

// Persons reads the dossiers of persons, and hands them over in the order of the list.
func (r *Reader) Persons(ctx context.Context, persons []string, each func(place int, d *Dossier) error) error {
	for from := 0; from < len(persons); from += atOnce {
		part := persons[from:min(from+atOnce, len(persons))]
		dossiers, err := r.read(ctx, part)
		if err != nil {
			return err
		}
		for i := range dossiers {
			if err := each(from+i, &dossiers[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// Person reads the dossier of one person.
func (r *Reader) Person(ctx context.Context, person string) (*Dossier, error) {
	found, err := r.read(ctx, []string{person})
	if err != nil {
		return nil, err
	}
	return &found[0], nil
}

// read reads the dossiers of a few persons: one query for each part of them.
func (r *Reader) read(ctx context.Context, persons []string) ([]Dossier, error) {
	if err := r.ask(ctx, persons); err != nil {
		return nil, err
	}
	all := make([]Dossier, len(persons))
	for i := range all {
		all[i] = Dossier{
			Run: r.Run, AsOf: Moment{r.AsOf}, PersonID: persons[i],
			Records: []Record{}, Touches: []Touch{}, Activities: []Activity{}, Deliveries: []Delivery{}, History: []Step{},
			Opportunities: []Opportunity{}, Colleagues: []Colleague{},
		}
	}
	for _, part := range []func(context.Context, []Dossier) error{
		r.people, r.records, r.touches, r.activities, r.deliveries, r.history, r.opportunities, r.colleagues,
	} {
		if err := part(ctx, all); err != nil {
			return nil, err
		}
	}
	for i := range all {
		all[i].conclude()
	}
	return all, nil
}

func (r *Reader) people(ctx context.Context, all []Dossier) error {
	return r.rows(ctx, "people", func(scan engine.Scan) error {
		var place int
		var a Account
		var s standing
		var lead sql.NullTime
		var person string
		var excluded Text
		var isDay bool
		err := scan(&place, &person, &excluded, &lead, &isDay, &a.ID, &a.Name, &a.Domain, &a.Segment, &a.Industry, &a.MatchMethod,
			&s.stage, &s.department, &s.since, &s.left, &s.exit)
		if err != nil {
			return err
		}
		d := &all[place]
		d.ExcludedReason, d.LeadAt, d.leadIsDay, d.Stands = excluded, Moment{lead.Time}, isDay, s.standing()
		if a.ID != "" {
			d.Account = &a
		}
		return nil
	})
}

// A standing as it is read.
type standing struct {
	stage            string
	department, exit Text
	since, left      sql.NullTime
}

// standing is nil where the person has no history.
func (s standing) standing() *Standing {
	if s.stage == "" {
		return nil
	}
	return &Standing{Stage: s.stage, Department: s.department, Since: Moment{s.since.Time}, LeftAt: Moment{s.left.Time}, Exit: s.exit}
}

// records reads leads and contacts, the newest first, and what they say of the person.
func (r *Reader) records(ctx context.Context, all []Dossier) error {
	hasLead := make([]bool, len(all))
	for i := range all {
		all[i].Fit.Class, all[i].Interest.Class = "unknown", "unknown"
		all[i].BANT = BANT{Budget: "unknown", Authority: "unknown", Need: "unknown", Timeframe: "unknown"}
	}
	err := r.rows(ctx, "records", func(scan engine.Scan) error {
		var place int
		var x Record
		var created sql.NullTime
		var source, told, grade, rating Text
		var interest sql.NullInt64
		var budget, authority, need, timeframe string
		err := scan(&place, &x.Kind, &x.ID, &x.Email, &x.AccountID, &created, &x.isDay, &x.Persona, &x.Owner, &source, &grade, &interest,
			&budget, &authority, &need, &timeframe, &rating, &told)
		if err != nil {
			return err
		}
		x.CreatedAt = Moment{created.Time}
		d := &all[place]
		d.Records = append(d.Records, x)
		d.Email, d.Persona, d.Owner = first(d.Email, x.Email), first(d.Persona, x.Persona), first(d.Owner, x.Owner)
		if x.Kind != "lead" {
			return nil
		}
		d.BANT.Budget, d.BANT.Authority = better(d.BANT.Budget, budget), better(d.BANT.Authority, authority)
		d.BANT.Need, d.BANT.Timeframe = better(d.BANT.Need, need), better(d.BANT.Timeframe, timeframe)
		if !hasLead[place] {
			hasLead[place] = true
			d.Source, d.SelfReported, d.SalesRating = source, told, rating
			d.Fit = Fit{grade, r.fit(string(grade))}
			d.Interest = r.interest(Number{interest.Int64, interest.Valid})
		}
		return nil
	})
	for i := range all {
		d := &all[i]
		if address, isEmail := strings.CutPrefix(d.PersonID, "email:"); isEmail {
			d.Email = first(d.Email, Text(address))
		}
		for _, fact := range []string{d.BANT.Budget, d.BANT.Authority, d.BANT.Need, d.BANT.Timeframe} {
			if fact != "unknown" {
				d.BANT.Known++
			}
			if fact == "yes" {
				d.BANT.Yes++
			}
		}
	}
	return err
}

func (r *Reader) touches(ctx context.Context, all []Dossier) error {
	if err := r.engine.Exec(ctx, text("asked_touches")); err != nil {
		return err
	}
	return r.rows(ctx, "touches", func(scan engine.Scan) error {
		var place int
		t, err := scanTouch(scan, &place)
		if err != nil {
			return err
		}
		d := &all[place]
		d.Touches = append(d.Touches, t)
		d.TouchCount++
		if t.IsResponse {
			d.ResponseCount++
		}
		return nil
	})
}

func scanTouch(scan engine.Scan, keys ...any) (Touch, error) {
	var t Touch
	err := scan(append(keys, &t.TouchID, &t.OccurredAt.Time, &t.Channel, &t.CampaignID, &t.CampaignName, &t.Asset, &t.TouchType, &t.Status, &t.ExcludedReason)...)
	t.IsResponse = t.ExcludedReason == ""
	return t, err
}

func (r *Reader) activities(ctx context.Context, all []Dossier) error {
	return r.rows(ctx, "activities", func(scan engine.Scan) error {
		var place int
		var a Activity
		var kind, id string
		if err := scan(&place, &a.ActivityID, &a.OccurredAt.Time, &a.Type, &a.Outcome, &a.Owner, &kind, &id); err != nil {
			return err
		}
		a.Record = kind + ":" + id
		all[place].Activities = append(all[place].Activities, a)
		return nil
	})
}

func (r *Reader) deliveries(ctx context.Context, all []Dossier) error {
	return r.rows(ctx, "deliveries", func(scan engine.Scan) error {
		var place int
		var d Delivery
		var outcomeAt sql.NullTime
		if err := scan(&place, &d.DeliveredAt.Time, &d.Outcome, &d.IsLate, &d.IsImplied, &outcomeAt, &d.Reason, &d.Owner, &d.Channel, &d.CampaignID, &d.CampaignName); err != nil {
			return err
		}
		d.OutcomeAt = Moment{outcomeAt.Time}
		all[place].Deliveries = append(all[place].Deliveries, d)
		return nil
	})
}

// history reads the rows of the history, the newest first. The newest that names an owner decides
// who owns the person, before what the leads say.
func (r *Reader) history(ctx context.Context, all []Dossier) error {
	named := make([]bool, len(all))
	return r.rows(ctx, "history", func(scan engine.Scan) error {
		var place int
		var s Step
		if err := scan(&place, &s.At.Time, &s.Stage, &s.Department, &s.Owner, &s.Reason, &s.IsEdit, &s.IsImplied); err != nil {
			return err
		}
		d := &all[place]
		d.History = append(d.History, s)
		if s.Owner != "" && !named[place] {
			d.Owner, named[place] = s.Owner, true
		}
		return nil
	})
}

func (r *Reader) opportunities(ctx context.Context, all []Dossier) error {
	return r.rows(ctx, "opportunities", func(scan engine.Scan) error {
		var place int
		var o Opportunity
		var created, closed, expected sql.NullTime
		var amount sql.NullInt64
		err := scan(&place, &o.OpportunityID, &o.Name, &o.State, &o.Stage, &o.Type, &created, &closed, &expected, &amount, &o.Currency,
			&o.Owner, &o.Competitor, &o.LossReason, &o.HasRole, &o.Role, &o.IsPrimary, &o.IsReversal)
		if err != nil {
			return err
		}
		o.CreatedAt, o.ClosedAt = Moment{created.Time}, Moment{closed.Time}
		if amount.Valid {
			o.AmountMinor = &amount.Int64
		}
		if o.State == "open" {
			o.ExpectedAt, o.LossReason = Moment{expected.Time}, ""
		}
		all[place].Opportunities = append(all[place].Opportunities, o)
		return nil
	})
}
