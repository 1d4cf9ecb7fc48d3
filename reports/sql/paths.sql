-- grain: basis, period_start, period_end, conversion_type, opportunity_type, currency, transform, path, path_id
-- Which sequences of channels lead to conversions: the paths with the most conversions, with their
-- full amounts and the opportunities that were lost on the same path. Amounts are not credit: each
-- conversion counts once, on its own path. The rows of one transform add up to all conversions of
-- the reporting period, so sum rows of one transform only. A journey that has more than 20
-- touchpoints after the transform prints the first and the last 10 channels; `path_id` tells apart
-- paths that print alike.
-- shows: conversion_type, transform, path, conversions, share, value, average_value, won, lost,
--   win_rate, median_days, median_touches, rank
-- default: conversion_type = revenue, opportunity_type = new_business, transform =
--   repeats_collapsed
-- bar: conversions
-- columns:
--   basis | text | always `period`: conversions of the reporting period, and opportunities lost in it
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   conversion_type | text | `pipeline`: the path to the creation of an opportunity; `revenue`: the
--     path to the close of a won opportunity, with the opportunities lost in the period beside it;
--     `lead` and the further stages of people: the path of one person to the stage
--   opportunity_type | text | new_business, expansion, renewal or other
--   currency | text | the reporting currency
--   transform | text | `as_is`: every touchpoint is a step; `repeats_collapsed`: consecutive repeats
--     of a channel are one step; `unique`: each channel once, at its first place
--   rank | number | place of the path among those of its type and transform: by `conversions`, then
--     `value`, then text. Empty on `(other paths)` and `(no touchpoints)`
--   path | text | the channels in order. `(other paths)`: all paths after the first
--     200 (`reporting.paths`). `(no
--     touchpoints)`: conversions without a journey
--   steps | touchpoints | steps of the path. Empty on `(other paths)`
--   conversions | conversions | conversions on this path. A reversal counts none
--   share | share | `conversions` as a share of all of its type
--   value | money | full amounts of the conversions, minus reversals. Empty for stages of people
--   average_value | money | `value` / conversions with an amount
--   amount_missing | conversions | conversions without an amount: in `conversions`, and not in `value`
--   won | opportunities | of `revenue`: opportunities won; of `pipeline`: those of the conversions
--     that were won by as-of. Reversals and test accounts are not counted. Empty for stages of people
--   lost | opportunities | of `revenue`: opportunities lost in the period whose journey to the loss
--     has this path; of `pipeline`: those of the conversions that were lost by as-of
--   lost_value | money | full amounts of the lost opportunities: of `revenue` converted at the loss,
--     of `pipeline` as in `value`
--   win_rate | rate | `won` / (`won` + `lost`)
--   wilson_low | rate | lower end of the 95 % interval of `win_rate` (Wilson score interval)
--   wilson_high | rate | upper end of the same interval
--   closed | opportunities | `won` + `lost`
--   small_sample | true/false | `closed` is below 30: read the interval, not the rate
--   median_days | days | days from the first touchpoint to the conversion: the smallest number that
--     half of `conversions` do not exceed
--   median_touches | touchpoints | touchpoints of the journey, before the transform: the smallest
--     number that half of `conversions` do not exceed
--   path_id | text | a hash of the whole path, the same in every run. Empty on `(other paths)` and
--     `(no touchpoints)`
WITH transforms AS (
    SELECT * FROM (VALUES ('as_is', 0), ('repeats_collapsed', 1), ('unique', 2)) AS v(transform, position)
),
placed AS (
    SELECT
        cases.conversion_type, cases.opportunity_type, transforms.transform, transforms.position,
        CASE transforms.transform WHEN 'as_is' THEN taken.path_key WHEN 'repeats_collapsed' THEN taken.collapsed_key ELSE taken.unique_key END AS shown_key,
        cases.conversions, cases.won, cases.lost, cases.minor, cases.lost_minor, cases.amount_missing,
        CASE WHEN cases.conversions = 1 THEN cases.first_lag_us END AS first_lag_us,
        CASE WHEN cases.conversions = 1 THEN COALESCE(taken.steps, 0) END AS touches
    FROM journey_cases AS cases
    CROSS JOIN transforms
    -- At most one row: none without touchpoints.
    LEFT JOIN path_steps AS taken ON taken.path_key = cases.path_key
),
sums AS (
    SELECT conversion_type, opportunity_type, transform, shown_key, SUM(conversions) AS conversions, SUM(minor) AS minor
    FROM placed
    WHERE shown_key IS NOT NULL
    GROUP BY conversion_type, opportunity_type, transform, shown_key
),
ranked AS (
    SELECT
        sums.conversion_type, sums.opportunity_type, sums.transform, sums.shown_key,
        ROW_NUMBER() OVER (
            PARTITION BY sums.conversion_type, sums.opportunity_type, sums.transform
            ORDER BY sums.conversions DESC, sums.minor DESC, steps.path, steps.path_id
        ) AS place
    FROM sums
    -- One row.
    INNER JOIN path_steps AS steps ON steps.path_key = sums.shown_key
),
counted AS (
    SELECT
        placed.conversion_type, placed.opportunity_type, placed.transform, placed.position,
        CASE WHEN ranked.place <= settings.top_paths THEN placed.shown_key END AS shown_key,
        CASE WHEN ranked.place <= settings.top_paths THEN ranked.place END AS place,
        placed.shown_key IS NULL AS is_untouched,
        SUM(placed.conversions) AS conversions, SUM(placed.won) AS won, SUM(placed.lost) AS lost,
        SUM(placed.minor) AS minor, SUM(placed.lost_minor) AS lost_minor,
        SUM(placed.amount_missing) AS amount_missing,
        QUANTILE_DISC(placed.first_lag_us, 0.5) AS median_lag_us,
        QUANTILE_DISC(placed.touches, 0.5) AS median_touches
    FROM placed
    CROSS JOIN settings
    -- At most one row: none without touchpoints.
    LEFT JOIN ranked
        ON ranked.conversion_type = placed.conversion_type AND ranked.opportunity_type = placed.opportunity_type
        AND ranked.transform = placed.transform AND ranked.shown_key = placed.shown_key
    GROUP BY ALL
),
totals AS (
    SELECT
        *,
        SUM(conversions) OVER (PARTITION BY conversion_type, opportunity_type, transform) AS all_conversions
    FROM counted
)
SELECT
    'period' AS basis,
    report_period.period_start,
    report_period.period_end,
    conversion_types.name AS conversion_type,
    totals.opportunity_type,
    report_period.currency,
    totals.transform,
    totals.place AS rank,
    CASE WHEN totals.is_untouched THEN '(no touchpoints)' ELSE COALESCE(steps.path, '(other paths)') END AS path,
    CASE WHEN totals.is_untouched THEN 0 ELSE steps.steps END AS steps,
    CAST(totals.conversions AS BIGINT) AS conversions,
    ratio(totals.conversions, totals.all_conversions) AS share,
    UNNEST(case_figures(totals)),
    days(totals.median_lag_us) AS median_days,
    totals.median_touches,
    steps.path_id
FROM totals
CROSS JOIN report_period
-- One row each.
INNER JOIN conversion_types ON conversion_types.conversion_type = totals.conversion_type
INNER JOIN opportunity_types AS types ON types.opportunity_type = totals.opportunity_type
-- At most one row: none of other paths, and without touchpoints.
LEFT JOIN path_steps AS steps ON steps.path_key = totals.shown_key
ORDER BY totals.conversion_type, types.position, totals.position, totals.place IS NULL, totals.place, totals.is_untouched
