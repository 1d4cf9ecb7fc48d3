-- grain: basis, period_start, period_end, opportunity_type, model, currency, month, channel
-- The measures of channel_performance by month, in the reporting time zone: of the conversion on
-- basis period, of the touchpoint on basis cohort, of the day for cost. The _all columns are of the
-- company as a whole, in that month.
-- shows: month, channel, cost, leads, won, revenue, roi, cost_per_lead, opportunities, pipeline,
--   mqls, sqls, cost_per_opportunity, cost_per_won, roas, open_pipeline, ratio_reason
-- default: basis = period, opportunity_type = new_business, model = (primary)
-- bar: revenue
-- columns:
--   basis | text | `period` or `cohort` (the two bases)
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   opportunity_type | text | new_business, expansion, renewal or other
--   model | text | the attribution model
--   currency | text | the reporting currency
--   month | day | the first day of the month, in the reporting time zone
--   channel | text | the channel, or `(unattributed)` or `(none)`
--   <performance>
SELECT
    performance.basis,
    report_period.period_start,
    report_period.period_end,
    performance.opportunity_type,
    performance.model,
    report_period.currency,
    CAST(DATE_TRUNC('month', periods.period_start) AS DATE) AS month,
    channels.channel,
    performance.* EXCLUDE (grain, basis, opportunity_type, model, period_key, campaign_key, channel_key)
FROM performance
CROSS JOIN report_period
INNER JOIN calendar_periods AS periods ON periods.period_key = performance.period_key AND periods.period_type = 'month'
INNER JOIN channels ON channels.channel_key = performance.channel_key
INNER JOIN models ON models.model = performance.model
INNER JOIN opportunity_types AS types ON types.opportunity_type = performance.opportunity_type
WHERE performance.grain = 'channel'
ORDER BY performance.basis DESC, types.position, models.position, month, channels.channel
