-- grain: basis, period_start, period_end, opportunity_type, model, currency, dimension, value
-- The measures of channel_performance by any dimension: channel, campaign, levels of the campaign
-- tree, fields of campaign names, asset, source, medium, persona, segment, industry, account, parent
-- account and owner. Choose one dimension: the values of each add up to the totals of
-- channel_performance. Never add up two dimensions.
-- shows: dimension, value, cost, leads, won, revenue, roi, cost_per_lead, opportunities, pipeline,
--   mqls, sqls, cost_per_opportunity, cost_per_won, roas, open_pipeline, ratio_reason
-- default: basis = period, opportunity_type = new_business, model = (primary), dimension = segment
-- bar: revenue
-- columns:
--   basis | text | `period` or `cohort` (the two bases)
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   opportunity_type | text | new_business, expansion, renewal or other
--   model | text | the attribution model
--   currency | text | the reporting currency
--   dimension | text | `channel`, `campaign`, `campaign_level_1` and so on, `field_<name>` of
--     `campaign_fields`, `asset`, `source`, `medium`, `persona`, `segment`, `industry`, `account`,
--     `parent_account` or `owner`
--   value | text | the value of the dimension, an id of a campaign or account. `(none)`: not known.
--     `(no match)`: the name of the campaign does not match `campaign_fields`. `(other)`: all values
--     beyond the `reporting.dimension_values` largest. `(unattributed)`: credit that no touchpoint
--     earned
--   label | text | the name of the campaign or account; for other values, the value
--   cost | money, 6 decimals | cost incurred in the period, of the channel, campaign, level or field.
--     NULL for the other dimensions: costs are booked at a campaign or channel only
--   leads | units | count credit of `lead`: how many people became a lead, as far as touchpoints
--     earned it. On the `new_business` rows; 0 for other types
--   mqls | units | the same for `mql`. Empty: nobody ever entered the stage
--   sqls | units | the same for `sql`. Empty: nobody ever entered the stage
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
--   roas | ratio | `revenue` / `cost`; NULL if `cost` is 0 or not known
--   roi | ratio | (`revenue` − `cost`) / `cost`; NULL if `cost` is 0 or not known
--   ratio_reason | text | why a ratio to `cost` is missing, otherwise NULL. cost_not_booked: no cost
--     is booked by this dimension. no_cost: `cost` is 0. no_units: there is cost, and one of the
--     units is 0
--   spread | money | the greatest minus the smallest revenue of the value over the models of the
--     run, on this basis and opportunity type: how far the models disagree
--   best_rank | rank | the best place of the value by revenue over the models, within its dimension;
--     1 is the greatest. Equal revenues share a place. NULL for `(none)`, `(no match)`, `(other)` and
--     `(unattributed)`, which take no place
--   worst_rank | rank | the worst place of the value by revenue over the models
WITH filled AS (
    SELECT
        totals.* REPLACE (
            CASE WHEN tracked.leads THEN totals.leads END AS leads,
            CASE WHEN tracked.mqls THEN totals.mqls END AS mqls,
            CASE WHEN tracked.sqls THEN totals.sqls END AS sqls
        ),
        slices.basis, slices.opportunity_type, slices.model,
        totals.position <= 1000 AS has_cost, NULLIF(totals.cost, 0) AS rated_cost
    FROM dimension_totals AS totals
    CROSS JOIN tracked_measures AS tracked
    -- One row.
    INNER JOIN performance_slices AS slices ON slices.slice_key = totals.slice_key
),
ranked AS (
    SELECT
        value_key, basis, opportunity_type, revenue,
        RANK() OVER (PARTITION BY position, dimension, slice_key ORDER BY revenue DESC) AS place
    FROM filled
    WHERE value NOT IN ('(none)', '(unattributed)', '(other)', '(no match)')
),
agreement AS (
    SELECT
        value_key, basis, opportunity_type,
        MAX(revenue) - MIN(revenue) AS spread, MIN(place) AS best_rank, MAX(place) AS worst_rank
    FROM ranked
    GROUP BY value_key, basis, opportunity_type
),
names AS (
    SELECT 'campaign' AS of_what, campaign_id AS value, name FROM campaigns
    UNION ALL
    SELECT 'account', account_id, name FROM accounts
)
SELECT
    filled.basis,
    report_period.period_start,
    report_period.period_end,
    filled.opportunity_type,
    filled.model,
    report_period.currency,
    filled.dimension,
    filled.value,
    COALESCE(names.name, filled.value) AS label,
    CASE WHEN filled.has_cost THEN micros(filled.cost) END AS cost,
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
    roas(filled.revenue, filled.rated_cost, report_period.minor_per_unit) AS roas,
    roi(filled.revenue, 1000000, filled.rated_cost, report_period.minor_per_unit) AS roi,
    CASE
        WHEN NOT filled.has_cost THEN 'cost_not_booked'
        WHEN filled.cost = 0 THEN 'no_cost'
        WHEN filled.leads = 0 OR filled.mqls = 0 OR filled.sqls = 0 OR filled.opportunities = 0 OR filled.won = 0
            THEN 'no_units'
    END AS ratio_reason,
    money(agreement.spread) AS spread,
    agreement.best_rank,
    agreement.worst_rank
FROM filled
CROSS JOIN report_period
-- One row each.
INNER JOIN models ON models.model = filled.model
INNER JOIN opportunity_types AS types ON types.opportunity_type = filled.opportunity_type
-- At most one row each: a dimension is of campaigns, of accounts or of neither.
LEFT JOIN agreement
    ON agreement.value_key = filled.value_key AND agreement.basis = filled.basis AND agreement.opportunity_type = filled.opportunity_type
LEFT JOIN names
    ON names.value = filled.value
    AND names.of_what = CASE
        WHEN filled.dimension IN ('account', 'parent_account') THEN 'account'
        WHEN filled.dimension = 'campaign' OR filled.dimension LIKE 'campaign\_level\_%' ESCAPE '\' THEN 'campaign'
    END
ORDER BY filled.basis DESC, types.position, models.position, filled.position, filled.dimension, filled.value
