-- grain: basis, period_start, period_end, opportunity_type, model, currency, campaign_id, channel
-- The measures of channel_performance by campaign. A campaign has one row with the channel (all),
-- which combines its cost with all credit of its touchpoints, whatever channel they name, and below
-- it one row per channel. Sum either kind, never both. Ratios, spread and ranks are in the row
-- (all) alone.
-- shows: campaign_id, cost, leads, won, revenue, roi, cost_per_lead, opportunities, pipeline, mqls,
--   sqls, cost_per_opportunity, cost_per_won, roas, open_pipeline, ratio_reason, spread, best_rank,
--   worst_rank
-- default: basis = period, opportunity_type = new_business, model = (primary), channel = (all)
-- bar: revenue
-- columns:
--   basis | text | `period` or `cohort` (the two bases)
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   opportunity_type | text | new_business, expansion, renewal or other
--   model | text | the attribution model
--   currency | text | the reporting currency
--   campaign_id | text | the campaign, or `(none)` or `(unattributed)`
--   campaign_name | text | the name of the campaign, as a label
--   channel | text | `(all)` or one channel. All ratios (costs per unit, the `_all` columns,
--     `mql_to_sql`, `roas`, `roi`) and `ratio_reason` are in the row `(all)` only and NULL in the
--     others, because the cost of a campaign is in one channel and its touchpoints may name
--     another. The `_all` ratios are company-wide here too
--   <performance>
--   spread | money | the greatest minus the smallest revenue of the campaign over the models of the
--     run, on this basis and opportunity type: how far the models disagree
--   best_rank | rank | the best place of the campaign by revenue over the models; 1 is the
--     greatest. Equal revenues share a place, and the following places are left out (1, 1, 3)
--   worst_rank | rank | the worst place of the campaign by revenue over the models
WITH ranked AS (
    SELECT
        basis, opportunity_type, campaign_key, revenue,
        RANK() OVER (PARTITION BY basis, opportunity_type, model ORDER BY revenue DESC) AS place
    FROM performance
    WHERE grain = 'campaign' AND campaign_key > 0
),
agreement AS (
    SELECT
        basis, opportunity_type, campaign_key,
        MAX(revenue) - MIN(revenue) AS spread, MIN(place) AS best_rank, MAX(place) AS worst_rank
    FROM ranked
    GROUP BY basis, opportunity_type, campaign_key
)
SELECT
    performance.basis,
    report_period.period_start,
    report_period.period_end,
    performance.opportunity_type,
    performance.model,
    report_period.currency,
    campaigns.campaign_id,
    campaigns.campaign_name,
    COALESCE(channels.channel, '(all)') AS channel,
    performance.* EXCLUDE (grain, basis, opportunity_type, model, period_key, campaign_key, channel_key),
    CASE WHEN performance.grain = 'campaign' THEN agreement.spread END AS spread,
    CASE WHEN performance.grain = 'campaign' THEN agreement.best_rank END AS best_rank,
    CASE WHEN performance.grain = 'campaign' THEN agreement.worst_rank END AS worst_rank
FROM performance
CROSS JOIN report_period
INNER JOIN campaign_keys AS campaigns ON campaigns.campaign_key = performance.campaign_key
INNER JOIN models ON models.model = performance.model
INNER JOIN opportunity_types AS types ON types.opportunity_type = performance.opportunity_type
LEFT JOIN channels ON channels.channel_key = performance.channel_key
LEFT JOIN agreement
    ON agreement.basis = performance.basis AND agreement.opportunity_type = performance.opportunity_type
    AND agreement.campaign_key = performance.campaign_key
WHERE performance.grain IN ('campaign', 'campaign by channel')
ORDER BY performance.basis DESC, types.position, models.position, campaigns.campaign_id, channels.channel NULLS FIRST
