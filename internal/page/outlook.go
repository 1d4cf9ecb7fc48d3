package page

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/words"
)

// betterCard says on the first screen what the reports judge of the newest periods.
func (r *reader) betterCard(ctx context.Context) (card, error) {
	c := card{ID: "card-better", Title: "Is it getting better?"}
	for _, kind := range r.types {
		steps, err := r.newestSteps(ctx, kind)
		if err != nil {
			return c, err
		}
		v := cardVariant{Dims: dims{"type": kind}, Command: r.commandOfSteps(kind), Summary: "Too little has happened in two periods to compare them."}
		judged := map[string]int{}
		for _, rec := range steps {
			judged[rec.text("answer")]++
		}
		if total := judged["better"] + judged["worse"] + judged["cannot say"]; total > 0 {
			v.Summary = fmt.Sprintf("Of %s of the funnel against the period before, %d got better, %d got worse, and %d cannot be told from chance.", words.Count(total, "comparison"), judged["better"], judged["worse"], judged["cannot say"])
		}
		handed, err := r.rows(ctx, "handoff", r.where("period_type", r.calendar, "owner", "(all)", "channel", "(all)"))
		if err != nil {
			return c, err
		}
		handed = newestFirst(handed)
		if kind == r.mainType() && len(handed) > 0 && handed[0].text("acceptance_answer") != "" {
			v.Summary += fmt.Sprintf(" Acceptance by sales in %s: %s.", handed[0].text("period_label"), handed[0].text("acceptance_answer"))
		}
		amounts, text, err := r.amountsOfCard(ctx, kind)
		if err != nil {
			return c, err
		}
		v.Lines = amounts
		if len(amounts) > 0 {
			v.Command = r.commandOfAmounts(kind)
		}
		v.Summary = strings.TrimSpace(text + " " + v.Summary)
		c.Variants = append(c.Variants, v)
	}
	return c, nil
}

// amountsOfCard are revenue and pipeline of the newest period that is over, with those of the period
// before. No interval says how much of a difference of amounts is chance.
func (r *reader) amountsOfCard(ctx context.Context, kind string) ([]cardLine, string, error) {
	where := r.where("basis", "period", "opportunity_type", kind, "model", r.primary, "period_type", r.calendar)
	records, err := r.rows(ctx, "period_performance", where)
	if err != nil {
		return nil, "", err
	}
	var over []span // the newest first
	for _, s := range r.recent {
		if s.end <= r.asOfDay {
			over = append(over, s)
		}
	}
	if len(over) < 2 || len(records) == 0 {
		return nil, "", nil
	}
	common, _ := split(records)
	var lines []cardLine
	for _, measure := range []string{"revenue", "pipeline"} {
		var totals [2]string
		for i, s := range over[:2] {
			totals[i] = r.sum(only(records, "period_label", s.label), measure)
		}
		for i, s := range over[:2] {
			key := maps.Clone(common)
			delete(key, "channel")
			key["period_start"], key["period_end"] = s.start, s.end
			label, unit := present.Label(measure)+", "+s.label, ""
			if i == 0 {
				unit = changeOf(totals[0], totals[1])
			} else {
				label = s.label
			}
			lines = append(lines, cardLine{Label: label, Unit: unit, Value: value{
				Text: present.Value(present.Money, totals[i], r.decimals), Exact: totals[i], Report: "period_performance", Column: measure, Key: query(key), Sum: "channel",
			}})
		}
	}
	return lines, "A few large opportunities decide amounts, so the page does not call their difference better or worse.", nil
}

// changeOf is how an amount differs from the one before, as a percentage with its sign; empty if the
// one before is not positive.
func changeOf(now, before string) string {
	a, isNumber := new(big.Rat).SetString(now)
	b, isAlso := new(big.Rat).SetString(before)
	if !isNumber || !isAlso || b.Sign() <= 0 {
		return ""
	}
	change := a.Quo(a.Sub(a, b), b)
	text := present.Value(present.Percent, change.FloatString(6), 0)
	if change.Sign() > 0 {
		text = "+" + text
	}
	return text
}

func newestFirst(records []record) []record {
	slices.SortStableFunc(records, func(a, b record) int {
		switch {
		case a.text("period_start") > b.text("period_start"):
			return -1
		case a.text("period_start") < b.text("period_start"):
			return 1
		}
		return 0
	})
	return records
}

// worstTargets are the targets with the smallest share, those behind first.
func worstTargets(records []record, most int) []record {
	known := slices.DeleteFunc(slices.Clone(records), func(rec record) bool { return !rec.has("actual") || !rec.has("share") })
	isLate := func(rec record) bool { return rec.text("pace") == "behind" || rec.text("pace") == "over" }
	slices.SortStableFunc(known, func(a, b record) int {
		if isLate(a) != isLate(b) {
			return rankOf(isLate(b)) - rankOf(isLate(a))
		}
		return a.number("share").Cmp(b.number("share"))
	})
	return known[:min(most, len(known))]
}

// targetCard says on the first screen which targets are behind.
func (r *reader) targetCard(ctx context.Context) (card, error) {
	v := cardVariant{Command: "tributary report targets", Summary: "No targets are given for the time of this run."}
	records, err := r.currentTargets(ctx)
	if err != nil {
		return card{}, err
	}
	if len(records) > 0 {
		v.Command = r.commandOfTargets(records)
		v.Summary = targetsSummary(records)
	}
	for _, rec := range worstTargets(records, 3) {
		label := labelOf(rec.text("metric")) + ", " + rec.text("period_start") + " to " + rec.text("period_end")
		v.Lines = append(v.Lines, r.line(label, rec, "actual", percentOf(rec.text("share"))+" of the target, "+rec.text("pace")))
	}
	return card{ID: "card-targets", Title: "Targets", Variants: []cardVariant{v}}, nil
}
