-- grain: basis, period_type, period_start, period_end, opportunity_type, model, currency, channel
-- The measures of channel_performance by period of the reporting calendar: week, month, quarter,
-- year, fiscal quarter and fiscal year, and the whole reporting period. Credit is dated by its
-- conversion on basis period and by its touchpoint on basis cohort; cost by its day. Ratios are
-- computed from the sums of the period, and the _all columns are of the company as a whole in that
-- period. Keep one period_type: each of them adds up to the whole.
-- shows: period_label, channel, cost, leads, won, revenue, roi, cost_per_lead, opportunities,
--   pipeline, mqls, sqls, cost_per_opportunity, cost_per_won, roas, open_pipeline, ratio_reason
-- default: basis = period, opportunity_type = new_business, model = (primary)
-- bar: revenue
-- columns:
--   basis | text | `period` or `cohort` (the two bases)
--   period_type | text | all, week, month, quarter, year, fiscal-quarter or fiscal-year
--   period_start | day | the first day of the period, of those in the reporting period. NULL in the
--     rows `all` if the reporting period has no first day
--   period_end | day | the last day of the period, of those in the reporting period. It can be
--     after as-of. NULL in the rows `all` if the reporting period has no last day
--   period_label | text | the name of the period: 2026-W47, 2026-11, 2026 Q4, 2026, FY2027 Q1,
--     FY2027, or all
--   opportunity_type | text | new_business, expansion, renewal or other
--   model | text | the attribution model
--   currency | text | the reporting currency
--   channel | text | the channel, or `(unattributed)` or `(none)`
--   <performance>
SELECT
    performance.basis,
    periods.period_type,
    periods.period_start,
    periods.period_end,
    periods.period_label,
    performance.opportunity_type,
    performance.model,
    report_period.currency,
    channels.channel,
    performance.* EXCLUDE (grain, basis, opportunity_type, model, period_key, campaign_key, channel_key)
FROM performance
CROSS JOIN report_period
INNER JOIN calendar_periods AS periods ON periods.period_key = performance.period_key
INNER JOIN channels ON channels.channel_key = performance.channel_key
INNER JOIN models ON models.model = performance.model
INNER JOIN opportunity_types AS types ON types.opportunity_type = performance.opportunity_type
WHERE performance.grain = 'channel'
ORDER BY performance.basis DESC, periods.period_key, types.position, models.position, channels.channel
