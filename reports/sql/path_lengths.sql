-- grain: basis, period_start, period_end, conversion_type, opportunity_type, currency, measure, length
-- How long the journeys of conversions are: the number of touchpoints, of distinct channels and of
-- distinct persons, with the conversions, their full amounts and the opportunities lost with a
-- journey of this length. The rows of one measure add up to all conversions of the reporting period.
-- shows: conversion_type, measure, length, conversions, share, cumulative_share, value,
--   average_value, won, lost, win_rate, wilson_low, wilson_high
-- default: conversion_type = revenue, opportunity_type = new_business, measure = touchpoints
-- bar: conversions
-- columns:
--   basis | text | always `period`: conversions of the reporting period, and opportunities lost in it
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   conversion_type | text | pipeline, revenue, or a stage of people, as in `paths`
--   opportunity_type | text | new_business, expansion, renewal or other
--   currency | text | the reporting currency
--   measure | text | what is counted in the journey: `touchpoints`, `channels` (each once) or
--     `persons` (each once)
--   length | text | the number: 0 (no touchpoints) to 30. `31+`: more
--   conversions | conversions | conversions whose journey has this length. A reversal counts none
--   share | share | `conversions` as a share of all of its type
--   cumulative_share | share | the same for journeys of this length and shorter ones
--   value | money | full amounts of the conversions, minus reversals. Empty for stages of people
--   average_value | money | `value` / conversions with an amount
--   amount_missing | conversions | conversions without an amount
--   won | opportunities | won opportunities, as in `paths`. Empty for stages of people
--   lost | opportunities | lost opportunities, as in `paths`
--   lost_value | money | full amounts of the lost opportunities, as in `paths`
--   win_rate | rate | `won` / (`won` + `lost`)
--   wilson_low | rate | lower end of the 95 % interval of `win_rate` (Wilson score interval)
--   wilson_high | rate | upper end of the same interval
--   closed | opportunities | `won` + `lost`
--   small_sample | true/false | `closed` is below 30
WITH measures AS (
    SELECT * FROM (VALUES ('touchpoints', 0), ('channels', 1), ('persons', 2)) AS v(measure, position)
),
placed AS (
    SELECT
        cases.conversion_type, cases.opportunity_type, measures.measure, measures.position,
        LEAST(COALESCE(CASE measures.measure WHEN 'touchpoints' THEN taken.steps WHEN 'channels' THEN taken.channels ELSE cases.persons END, 0), 31) AS length,
        cases.conversions, cases.won, cases.lost, cases.minor, cases.lost_minor, cases.amount_missing
    FROM journey_cases AS cases
    CROSS JOIN measures
    -- At most one row: none without touchpoints.
    LEFT JOIN path_steps AS taken ON taken.path_key = cases.path_key
),
counted AS (
    SELECT
        conversion_type, opportunity_type, measure, position, length,
        SUM(conversions) AS conversions, SUM(won) AS won, SUM(lost) AS lost,
        SUM(minor) AS minor, SUM(lost_minor) AS lost_minor,
        SUM(amount_missing) AS amount_missing
    FROM placed
    GROUP BY conversion_type, opportunity_type, measure, position, length
),
totals AS (
    SELECT
        *,
        SUM(conversions) OVER (PARTITION BY conversion_type, opportunity_type, measure) AS all_conversions,
        SUM(conversions) OVER (PARTITION BY conversion_type, opportunity_type, measure ORDER BY length) AS up_to_length
    FROM counted
)
SELECT
    'period' AS basis,
    report_period.period_start,
    report_period.period_end,
    conversion_types.name AS conversion_type,
    totals.opportunity_type,
    report_period.currency,
    totals.measure,
    CASE WHEN totals.length > 30 THEN '31+' ELSE CAST(totals.length AS VARCHAR) END AS length,
    CAST(totals.conversions AS BIGINT) AS conversions,
    ratio(totals.conversions, totals.all_conversions) AS share,
    ratio(totals.up_to_length, totals.all_conversions) AS cumulative_share,
    UNNEST(case_figures(totals))
FROM totals
CROSS JOIN report_period
-- One row each.
INNER JOIN conversion_types ON conversion_types.conversion_type = totals.conversion_type
INNER JOIN opportunity_types AS types ON types.opportunity_type = totals.opportunity_type
ORDER BY totals.conversion_type, types.position, totals.position, totals.length
