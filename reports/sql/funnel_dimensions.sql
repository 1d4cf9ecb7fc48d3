-- grain: period_type, period_start, period_end, opportunity_type, dimension, dimension_value, from_stage, to_stage
-- The report funnel by segment, persona and campaign, one at a time: of the units that were in a
-- stage for the first time in the period, how many there were, how many came to each later stage and
-- how fast, and what they were worth. The rows of one dimension add up to those of funnel over all
-- channels. Segments and personas are asked of all periods together and of quarters, campaigns of
-- all periods together. The last stage has a row without to_stage.
-- shows: period_label, dimension, dimension_value, from_stage, to_stage, cohort, converted,
--   conversion_rate, wilson_low, wilson_high, median_days, maturity, horizon_days, value
-- default: opportunity_type = new_business, dimension = segment
-- bar: conversion_rate
-- columns:
--   period_type | text | `all` or, of segments and personas, `quarter`, of the calendar year
--   period_start | day | first day of the cohort period. Empty: from the first event on
--   period_end | day | last day of the period. Empty: up to as-of
--   period_label | text | what the period is called
--   opportunity_type | text | the type; stages of people are `new_business`
--   currency | text | the reporting currency
--   dimension | text | `segment`, `persona` or `campaign`
--   dimension_value | text | the segment of the account of the person or opportunity; the persona of
--     the person or, in stages of opportunities, of the primary contact; the id of the campaign of
--     the first touchpoint of the journey to the entry. `(none)`: it has none, or is a person that
--     the reports leave out. `(unattributed)`: no touchpoint, in campaigns
--   from_stage | text | the stage
--   to_stage | text | a later stage. Empty in the one row of the last stage
--   from_unit | text | what is counted, `person` or `opportunity`: the unit of `from_stage`
--   volume | units | units whose first entry to `from_stage` is in the period
--   skipped | units | units that went past the stage in the period without an entry to it
--   cohort | units | `volume` + `skipped`
--   converted | units | units of the cohort that reached `to_stage` within T, as in `funnel`. They
--     count under what they were in `from_stage`. Empty: nobody ever entered `to_stage`
--   already | units | of the other units, those that had been in `to_stage` or later before
--   conversion_rate | rate | `converted` / `cohort`. Units that have not had enough time yet count
--     as not converted
--   wilson_low | rate | lower end of its 95 % interval
--   wilson_high | rate | upper end
--   small_sample | true/false | `cohort` is below 30: read the interval, not the rate
--   horizon_days | days | T: `within_days` of `to_stage`
--   maturity | text | `final`, `immature`, `no_entries` or empty (maturity)
--   km_rate | rate | Kaplan-Meier estimate of the share that converts within T
--   km_at_risk | units | units that were watched for the whole of T and had not converted before
--   velocity_n | units | converted units with an entry to both stages themselves. The next columns
--     are based on these
--   median_days | days | time from the first entry to `from_stage` to the next entry to `to_stage`:
--     the smallest number of days that 50 % of these units do not exceed
--   p75_days | days | the same for 75 %
--   p90_days | days | the same for 90 %
--   value | money | for stages of opportunities: the amounts of the cohort, with reversals as in
--     `funnel`
--   converted_value | money | amounts of the converted opportunities
WITH dimensions AS (
    SELECT * FROM (VALUES ('segment', 0), ('persona', 1), ('campaign', 2)) AS v(dimension, position)
)
SELECT
    periods.period_type,
    periods.period_start,
    periods.period_end,
    periods.period_label,
    steps.opportunity_type,
    report_period.currency,
    steps.dimension,
    labels.value AS dimension_value,
    steps.* EXCLUDE (
        opportunity_type, month, channel_key, dimension, quarter, value_key, position, to_position,
        from_owner, from_exit_criteria, km_observed_days, period_ratio
    )
FROM funnel_steps AS steps
CROSS JOIN report_period
-- One row each. A period of the reporting calendar can begin within its quarter: with the reporting
-- period.
INNER JOIN calendar_periods AS periods
    ON periods.period_type = CASE WHEN steps.quarter IS NULL THEN 'all' ELSE 'quarter' END
    AND (steps.quarter IS NULL OR DATE_TRUNC('quarter', periods.period_start) = steps.quarter)
INNER JOIN dimensions ON dimensions.dimension = steps.dimension
INNER JOIN funnel_values AS labels ON labels.dimension = steps.dimension AND labels.value_key = steps.value_key
INNER JOIN opportunity_types AS types ON types.opportunity_type = steps.opportunity_type
ORDER BY periods.period_key, types.position, dimensions.position, labels.value, steps.position, steps.to_position NULLS LAST
