-- grain: period_start, period_end, opportunity_type, segment, days
-- Which look-back would reach the first touchpoint of opportunities: of those created in the
-- reporting period whose buying group (roles, else account) has a touchpoint at or before the
-- creation, the share whose first one lies at most so many days before it. The first one is that of
-- the data, whatever the look-back of the run, so a look-back can never cover what was not recorded.
-- shows: opportunity_type, segment, days, opportunities, touched, covered, coverage, wilson_low,
--   wilson_high, days_for_90, days_for_95, days_for_99, is_setting
-- default: opportunity_type = (all), segment = (all)
-- bar: coverage
-- columns:
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   opportunity_type | text | new_business, expansion, renewal or other. `(all)`: all of them, as the
--     look-back is one setting for all
--   segment | text | the segment of the account. `(all)`: all segments
--   days | days | the look-back: 30, 60, 90, 180, 365, 540, 730, and that of the run
--   is_setting | true/false | `days` is the look-back of the run
--   opportunities | opportunities | opportunities created in the period
--   touched | opportunities | of these, those with a touchpoint at or before the creation
--   covered | opportunities | of `touched`, those whose first touchpoint lies at most `days` x 24
--     hours before the creation
--   coverage | rate | `covered` / `touched`
--   wilson_low | rate | lower end of the 95 % interval of `coverage` (Wilson score interval)
--   wilson_high | rate | upper end of the same interval
--   small_sample | true/false | `touched` is below 30
--   days_for_90 | days | the least whole number of days that covers 90 % of `touched`
--   days_for_95 | days | the same for 95 %
--   days_for_99 | days | the same for 99 %
WITH created AS (
    SELECT deals.opportunity_key, deals.opportunity_type, deals.segment, deals.created_us - deals.earliest_us AS us
    FROM deal_outcomes AS deals
    INNER JOIN calendar_periods AS periods
        ON periods.period_type = 'all' AND deals.created_us >= periods.from_us AND deals.created_us < periods.to_us
),
placed AS (
    SELECT
        CASE WHEN v.all_types THEN '(all)' ELSE created.opportunity_type END AS opportunity_type,
        CASE WHEN v.all_segments THEN '(all)' ELSE created.segment END AS segment,
        created.us
    FROM created
    CROSS JOIN (VALUES (TRUE, TRUE), (FALSE, TRUE), (FALSE, FALSE)) AS v(all_types, all_segments)
),
ranked AS (
    SELECT
        opportunity_type, segment, us,
        ROW_NUMBER() OVER (PARTITION BY opportunity_type, segment, us IS NULL ORDER BY us) AS place,
        COUNT(us) OVER (PARTITION BY opportunity_type, segment) AS touched
    FROM placed
),
-- The quantile p is the value at place ceil(n x p / 100). A day is 86,400,000,000 microseconds.
cells AS (
    SELECT
        opportunity_type, segment, COUNT(*) AS opportunities, COUNT(us) AS touched,
        MAX((us + 86399999999) // 86400000000) FILTER (WHERE us IS NOT NULL AND place = (touched * 90 + 99) // 100) AS days_for_90,
        MAX((us + 86399999999) // 86400000000) FILTER (WHERE us IS NOT NULL AND place = (touched * 95 + 99) // 100) AS days_for_95,
        MAX((us + 86399999999) // 86400000000) FILTER (WHERE us IS NOT NULL AND place = (touched * 99 + 99) // 100) AS days_for_99
    FROM ranked
    GROUP BY opportunity_type, segment
),
lookbacks AS (
    SELECT days FROM (VALUES (30), (60), (90), (180), (365), (540), (730)) AS v(days)
    UNION
    SELECT lookback_us // 86400000000 FROM settings
),
covered AS (
    SELECT placed.opportunity_type, placed.segment, lookbacks.days, COUNT(*) AS covered
    FROM placed
    INNER JOIN lookbacks ON placed.us <= lookbacks.days * 86400000000
    GROUP BY placed.opportunity_type, placed.segment, lookbacks.days
)
SELECT
    report_period.period_start,
    report_period.period_end,
    cells.opportunity_type,
    cells.segment,
    CAST(lookbacks.days AS BIGINT) AS days,
    lookbacks.days * 86400000000 = settings.lookback_us AS is_setting,
    cells.opportunities,
    cells.touched,
    COALESCE(covered.covered, 0) AS covered,
    ratio(CAST(COALESCE(covered.covered, 0) AS HUGEINT), cells.touched) AS coverage,
    CASE WHEN cells.touched > 0 THEN wilson_low(COALESCE(covered.covered, 0), cells.touched) END AS wilson_low,
    CASE WHEN cells.touched > 0 THEN wilson_high(COALESCE(covered.covered, 0), cells.touched) END AS wilson_high,
    cells.touched < 30 AS small_sample,
    cells.days_for_90,
    cells.days_for_95,
    cells.days_for_99
FROM cells
CROSS JOIN lookbacks
CROSS JOIN settings
CROSS JOIN report_period
LEFT JOIN opportunity_types AS types ON types.opportunity_type = cells.opportunity_type
LEFT JOIN covered ON covered.opportunity_type = cells.opportunity_type AND covered.segment = cells.segment AND covered.days = lookbacks.days
ORDER BY types.position NULLS FIRST, cells.segment <> '(all)', cells.segment, lookbacks.days
