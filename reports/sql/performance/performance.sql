-- performance: one row per row of performance_sums: the columns that all performance reports have,
-- in their order. The _all columns are of the company as a whole, in the period of the row. Ratios
-- are computed from the sums of the period. Rows of a campaign by channel have no ratios: the cost of
-- a campaign is in one channel, and its touchpoints may name another.
-- columns:
--   cost | money, 6 decimals | cost incurred in the period and booked at the channel or its
--     campaigns (costs)
--   leads | units | count credit of `lead`: how many people became a lead, as far as touchpoints of
--     this row earned it. On the `new_business` rows; 0 for other types
--   mqls | units | the same for `mql`
--   sqls | units | the same for `sql`
--   opportunities | units | count credit of `pipeline`: opportunities created, whatever became of
--     them
--   won | units | count credit of `revenue`: opportunities won. A reversal subtracts none
--   pipeline | money | credit of `pipeline`: amounts of the opportunities created, minus reversals
--   open_pipeline | money | the part of `pipeline` whose opportunity is open at as-of
--   revenue | money | credit of `revenue`: amounts of the opportunities won, minus reversals
--   cost_per_lead | money per unit | `cost` / `leads`; NULL if either is 0
--   cost_per_mql | money per unit | `cost` / `mqls`; NULL if either is 0
--   cost_per_sql | money per unit | `cost` / `sqls`; NULL if either is 0
--   cost_per_opportunity | money per unit | `cost` / `opportunities`; NULL if either is 0
--   cost_per_won | money per unit | `cost` / `won`; NULL if either is 0
--   cost_per_lead_all | money per unit | all cost / all leads of the company: over all channels of
--     the same basis, opportunity type and model, including channels without cost and unattributed
--     leads. The same in every row
--   cost_per_mql_all | money per unit | the same with MQLs
--   cost_per_sql_all | money per unit | the same with SQLs
--   cost_per_opportunity_all | money per unit | the same with `opportunities`
--   cost_per_won_all | money per unit | the same with `won`
--   mql_to_sql | ratio | `sqls` / `mqls`; NULL if `mqls` is 0. This is a ratio, not a rate: the
--     SQLs of these months are other people than the MQLs of these months, so it can be greater
--     than 1. The rate is in `funnel`
--   roas | ratio | return on ad spend: `revenue` / `cost`. 1 means that revenue equals cost. NULL
--     if `cost` is 0
--   roi | ratio | return on investment: (`revenue` − `cost`) / `cost`. 0 means that revenue equals
--     cost, −1 means no revenue. NULL if `cost` is 0
--   ratio_reason | text | why a ratio to `cost` is missing, otherwise NULL. no_cost: `cost` is 0.
--     no_units: there is cost, and one of the units is 0
--   <stage>s | units | the same for a further stage of people in the funnel, such as `sals`; these
--     three columns for each, in the order of the funnel
--   cost_per_<stage> | money per unit | `cost` / units of that stage; NULL if either is 0
--   cost_per_<stage>_all | money per unit | the same for the company as a whole
--   roi_on_margin | ratio | (`revenue` x margin − `cost`) / `cost`. NULL without `economics.margin`,
--     and if `cost` is 0
--   provisional_cost | money, 6 decimals | the part of `cost` that is not final: ad cost of the newest
--     days up to as-of (`costs.provisional_days`). Compare a row with another one only if it is 0
CREATE TABLE performance AS
WITH filled AS (
    SELECT
        sums.row_key, sums.grain, sums.slice_key, sums.period_key, sums.campaign_key, sums.channel_key,
        sums.grain <> 'campaign by channel' AS has_ratios,
        COALESCE(sums.cost, 0) AS cost, COALESCE(sums.provisional_cost, 0) AS provisional_cost,
        CASE WHEN tracked.leads THEN COALESCE(sums.leads, 0) END AS leads,
        CASE WHEN tracked.mqls THEN COALESCE(sums.mqls, 0) END AS mqls,
        CASE WHEN tracked.sqls THEN COALESCE(sums.sqls, 0) END AS sqls,
        COALESCE(sums.opportunities, 0) AS opportunities, COALESCE(sums.won, 0) AS won, COALESCE(sums.pipeline, 0) AS pipeline,
        COALESCE(sums.open_pipeline, 0) AS open_pipeline, COALESCE(sums.revenue, 0) AS revenue,
        CASE WHEN sums.grain <> 'campaign by channel' THEN NULLIF(sums.cost, 0) END AS rated_cost
    FROM performance_sums AS sums
    CROSS JOIN tracked_measures AS tracked
),
company AS (
    SELECT
        slice_key, period_key,
        ratio(rated_cost, leads) AS cost_per_lead, ratio(rated_cost, mqls) AS cost_per_mql, ratio(rated_cost, sqls) AS cost_per_sql,
        ratio(rated_cost, opportunities) AS cost_per_opportunity, ratio(rated_cost, won) AS cost_per_won
    FROM filled
    WHERE grain = 'company'
)
SELECT
    filled.grain, slices.basis, slices.opportunity_type, slices.model, filled.period_key, filled.campaign_key, filled.channel_key,
    micros(filled.cost) AS cost,
    units(filled.leads) AS leads,
    units(filled.mqls) AS mqls,
    units(filled.sqls) AS sqls,
    units(filled.opportunities) AS opportunities,
    units(filled.won) AS won,
    money(filled.pipeline) AS pipeline,
    money(filled.open_pipeline) AS open_pipeline,
    money(filled.revenue) AS revenue,
    ratio(filled.rated_cost, filled.leads) AS cost_per_lead,
    ratio(filled.rated_cost, filled.mqls) AS cost_per_mql,
    ratio(filled.rated_cost, filled.sqls) AS cost_per_sql,
    ratio(filled.rated_cost, filled.opportunities) AS cost_per_opportunity,
    ratio(filled.rated_cost, filled.won) AS cost_per_won,
    CASE WHEN filled.has_ratios THEN company.cost_per_lead END AS cost_per_lead_all,
    CASE WHEN filled.has_ratios THEN company.cost_per_mql END AS cost_per_mql_all,
    CASE WHEN filled.has_ratios THEN company.cost_per_sql END AS cost_per_sql_all,
    CASE WHEN filled.has_ratios THEN company.cost_per_opportunity END AS cost_per_opportunity_all,
    CASE WHEN filled.has_ratios THEN company.cost_per_won END AS cost_per_won_all,
    CASE WHEN filled.has_ratios THEN ratio(filled.sqls, filled.mqls) END AS mql_to_sql,
    roas(filled.revenue, filled.rated_cost, report_period.minor_per_unit) AS roas,
    roi(filled.revenue, 1000000, filled.rated_cost, report_period.minor_per_unit) AS roi,
    CASE
        WHEN NOT filled.has_ratios THEN NULL
        WHEN filled.cost = 0 THEN 'no_cost'
        WHEN filled.leads = 0 OR filled.mqls = 0 OR filled.sqls = 0 OR filled.opportunities = 0 OR filled.won = 0
            OR further.stages_without_units > 0 THEN 'no_units'
    END AS ratio_reason,
    further.* EXCLUDE (row_key, stages_without_units),
    roi(filled.revenue, report_period.margin_millionths, filled.rated_cost, report_period.minor_per_unit) AS roi_on_margin,
    micros(filled.provisional_cost) AS provisional_cost
FROM filled
CROSS JOIN report_period
-- One row each.
INNER JOIN performance_slices AS slices ON slices.slice_key = filled.slice_key
INNER JOIN company ON company.slice_key = filled.slice_key AND company.period_key = filled.period_key
-- At most one row: none, if the funnel has no further stages.
LEFT JOIN performance_further AS further ON further.row_key = filled.row_key
