package page

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/zone"
)

// newReader reads what all figures have in common.
func newReader(ctx context.Context, run *published.Run) (*reader, error) {
	r := &reader{run: run, most: most, columns: map[string][]string{}, read: map[string][]record{}, currency: present.WithoutAddresses(run.Manifest.ReportingCurrency), decimals: 2}
	if err := r.readColumns(ctx); err != nil {
		return nil, err
	}
	reconciled, err := r.rows(ctx, "reconciliation", nil)
	if err != nil {
		return nil, err
	}
	if r.currency == "XXX" { // of ISO 4217: no currency
		r.currency = ""
	}
	r.period = "everything up to as-of"
	if len(reconciled) > 0 {
		first := reconciled[0]
		if first.has("total") {
			_, fraction, _ := strings.Cut(first.text("total"), ".")
			r.decimals = len(fraction)
		}
		r.period = periodName(first.text("period_start"), first.text("period_end"))
	}
	for _, rec := range reconciled {
		if kind := rec.text("opportunity_type"); rec.amount("total_count") > 0 && !slices.Contains(r.types, kind) {
			r.types = append(r.types, kind)
		}
	}
	r.models = distinct(reconciled, "model")
	job, err := published.Settings(run.Directory)
	if err != nil { // of a run of another version: the page has no zone and no primary model
		job = config.Job{}
	}
	asOf := run.Manifest.AsOf
	r.primary, r.asOf, r.asOfDay = job.PrimaryModel, asOf, asOf[:min(len(asOf), 10)]
	if at, err := time.Parse(time.RFC3339Nano, asOf); err == nil {
		if z, err := zone.Load(job.Reporting.TimeZone); err == nil && job.Reporting.TimeZone != "" {
			r.asOf, r.asOfDay = at.In(z).Format("2 January 2006, 15:04")+" ("+job.Reporting.TimeZone+")", at.In(z).Format(time.DateOnly)
		}
	}
	if !slices.Contains(r.models, r.primary) && len(r.models) > 0 {
		r.primary = r.models[0]
	}
	slices.SortStableFunc(r.models, func(a, b string) int { return rankOf(b == r.primary) - rankOf(a == r.primary) })
	if err := r.readChannels(ctx); err != nil {
		return nil, err
	}
	return r, r.readPeriods(ctx)
}

func rankOf(isFirst bool) int {
	if isFirst {
		return 1
	}
	return 0
}

// readChannels reads the channels with credit or cost, the one with the most pipeline first.
func (r *reader) readChannels(ctx context.Context) error {
	records, err := r.rows(ctx, "channel_performance", r.where("basis", "period", "model", r.primary, "opportunity_type", r.mainType()))
	if err != nil {
		return err
	}
	for _, channel := range distinct(byGreatest(records, "pipeline"), "channel") {
		if channel != unattributed {
			r.channels = append(r.channels, channel)
		}
	}
	return nil
}

// readPeriods finds the newest quarters, or the newest months where there is one quarter only.
func (r *reader) readPeriods(ctx context.Context) error {
	records, err := r.rows(ctx, "period_performance", nil)
	if err != nil {
		return err
	}
	for _, r.calendar = range []string{"month", "quarter"} {
		var spans []span
		for _, rec := range only(records, "period_type", r.calendar) {
			s := span{rec.text("period_start"), rec.text("period_end"), rec.text("period_label")}
			if !slices.Contains(spans, s) {
				spans = append(spans, s)
			}
		}
		slices.SortFunc(spans, func(a, b span) int { return strings.Compare(b.start, a.start) })
		if r.recent == nil || len(spans) > 1 {
			r.recent = spans
			continue
		}
		r.calendar = "month"
	}
	return nil
}

// mainType is the type of opportunities that figures begin with.
func (r *reader) mainType() string {
	if len(r.types) == 0 {
		return "new_business"
	}
	return r.types[0]
}

// spans are at most so many of the newest periods, the oldest first.
func (r *reader) spans(most int) []span {
	spans := slices.Clone(r.recent[:min(most, len(r.recent))])
	slices.Reverse(spans)
	return spans
}

// where is a selection from pairs of a column and its value.
func (r *reader) where(pairs ...string) map[string]string {
	selection := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		selection[pairs[i]] = pairs[i+1]
	}
	return selection
}

func periodName(start, end string) string {
	switch {
	case start == "" && end == "":
		return "everything up to as-of"
	case start == "":
		return "everything up to " + end
	case end == "":
		return start + " up to as-of"
	}
	return start + " to " + end
}

const unattributed = "(unattributed)"
