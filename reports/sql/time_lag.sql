-- grain: basis, period_start, period_end, conversion_type, opportunity_type, currency, measure, from_channel, to_channel, days
-- How long conversions take: the days from the first and from the last touchpoint to the conversion,
-- and from one touchpoint of a journey to the next, by pair of channels. Rows with `(all)` in `days`
-- have the quantiles; the others divide the same conversions or steps by whole days passed, cut
-- (`0`: less than 24 hours). Sum rows of one kind. The rows of `first_touch` by days, `(no
-- touchpoints)` included, add up to all conversions of the reporting period, and so do those of
-- `last_touch`.
-- shows: conversion_type, measure, from_channel, to_channel, days, conversions, steps, share,
--   cumulative_share, median_days, p75_days, p90_days, value, won, lost, win_rate
-- default: conversion_type = revenue, opportunity_type = new_business, measure = first_touch
-- bar: conversions
-- columns:
--   basis | text | always `period`: conversions of the reporting period, and opportunities lost in it
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   conversion_type | text | pipeline, revenue, or a stage of people, as in `paths`
--   opportunity_type | text | new_business, expansion, renewal or other
--   currency | text | the reporting currency
--   measure | text | `first_touch`: from the first touchpoint of the journey to the conversion;
--     `last_touch`: from the last one; `step`: from a touchpoint to the next one in the same journey,
--     in whole hours, cut
--   from_channel | text | of `step`: the channel of the earlier touchpoint. `(all)`: all steps, and
--     always for the other measures. `(other pairs)`: the steps between pairs of channels after the
--     first 1,000 by number of steps
--   to_channel | text | the same for the later touchpoint
--   days | text | 0, 1-7, 8-14, 15-30, 31-60, 61-90, 91-180, 181-365 or 366+; `(all)`: all of them;
--     `(no touchpoints)`: conversions without a journey. A time that would be negative counts as 0
--   conversions | conversions | of `first_touch` and `last_touch`: conversions. A reversal counts none
--   steps | steps | of `step`: steps in the journeys of the conversions, reversals aside. A
--     touchpoint that serves several conversions is a step in each
--   share | share | `conversions` or `steps` as a share of the row with `(all)` days
--   cumulative_share | share | the same up to the end of these days
--   median_days | days | on rows with `(all)` days: the smallest number of days that 50 % do not exceed
--   p75_days | days | the same for 75 %
--   p90_days | days | the same for 90 %
--   small_sample | true/false | `conversions` or `steps` is below 30
--   value | money | full amounts of the conversions, minus reversals. Empty for steps and stages of people
--   won | opportunities | won opportunities, as in `paths`. Empty for steps and stages of people
--   lost | opportunities | lost opportunities, as in `paths`
--   win_rate | rate | `won` / (`won` + `lost`)
--   wilson_low | rate | lower end of the 95 % interval of `win_rate` (Wilson score interval)
--   wilson_high | rate | upper end of the same interval
--   closed | opportunities | `won` + `lost`; below 30 read the interval, not the rate
WITH bins AS (
    SELECT * FROM (VALUES
        (1, '0', 0, 1), (2, '1-7', 1, 8), (3, '8-14', 8, 15), (4, '15-30', 15, 31), (5, '31-60', 31, 61), (6, '61-90', 61, 91),
        (7, '91-180', 91, 181), (8, '181-365', 181, 366), (9, '366+', 366, 9223372036854775807)
    ) AS v(position, days, from_days, below_days)
),
measures AS (
    SELECT * FROM (VALUES ('first_touch', 0), ('last_touch', 1), ('step', 2)) AS v(measure, position)
),
placed AS (
    SELECT
        cases.conversion_type, cases.opportunity_type, measures.measure,
        CASE measures.measure WHEN 'first_touch' THEN cases.first_lag_us ELSE cases.last_lag_us END AS us,
        cases.conversions, cases.won, cases.lost, cases.minor
    FROM journey_cases AS cases
    INNER JOIN measures ON measures.measure <> 'step'
),
-- The quantile p is the value at place ceil(n x p / 100).
sorted AS (
    SELECT conversion_type, opportunity_type, measure, LIST(us ORDER BY us) AS lags, COUNT(*) AS n
    FROM placed
    WHERE conversions = 1 AND us IS NOT NULL
    GROUP BY conversion_type, opportunity_type, measure
),
binned AS (
    SELECT
        placed.conversion_type, placed.opportunity_type, placed.measure, COALESCE(bins.position, 10) AS position,
        SUM(placed.conversions) AS conversions, CAST(NULL AS HUGEINT) AS steps,
        SUM(placed.minor) AS minor, SUM(placed.won) AS won, SUM(placed.lost) AS lost
    FROM placed
    LEFT JOIN bins ON placed.us // 86400000000 >= bins.from_days AND placed.us // 86400000000 < bins.below_days
    GROUP BY placed.conversion_type, placed.opportunity_type, placed.measure, COALESCE(bins.position, 10)
    UNION ALL
    SELECT days.conversion_type, days.opportunity_type, 'step', bins.position, NULL, SUM(days.steps), NULL, NULL, NULL
    FROM step_days AS days
    INNER JOIN bins ON days.days >= bins.from_days AND days.days < bins.below_days
    GROUP BY days.conversion_type, days.opportunity_type, bins.position
),
summed AS (
    SELECT
        conversion_type, opportunity_type, measure, 0 AS position,
        SUM(conversions) AS conversions, SUM(minor) AS minor, SUM(won) AS won, SUM(lost) AS lost
    FROM binned
    WHERE position < 10 AND measure <> 'step'
    GROUP BY conversion_type, opportunity_type, measure
),
-- from_key: -1 all channels, -2 the pairs that are not told apart.
lines AS (
    SELECT
        summed.conversion_type, summed.opportunity_type, summed.measure, summed.position, -1 AS from_key, -1 AS to_key,
        summed.conversions, CAST(NULL AS HUGEINT) AS steps, summed.minor, summed.won, summed.lost,
        sorted.lags[(sorted.n * 50 + 99) // 100] AS median_us,
        sorted.lags[(sorted.n * 75 + 99) // 100] AS p75_us,
        sorted.lags[(sorted.n * 90 + 99) // 100] AS p90_us
    FROM summed
    LEFT JOIN sorted
        ON sorted.conversion_type = summed.conversion_type AND sorted.opportunity_type = summed.opportunity_type AND sorted.measure = summed.measure
    UNION ALL
    SELECT conversion_type, opportunity_type, measure, position, -1, -1, conversions, steps, minor, won, lost, NULL, NULL, NULL
    FROM binned
    UNION ALL
    SELECT
        conversion_type, opportunity_type, 'step', 0, from_key, to_key, NULL, steps, NULL, NULL, NULL,
        median_hours * 3600000000, p75_hours * 3600000000, p90_hours * 3600000000
    FROM step_times
),
shared AS (
    SELECT
        *,
        COALESCE(conversions, steps) AS n,
        SUM(COALESCE(conversions, steps)) FILTER (WHERE position = 0 AND from_key = -1)
            OVER (PARTITION BY conversion_type, opportunity_type, measure) AS everything,
        SUM(COALESCE(conversions, steps)) FILTER (WHERE position > 0)
            OVER (PARTITION BY conversion_type, opportunity_type, measure ORDER BY position) AS up_to
    FROM lines
)
SELECT
    'period' AS basis,
    report_period.period_start,
    report_period.period_end,
    conversion_types.name AS conversion_type,
    shared.opportunity_type,
    report_period.currency,
    shared.measure,
    CASE shared.from_key WHEN -1 THEN '(all)' WHEN -2 THEN '(other pairs)' ELSE earlier.channel END AS from_channel,
    CASE shared.to_key WHEN -1 THEN '(all)' WHEN -2 THEN '(other pairs)' ELSE later.channel END AS to_channel,
    CASE shared.position WHEN 0 THEN '(all)' WHEN 10 THEN '(no touchpoints)' ELSE bins.days END AS days,
    CAST(shared.conversions AS BIGINT) AS conversions,
    CAST(shared.steps AS BIGINT) AS steps,
    CASE WHEN shared.position < 10 THEN ratio(shared.n, shared.everything) END AS share,
    CASE WHEN shared.position BETWEEN 1 AND 9 THEN ratio(shared.up_to, shared.everything) END AS cumulative_share,
    days(shared.median_us) AS median_days,
    days(shared.p75_us) AS p75_days,
    days(shared.p90_us) AS p90_days,
    shared.n < 30 AS small_sample,
    money(shared.minor) AS value,
    CAST(shared.won AS BIGINT) AS won,
    CAST(shared.lost AS BIGINT) AS lost,
    ratio(shared.won, shared.won + shared.lost) AS win_rate,
    wilson_low(shared.won, shared.won + shared.lost) AS wilson_low,
    wilson_high(shared.won, shared.won + shared.lost) AS wilson_high,
    CAST(shared.won + shared.lost AS BIGINT) AS closed
FROM shared
CROSS JOIN report_period
INNER JOIN conversion_types ON conversion_types.conversion_type = shared.conversion_type
INNER JOIN opportunity_types AS types ON types.opportunity_type = shared.opportunity_type
INNER JOIN measures ON measures.measure = shared.measure
LEFT JOIN bins ON bins.position = shared.position
LEFT JOIN channels AS earlier ON earlier.channel_key = shared.from_key AND shared.from_key >= 0
LEFT JOIN channels AS later ON later.channel_key = shared.to_key AND shared.to_key >= 0
ORDER BY
    shared.conversion_type, types.position, measures.position, shared.from_key = -2, shared.from_key >= 0,
    CASE WHEN shared.from_key >= 0 THEN shared.steps END DESC, shared.from_key, shared.to_key, shared.position
