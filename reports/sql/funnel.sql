-- grain: basis, period_start, period_end, opportunity_type, currency, cohort_month, channel, from_stage, to_stage
-- The funnel that marketing and sales agreed on: of the units that were in a stage for the first
-- time in a month, how many there were, how many came to each later stage and how fast, and what
-- they were worth. Rows without cohort_month are all months, rows with the channel (all) all
-- channels. The last stage has a row without to_stage. People belong to new business.
-- shows: cohort_month, channel, from_stage, to_stage, cohort, converted, conversion_rate,
--   wilson_low, wilson_high, median_days, maturity, horizon_days, p90_days, volume, already,
--   km_rate, value
-- default: opportunity_type = new_business, cohort_month =, channel = (all)
-- bar: conversion_rate
-- columns:
--   basis | text | always `cohort`
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   opportunity_type | text | stages of people are under `new_business`. People reach the stages of
--     opportunities only with new business
--   currency | text | the reporting currency
--   cohort_month | day | the first day of the month. Empty: all months of the reporting period
--   channel | text | the channel of the units. `(all)`: all channels
--   from_stage | text | the stage
--   to_stage | text | a later stage. Empty in the one row of the last stage
--   from_unit | text | what is counted, `person` or `opportunity`: the unit of `from_stage`
--   from_owner | text | who owns `from_stage`, as configured
--   from_exit_criteria | text | the exit criteria of `from_stage`, as configured
--   volume | units | units whose first entry to `from_stage` is in the month
--   skipped | units | units that went past the stage in the month without an entry to it
--   cohort | units | `volume` + `skipped`
--   converted | units | units of the cohort that have an entry to `to_stage` within T, at or after
--     the instant at which they were in `from_stage`. An entry to a later stage of the unit of
--     `to_stage` counts for it too, unless the unit had an entry to `to_stage` itself before that
--     instant, because then it only moves on from there. A unit that went back and came again is
--     measured from the first time
--   already | units | of the other units, those that had been in `to_stage` or later before. They
--     are in the cohort, but are not a success of it. For example, a person who becomes an SQL
--     after the person's only opportunity was created, even if that opportunity is won later
--   conversion_rate | rate | `converted` / `cohort`. Units that have not had enough time yet count
--     as not converted
--   wilson_low | rate | lower end of the 95 % interval (Wilson score interval, z = 1.959964): the
--     range of rates that is compatible with so few units
--   wilson_high | rate | upper end of the same interval
--   small_sample | true/false | `cohort` is below 30: read the interval, not the rate
--   horizon_days | days | T: `within_days` of `to_stage`. Default: 90 for stages of people, 365 for
--     stages of opportunities
--   maturity | text | `final`, `immature`, `no_entries` or empty (maturity)
--   km_rate | rate | Kaplan-Meier estimate of the share that converts within T
--   km_at_risk | units | units that were watched for the whole of T and had not converted before:
--     the estimate is based on these. At 0 it reaches only as far as `km_observed_days`, unless all
--     converted
--   km_observed_days | days | the longest time for which a unit of the cohort was watched, at most
--     T
--   period_ratio | ratio | `volume` of `to_stage` / `volume` of `from_stage` in the same month and
--     channel. A ratio: numerator and denominator are different units
--   velocity_n | units | number of converted units with an entry to both stages themselves, the
--     second within T. The next three columns are based on these
--   median_days | days | time from the first entry to `from_stage` to the next entry to `to_stage`
--     itself: the smallest number of days that 50 % of these units do not exceed. It describes the
--     units that came in time, not those that came late or never
--   p75_days | days | the same for 75 %
--   p90_days | days | the same for 90 %
--   value | money | for stages of opportunities: the amounts of the cohort, as credited to
--     `revenue` for `won` and to `pipeline` for the others. Reversals are included for the stages
--     of creation and win, so that `value` agrees with `pipeline` and `revenue`
--   converted_value | money | amounts of the converted opportunities; as credited to `revenue` if
--     `to_stage` is `won`
SELECT
    'cohort' AS basis,
    report_period.period_start,
    report_period.period_end,
    steps.opportunity_type,
    report_period.currency,
    steps.month AS cohort_month,
    COALESCE(channels.channel, '(all)') AS channel,
    steps.* EXCLUDE (opportunity_type, month, channel_key, dimension, quarter, value_key, position, to_position)
FROM funnel_steps AS steps
CROSS JOIN report_period
-- One row.
INNER JOIN opportunity_types AS types ON types.opportunity_type = steps.opportunity_type
-- At most one row: none of all channels.
LEFT JOIN channels ON channels.channel_key = steps.channel_key
WHERE steps.dimension IS NULL
ORDER BY types.position, steps.month NULLS FIRST, channels.channel NULLS FIRST, steps.position, steps.to_position NULLS LAST
