package replay

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/models"
)

// Both ask the relations of a run. <model> stands for the name of the model, which config has
// checked.
var (
	//go:embed figures.sql
	figures string
	//go:embed costs.sql
	costs string
)

// Write writes what the state came to into two Parquet files: figures, one row per conversion,
// channel, campaign and reason, and costs, one row per month, channel and campaign. Sums are DECIMAL,
// because the engine writes HUGEINT to Parquet as DOUBLE.
func (r *Replay) Write(ctx context.Context, model, figuresPath, costsPath string) error {
	for path, query := range map[string]string{figuresPath: strings.ReplaceAll(figures, "<model>", model), costsPath: costs} {
		if err := r.engine.Exec(ctx, "COPY ("+query+") TO "+engine.Text(path)+" (FORMAT parquet)"); err != nil {
			return fmt.Errorf("writing figures: %w", err)
		}
	}
	return nil
}

// Published is the SELECT of the figures that a run published, in the columns of figures.sql.
func (r Run) Published(ctx context.Context, eng *engine.Engine, model string) (string, error) {
	conversions, credits := published.Rows(r.Directory, published.TableFile("conversions")), published.Rows(r.Directory, published.Credits)
	var hasModel bool
	if err := eng.Row(ctx, "SELECT COUNT(*) > 0 FROM (DESCRIBE SELECT * FROM "+credits+") WHERE column_name = ?", []any{model + "_minor"}, &hasModel); err != nil {
		return "", err
	}
	if !hasModel {
		return "", failure.Errorf(failure.Usage, "run %s has no credit of the model %q%s\nhint: choose a model of both runs", r.ID, model, words.DidYouMean(model, r.modelNames()))
	}
	day := "CAST(c.converted_at AS DATE)" // older versions: the day in UTC
	var columns int
	if err := eng.Row(ctx, "SELECT COUNT(*) FROM (DESCRIBE SELECT * FROM "+conversions+") WHERE column_name = 'converted_on'", nil, &columns); err != nil {
		return "", err
	}
	if columns > 0 {
		day = "c.converted_on"
	}
	minor, units := "k."+engine.Name(model+"_minor"), "k."+engine.Name(model+"_millionths")
	return `
		SELECT
			k.conversion_type, k.opportunity_id, k.person_id, k.opportunity_type, CAST(DATE_TRUNC('month', ` + day + `) AS DATE) AS month,
			k.channel, k.campaign_id, COALESCE(k.unattributed_reason, '') AS reason,
			CAST(SUM(COALESCE(` + minor + `, 0)) AS DECIMAL(38, 0)) AS minor, CAST(SUM(` + units + `) AS DECIMAL(38, 0)) AS millionths
		FROM ` + credits + ` AS k
		INNER JOIN ` + conversions + ` AS c
			ON c.conversion_type = k.conversion_type AND c.opportunity_id IS NOT DISTINCT FROM k.opportunity_id AND c.person_id IS NOT DISTINCT FROM k.person_id
		GROUP BY ALL
		HAVING SUM(COALESCE(` + minor + `, 0)) <> 0 OR SUM(` + units + `) <> 0`, nil
}

// PublishedCosts is the SELECT of the costs that a run published, in the columns of costs.sql. A run
// of an older version published none by day.
func (r Run) PublishedCosts() string {
	costDays := published.TableFile("cost_days")
	if !published.Has(r.Directory, costDays) {
		return "SELECT CAST(NULL AS DATE) AS month, '' AS channel, '' AS campaign_id, CAST(0 AS DECIMAL(38, 0)) AS micros WHERE FALSE"
	}
	return `
		SELECT CAST(DATE_TRUNC('month', day) AS DATE) AS month, channel, campaign_id, CAST(SUM(cost_micros) AS DECIMAL(38, 0)) AS micros
		FROM ` + published.Rows(r.Directory, costDays) + ` GROUP BY ALL`
}

// modelNames are the models of the run.
func (r Run) modelNames() []string {
	list, err := models.Select(r.Job.Models, r.Job.CustomModels)
	if err != nil {
		return nil // there is no name to suggest
	}
	return models.Names(list)
}
