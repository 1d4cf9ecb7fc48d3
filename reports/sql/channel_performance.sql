-- grain: basis, period_start, period_end, opportunity_type, model, currency, channel
-- What each channel cost, and what it is credited with: leads, MQLs, SQLs, opportunities, wins,
-- pipeline and revenue, with their costs per unit and the return, by model. Read a row as: on this
-- basis, and if credit is split by this model, this channel cost this much and brought this much.
-- shows: channel, cost, leads, won, revenue, roi, cost_per_lead, opportunities, pipeline, mqls,
--   sqls, cost_per_opportunity, cost_per_won, roas, open_pipeline, ratio_reason
-- default: basis = period, opportunity_type = new_business, model = (primary)
-- bar: revenue
-- columns:
--   basis | text | `period` or `cohort` (the two bases)
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   opportunity_type | text | new_business, expansion, renewal or other
--   model | text | the attribution model
--   currency | text | the reporting currency
--   channel | text | the channel, or `(unattributed)` or `(none)`
--   <performance>
SELECT
    performance.basis,
    report_period.period_start,
    report_period.period_end,
    performance.opportunity_type,
    performance.model,
    report_period.currency,
    channels.channel,
    performance.* EXCLUDE (grain, basis, opportunity_type, model, period_key, campaign_key, channel_key)
FROM performance
CROSS JOIN report_period
INNER JOIN calendar_periods AS periods ON periods.period_key = performance.period_key AND periods.period_type = 'all'
INNER JOIN channels ON channels.channel_key = performance.channel_key
INNER JOIN models ON models.model = performance.model
INNER JOIN opportunity_types AS types ON types.opportunity_type = performance.opportunity_type
WHERE performance.grain = 'channel'
ORDER BY performance.basis DESC, types.position, models.position, channels.channel
