package page

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/present"
)

// A section answers one question of the reader. figures may be empty of rows: then it says why.
type section struct {
	id, title, question string
	figures             func(*reader, context.Context) ([]figure, error)
}

// sections are the parts of the page below the overview, in their order.
func sections() []section {
	return []section{
		{"trend", "Is it getting better?", "The newest periods against those before them. A change is called better or worse only if a report does so.", (*reader).trend},
		{"channels", "Channels", "What did each channel cost, and what is it credited with?", (*reader).channelFigures},
		{"campaigns", "Campaigns", "Which campaigns brought the most, and does that depend on the model?", (*reader).campaignFigures},
		{"models", "Agreement of models", "How far does the answer depend on the choice of a model?", (*reader).agreement},
		{"funnel", "Funnel", "How many move on from stage to stage, and how fast?", (*reader).funnelFigures},
		{"handoff", "Stock and handoff", "Who is in which stage, and what became of the people that marketing delivered to sales?", (*reader).stockFigures},
		{"cost", "Cost over time", "What does a lead cost, and a customer?", (*reader).costFigures},
		{"bases", "Cohort and period", "Does this period's revenue come from this period's marketing?", (*reader).basisFigures},
		{"paths", "Paths", "In which order do buyers meet the channels?", (*reader).pathFigures},
		{"deals", "Won and lost", "Against whom, where and why are opportunities won and lost?", (*reader).dealFigures},
		{"targets", "Targets and capacity", "Are the targets in reach, and can sales work what will come?", (*reader).targetFigures},
		{"coverage", "Coverage and findings", "How much is known, and what should be fixed first?", (*reader).coverageFigures},
		{"reconciliation", "Reconciliation", "Does everything add up?", (*reader).reconciliationFigures},
	}
}

// document puts the page together.
func (r *reader) document(ctx context.Context) (document, error) {
	d := document{
		Period: "Reporting period: " + r.period, AsOf: r.asOf, Currency: r.currency, Digest: r.run.Manifest.Reports, Program: r.run.Manifest.Program,
		Nothing: "This run has no opportunities, leads or wins, so there is nothing to credit.",
	}
	if len(r.models) > 0 {
		d.Model = present.Label(r.primary)
	}
	var names []string
	for _, model := range r.models {
		names = append(names, present.Label(model))
	}
	d.Models = strings.Join(names, ", ")
	var err error
	if d.Cards, err = r.cards(ctx); err != nil {
		return d, err
	}
	if d.Insights, err = r.insights(ctx); err != nil {
		return d, err
	}
	if d.Banner, err = r.banner(); err != nil {
		return d, err
	}
	for i := range d.Cards {
		for j := range d.Cards[i].Variants {
			d.Cards[i].Variants[j].Name = r.named(d.Cards[i].Variants[j].Dims)
		}
	}
	for _, s := range sections() {
		figures, err := s.figures(r, ctx)
		if err != nil {
			return d, fmt.Errorf("section %s of the page: %w", s.id, err)
		}
		for i := range figures {
			figures[i].ID = s.id + "-" + figures[i].ID
			r.nameVariants(figures[i].Variants)
		}
		d.Sections = append(d.Sections, sectionView{s.id, s.title, s.question, figures})
	}
	d.Filters = r.filters(d)
	return d, nil
}

// nameVariants gives every variant the words of its choices.
func (r *reader) nameVariants(variants []variant) {
	for i := range variants {
		variants[i].Name = r.named(variants[i].Dims)
	}
}

func (r *reader) named(d dims) string {
	var parts []string
	for _, name := range []string{"type", "model", "period", "channel", "segment"} {
		switch text := d[name]; {
		case text == "":
		case name == "type" || name == "model":
			parts = append(parts, present.Label(text))
		default:
			parts = append(parts, text)
		}
	}
	if len(parts) == 0 {
		return "Whole reporting period"
	}
	return strings.Join(parts, " · ")
}

// filters are the choices that at least one figure has.
func (r *reader) filters(d document) []filter {
	values := map[string][]string{}
	add := func(d dims) {
		for name, value := range d {
			if !slices.Contains(values[name], value) {
				values[name] = append(values[name], value)
			}
		}
	}
	for _, c := range d.Cards {
		for _, v := range c.Variants {
			add(v.Dims)
		}
	}
	for _, s := range d.Sections {
		for _, f := range s.Figures {
			for _, v := range f.Variants {
				add(v.Dims)
			}
		}
	}
	var filters []filter
	for _, known := range []struct{ name, label, all string }{
		{"type", "Opportunities", ""}, {"model", "Model", ""}, {"period", "Period", "Whole reporting period"}, {"channel", "Channel", "All channels"}, {"segment", "Segment", "All segments"},
	} {
		if len(values[known.name]) < 2 {
			continue
		}
		f := filter{Name: known.name, Label: known.label}
		for _, value := range values[known.name] {
			f.Options = append(f.Options, option{value, r.named(dims{known.name: value})})
			if value == "" {
				f.Options[len(f.Options)-1].Label = known.all
			}
		}
		filters = append(filters, f)
	}
	return filters
}

// figureOf is a figure of one variant that depends on no choice.
func figureOf(id, title string, v variant, definitions ...definition) figure {
	return figure{ID: id, Title: title, Variants: []variant{v}, Definitions: definitions}
}

// without is a figure that has no rows: because the run lacks the report, or for this reason.
func (r *reader) without(id, title, report, reason string) figure {
	if !r.run.Has(report) {
		reason = "This run has no report `" + report + "`: an earlier version made it. Run again to have it."
	}
	return figureOf(id, title, variant{Summary: reason})
}
