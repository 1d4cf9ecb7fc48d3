-- grain: period_type, period_start, period_end, owner, measure
-- What the owners of deliveries made of them: one row per owner and measure, with the rate of the
-- owner, that of the rest of the team, the interval of the difference, and one word. The row of
-- `(all)` has no rest. A delivery belongs to the first owner that the history names after it, else
-- to that of the newest lead.
-- columns:
--   period_type | text | `all`, `week`, `month`, `quarter`, `year`, `fiscal-quarter` or
--     `fiscal-year`
--   period_start | day | first day of the period of the delivery. Empty: from the first event on
--   period_end | day | last day of the period. Empty: up to as-of
--   period_label | text | what the period is called
--   owner | text | the owner, `(no owner)`, or `(all)`
--   measure | text | `worked`: deliveries with a response. `within_service_level`: answered in time,
--     of those that have or should have an answer. `accepted`, `rejected`, `recycled`, `expired`: of
--     the settled deliveries. `sql`: an entry to the stage SQL before the next delivery, of
--     deliveries at least 90 days old. `won`: a won opportunity of new business with a role of the
--     person, created before the next delivery, of deliveries at least 365 days old
--   deliveries | units | all deliveries of the owner in the period
--   n | units | the deliveries that the rate is of
--   achieved | units | of these, those of which the measure is true
--   rate | rate | `achieved` / `n`
--   wilson_low | rate | lower end of its 95 % interval
--   wilson_high | rate | upper end
--   small_sample | true/false | `n` is below 30
--   rest_n | units | `n` of all other owners
--   rest_rate | rate | their rate
--   difference | rate | `rate` - `rest_rate`
--   difference_low | rate | lower end of the 95 % interval of the difference (Newcombe's method 10)
--   difference_high | rate | upper end
--   answer | text | `better`, `worse`, or `cannot say`: the interval holds zero. Fewer rejected,
--     recycled and expired deliveries are better
--   response_median_hours | hours | in the row of `worked`: business hours until the first activity
--     (Kaplan-Meier)
WITH measured AS (
    SELECT
        period_key, owner, measure.name AS measure, measure.position, measure.more_is_better,
        CASE measure.name
            WHEN 'worked' THEN TRUE
            WHEN 'within_service_level' THEN is_due
            WHEN 'sql' THEN reached_sql IS NOT NULL
            WHEN 'won' THEN won IS NOT NULL
            ELSE is_settled
        END AS is_of_it,
        CASE measure.name
            WHEN 'worked' THEN response_time_us IS NOT NULL
            WHEN 'within_service_level' THEN is_within_level
            WHEN 'sql' THEN reached_sql
            WHEN 'won' THEN won
            ELSE outcome = measure.name
        END AS holds
    FROM delivery_periods
    CROSS JOIN (VALUES
        (1, 'worked', TRUE), (2, 'within_service_level', TRUE), (3, 'accepted', TRUE), (4, 'rejected', FALSE), (5, 'recycled', FALSE),
        (6, 'expired', FALSE), (7, 'sql', TRUE), (8, 'won', TRUE)
    ) AS measure(position, name, more_is_better)
    WHERE channel = '(all)'
),
counted AS (
    SELECT
        period_key, owner, measure, position, more_is_better, COUNT(*) AS deliveries,
        COUNT(*) FILTER (WHERE is_of_it) AS n, COUNT(*) FILTER (WHERE is_of_it AND holds) AS achieved
    FROM measured
    GROUP BY period_key, owner, measure, position, more_is_better
),
compared AS (
    SELECT counted.*, everybody.n - counted.n AS rest_n, everybody.achieved - counted.achieved AS rest_achieved
    FROM counted
    LEFT JOIN counted AS everybody
        ON everybody.period_key = counted.period_key AND everybody.measure = counted.measure AND everybody.owner = '(all)' AND counted.owner <> '(all)'
),
bounded AS (
    SELECT
        compared.*,
        newcombe_low(achieved, n, rest_achieved, rest_n) AS difference_low,
        newcombe_high(achieved, n, rest_achieved, rest_n) AS difference_high
    FROM compared
)
SELECT
    periods.period_type, periods.period_start, periods.period_end, periods.period_label,
    bounded.owner, bounded.measure, bounded.deliveries, bounded.n, bounded.achieved,
    ratio(CAST(bounded.achieved AS HUGEINT), bounded.n) AS rate,
    CASE WHEN bounded.n > 0 THEN wilson_low(bounded.achieved, bounded.n) END AS wilson_low,
    CASE WHEN bounded.n > 0 THEN wilson_high(bounded.achieved, bounded.n) END AS wilson_high,
    bounded.n < 30 AS small_sample,
    bounded.rest_n,
    ratio(CAST(bounded.rest_achieved AS HUGEINT), bounded.rest_n) AS rest_rate,
    ratio(CAST(bounded.achieved * bounded.rest_n - bounded.rest_achieved * bounded.n AS HUGEINT), bounded.n * bounded.rest_n) AS difference,
    bounded.difference_low,
    bounded.difference_high,
    difference_word(bounded.difference_low, bounded.difference_high, bounded.more_is_better, TRUE) AS answer,
    CASE WHEN bounded.measure = 'worked' THEN hours(times.km_median_us) END AS response_median_hours
FROM bounded
INNER JOIN calendar_periods AS periods ON periods.period_key = bounded.period_key
LEFT JOIN response_times AS times ON times.period_key = bounded.period_key AND times.owner = bounded.owner AND times.channel = '(all)'
ORDER BY bounded.period_key, bounded.owner, bounded.position
