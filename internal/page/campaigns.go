package page

import (
	"context"
	"fmt"
	"html/template"
	"slices"

	"github.com/tributary-engine/tributary/internal/page/chart"
	"github.com/tributary-engine/tributary/internal/present"
)

// campaignFigures are the campaigns with the most pipeline under each model, with their ranks over
// all models.
func (r *reader) campaignFigures(ctx context.Context) ([]figure, error) {
	const title = "Campaigns with the most pipeline"
	columns := []string{"cost", "leads", "opportunities", "pipeline", "revenue", "cost_per_lead", "roi", "spread", "best_rank", "worst_rank"}
	f := figure{ID: "performance", Title: title, Definitions: definitions("campaign_performance", append([]string{"campaign_id"}, columns...)...), Elsewhere: "tributary report campaign_performance"}
	for _, kind := range r.types {
		models := r.models[:min(len(r.models), r.most.models)]
		if kind != r.mainType() {
			models = models[:min(1, len(models))]
		}
		for _, model := range models {
			where := r.where("basis", "period", "opportunity_type", kind, "model", model, "channel", "(all)")
			records, err := r.rows(ctx, "campaign_performance", where)
			if err != nil {
				return nil, err
			}
			records = slices.DeleteFunc(byGreatest(records, "pipeline"), func(rec record) bool { return !rec.has("pipeline") || isNoCampaign(rec.text("campaign_id")) })
			records = records[:min(len(records), r.most.campaigns)]
			v := variant{Dims: dims{"type": kind, "model": model}, Command: command("campaign_performance", where) + " --sort -pipeline"}
			if v.Table = r.table("Campaigns under "+present.Label(model), records, append([]string{"campaign_id"}, columns...)...); v.Table == nil {
				continue
			}
			v.Summary = r.campaignsSummary(records)
			var rows []chart.Row
			for _, rec := range records[:min(10, len(records))] {
				rows = append(rows, chart.Row{Label: label(rec, "campaign_id"), Values: []*chart.Value{{Amount: rec.amount("pipeline"), Text: r.show(rec, "pipeline")}}})
			}
			v.Charts = []template.HTML{chart.Bars(chart.Head{Name: fmt.Sprintf("campaigns-%d", len(f.Variants)), Title: "Pipeline by campaign", Description: plainText(v.Summary)}, nil, rows)}
			f.Variants = append(f.Variants, v)
		}
	}
	if len(f.Variants) == 0 {
		return []figure{r.without("performance", title, "campaign_performance", "No campaign has cost or credit in the reporting period.")}, nil
	}
	f.Note = fmt.Sprintf("At most %d campaigns are shown, by pipeline, without what has no campaign. The command prints all of them.", r.most.campaigns)
	return []figure{f}, nil
}

func isNoCampaign(id string) bool { return id == "(none)" || id == unattributed }

// campaignsSummary names the first campaign, and the one about which the models disagree most.
func (r *reader) campaignsSummary(records []record) string {
	first := records[0]
	text := fmt.Sprintf("%s has the most pipeline: %s.", label(first, "campaign_id"), r.money(first.text("pipeline")))
	disputed := byGreatest(records, "spread")[0]
	if disputed.amount("spread") > 0 {
		text += fmt.Sprintf(" Models disagree most about %s: its revenue varies by %s, and its place between %s and %s.", label(disputed, "campaign_id"), r.money(disputed.text("spread")), r.show(disputed, "best_rank"), r.show(disputed, "worst_rank"))
	}
	return text
}
