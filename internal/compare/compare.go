// Package compare puts the models of a published run side by side: what each of them credits to
// every value of a dimension, what is best under all of them, and what depends on the model.
package compare

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/attribution/alignment"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/models"
)

// A Question is what is compared.
type Question struct {
	Subject         string // a dimension, or a report by one
	Measure         string
	Basis           string
	OpportunityType string
	Period          string   // empty: the reporting period of the run
	Models          []string // empty: every model of the run
	Top             int      // how many are the best
}

// A reader answers a question from the files of a run.
type reader struct {
	question  Question
	run       published.Facts
	dimension dimension
	measure   measure
	calendar  alignment.Calendar
	asOf      time.Time // a day
	scale     int       // the decimals of minor units
	models    []string  // the primary model first
	windows   []window
	eng       *engine.Engine
	firstDay  string // of the data that the measure counts; empty: there is none
	names     map[string]string

	isPublished bool // the figures are those of the published report
}

// Of answers a question from the files of a published run.
func Of(ctx context.Context, directory string, q Question) (Result, error) {
	run, err := published.ReadFacts(directory)
	if err != nil {
		return Result{}, err
	}
	r := reader{question: q, run: run}
	eng, err := engine.OpenReading(ctx, directory)
	if err != nil {
		return Result{}, err
	}
	defer eng.Close()
	r.eng = eng
	if err := r.read(ctx); err != nil {
		return Result{}, err
	}
	rows, err := r.figures(ctx)
	if err != nil {
		return Result{}, err
	}
	return r.result(rows), nil
}

// read reads what the question asks and what the run was made with.
func (r *reader) read(ctx context.Context) error {
	campaigns, err := r.campaignDimensions(ctx)
	if err != nil {
		return err
	}
	if r.dimension, err = dimensionOf(r.question.Subject, campaigns); err != nil {
		return err
	}
	if r.measure, err = measureOf(r.question.Measure, r.run.Job.Funnel); err != nil {
		return err
	}
	if err := r.checkChoices(); err != nil {
		return err
	}
	if r.calendar, err = alignment.CalendarOf(r.run.Job.Reporting); err != nil {
		return failure.Errorf(failure.IO, "the reporting zone of the run: %w", err)
	}
	r.asOf = r.calendar.DayOf(r.run.AsOf)
	r.scale, _ = contract.Exponent(r.run.Manifest.ReportingCurrency)
	if err := r.chooseModels(); err != nil {
		return err
	}
	r.windows, err = windowsOf(r.question.Period, r.run.Job.Reporting, r.calendar, r.asOf)
	return err
}

// campaignDimensions are the levels and fields of the campaigns of the run; none in a run of an
// older version.
func (r *reader) campaignDimensions(ctx context.Context) ([]string, error) {
	for _, file := range []string{published.TableFile(campaignTable), published.ReportFile(byDimension)} {
		if !published.Has(r.run.Directory, file) {
			continue
		}
		if err := r.view(ctx, "named_dimensions", file); err != nil {
			return nil, err
		}
		return r.eng.Texts(ctx, "SELECT DISTINCT dimension FROM named_dimensions WHERE dimension NOT IN ("+
			list(dimensions, func(_ int, d dimension) string { return engine.Text(d.name) })+") ORDER BY dimension")
	}
	return nil, nil
}

// checkChoices refuses a basis and a type of opportunities that there are not, and cost where it is
// not known.
func (r *reader) checkChoices() error {
	q := r.question
	if bases := []string{"period", "cohort"}; !slices.Contains(bases, q.Basis) {
		return failure.Errorf(failure.Usage, "--basis: %q is not a basis%s\nhint: the bases are period and cohort", q.Basis, words.DidYouMean(q.Basis, bases))
	}
	if !slices.Contains(contract.OpportunityTypes, q.OpportunityType) {
		return failure.Errorf(failure.Usage, "--opportunity-type: %q is not a type of opportunities%s\nhint: the types are %s", q.OpportunityType,
			words.DidYouMean(q.OpportunityType, contract.OpportunityTypes), strings.Join(contract.OpportunityTypes, ", "))
	}
	if q.Top < 1 {
		return failure.Errorf(failure.Usage, "--top: %d is not a number of the best\nhint: write 1 or more", q.Top)
	}
	switch {
	case !r.measure.usesCost():
		return nil
	case q.Measure == roiOnMargin && r.run.Job.Economics.Margin == 0:
		return failure.Errorf(failure.Usage, "--measure %s: run %s has no margin\nhint: set economics.margin in the configuration and run again, or compare roi", q.Measure, r.run.ID)
	case q.OpportunityType != newBusiness:
		return failure.Errorf(failure.Usage, "--measure %s: cost belongs to new business, and not to the type %s\nhint: leave --opportunity-type out, or compare revenue", q.Measure, q.OpportunityType)
	case r.dimension.cost == "":
		return failure.Errorf(failure.Usage, "--measure %s: cost is booked by campaign and channel, and is not known by %s\nhint: cost is known by %s", q.Measure, r.dimension.one, strings.Join(withCost(), ", "))
	}
	return nil
}

// newBusiness is the type of opportunities to which cost and the conversions of people belong.
const newBusiness = "new_business"

// chooseModels takes the models of the run, or those that were asked for, the primary one first.
func (r *reader) chooseModels() error {
	list, err := models.Select(r.run.Job.Models, r.run.Job.CustomModels)
	if err != nil {
		return err
	}
	known := models.Names(list)
	if i := slices.Index(known, r.run.Job.PrimaryModel); i > 0 {
		known = slices.Insert(slices.Delete(known, i, i+1), 0, r.run.Job.PrimaryModel)
	}
	for i, name := range r.question.Models {
		switch {
		case !slices.Contains(known, name):
			return failure.Errorf(failure.Usage, "--models: %q is not a model of run %s%s\nhint: its models are %s", name, r.run.ID, words.DidYouMean(name, known), strings.Join(known, ", "))
		case slices.Contains(r.question.Models[:i], name):
			return failure.Errorf(failure.Usage, "--models: %s was given twice", name)
		}
	}
	if r.models = known; len(r.question.Models) > 0 {
		r.models = slices.DeleteFunc(slices.Clone(known), func(name string) bool { return !slices.Contains(r.question.Models, name) })
	}
	return nil
}
