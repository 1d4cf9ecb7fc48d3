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
WITH placed AS (
    SELECT
        volumes.opportunity_type, volumes.month, volumes.channel_key, volumes.position, to_stages.position AS to_position,
        volumes.volume, volumes.skipped, volumes.cohort, volumes.value_minor, tracked.position AS tracked_position,
        CASE WHEN tracked.position IS NOT NULL THEN COALESCE(to_volumes.volume, 0) END AS to_volume
    FROM funnel_volumes AS volumes
    LEFT JOIN funnel_stages AS to_stages ON to_stages.position > volumes.position
    LEFT JOIN tracked_stages AS tracked ON tracked.position = to_stages.position
    LEFT JOIN funnel_volumes AS to_volumes
        ON to_volumes.opportunity_type = volumes.opportunity_type AND to_volumes.position = to_stages.position
        AND to_volumes.month IS NOT DISTINCT FROM volumes.month AND to_volumes.channel_key IS NOT DISTINCT FROM volumes.channel_key
)
SELECT
    'cohort' AS basis,
    report_period.period_start,
    report_period.period_end,
    placed.opportunity_type,
    report_period.currency,
    placed.month AS cohort_month,
    COALESCE(channels.channel, '(all)') AS channel,
    from_stages.stage AS from_stage,
    to_stages.stage AS to_stage,
    from_stages.unit AS from_unit,
    from_stages.owner AS from_owner,
    from_stages.exit_criteria AS from_exit_criteria,
    CAST(placed.volume AS BIGINT) AS volume,
    CAST(placed.skipped AS BIGINT) AS skipped,
    CAST(placed.cohort AS BIGINT) AS cohort,
    rates.converted,
    rates.already,
    ratio(CAST(rates.converted AS HUGEINT), placed.cohort) AS conversion_rate,
    micros(rates.wilson_low_micros) AS wilson_low,
    micros(rates.wilson_high_micros) AS wilson_high,
    CASE WHEN rates.converted IS NOT NULL THEN placed.cohort < 30 END AS small_sample,
    CASE WHEN rates.converted IS NOT NULL THEN to_stages.within_days END AS horizon_days,
    CASE
        WHEN rates.is_final THEN 'final'
        WHEN NOT rates.is_final THEN 'immature'
        WHEN to_stages.position IS NOT NULL AND placed.cohort > 0 THEN 'no_entries'
    END AS maturity,
    micros(rates.km_micros) AS km_rate,
    rates.km_at_risk,
    days(rates.observed_us) AS km_observed_days,
    ratio(placed.to_volume, placed.volume) AS period_ratio,
    rates.velocity_n,
    days(rates.median_us) AS median_days,
    days(rates.p75_us) AS p75_days,
    days(rates.p90_us) AS p90_days,
    money(placed.value_minor) AS value,
    CASE WHEN from_stages.unit = 'opportunity' THEN money(rates.value_minor) END AS converted_value
FROM placed
CROSS JOIN report_period
INNER JOIN funnel_stages AS from_stages ON from_stages.position = placed.position
INNER JOIN opportunity_types AS types ON types.opportunity_type = placed.opportunity_type
LEFT JOIN funnel_stages AS to_stages ON to_stages.position = placed.to_position
LEFT JOIN channels ON channels.channel_key = placed.channel_key
LEFT JOIN funnel_rates AS rates
    ON rates.opportunity_type = placed.opportunity_type AND rates.position = placed.position AND rates.to_position = placed.tracked_position
    AND rates.month IS NOT DISTINCT FROM placed.month AND rates.channel_key IS NOT DISTINCT FROM placed.channel_key
ORDER BY types.position, placed.month NULLS FIRST, channels.channel NULLS FIRST, placed.position, placed.to_position NULLS LAST
