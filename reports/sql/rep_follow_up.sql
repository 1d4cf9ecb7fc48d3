-- grain: period_type, period_start, period_end, owner, measure
-- What the owners of deliveries made of them: one row per owner and measure, with the rate of the
-- owner, that of the rest of the team, the interval of the difference, and one word. The row of
-- `(all)` has no rest. A delivery belongs to the first owner that the history names after it, else
-- to that of the newest lead.
-- shows: period_label, owner, measure, n, achieved, rate, rest_rate, difference, answer,
--   wilson_low, wilson_high, response_median_hours
-- bar: rate
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
WITH counted_wide AS (
    SELECT
        period_key, owner, COUNT(*) AS deliveries,
        COUNT(*) FILTER (WHERE is_due) AS due, COUNT(*) FILTER (WHERE is_settled) AS settled,
        COUNT(reached_sql) AS old_enough_for_sql, COUNT(won) AS old_enough_for_won,
        COUNT(*) FILTER (WHERE response_time_us IS NOT NULL) AS worked,
        COUNT(*) FILTER (WHERE is_within_level) AS within_level,
        COUNT(*) FILTER (WHERE outcome = 'accepted') AS accepted,
        COUNT(*) FILTER (WHERE outcome = 'rejected') AS rejected,
        COUNT(*) FILTER (WHERE outcome = 'recycled') AS recycled,
        COUNT(*) FILTER (WHERE outcome = 'expired') AS expired,
        COUNT(*) FILTER (WHERE reached_sql) AS reached_sql,
        COUNT(*) FILTER (WHERE won) AS won
    FROM delivery_periods
    WHERE channel = '(all)'
    GROUP BY period_key, owner
),
counted AS (
    SELECT
        wide.period_key, wide.owner, wide.deliveries, measures.measure.name AS measure, measures.measure.position AS position,
        measures.measure.n AS n, measures.measure.achieved AS achieved, measures.measure.more_is_better AS more_is_better
    FROM counted_wide AS wide
    CROSS JOIN UNNEST([
        {'position': 1, 'name': 'worked', 'n': wide.deliveries, 'achieved': wide.worked, 'more_is_better': TRUE},
        {'position': 2, 'name': 'within_service_level', 'n': wide.due, 'achieved': wide.within_level, 'more_is_better': TRUE},
        {'position': 3, 'name': 'accepted', 'n': wide.settled, 'achieved': wide.accepted, 'more_is_better': TRUE},
        {'position': 4, 'name': 'rejected', 'n': wide.settled, 'achieved': wide.rejected, 'more_is_better': FALSE},
        {'position': 5, 'name': 'recycled', 'n': wide.settled, 'achieved': wide.recycled, 'more_is_better': FALSE},
        {'position': 6, 'name': 'expired', 'n': wide.settled, 'achieved': wide.expired, 'more_is_better': FALSE},
        {'position': 7, 'name': 'sql', 'n': wide.old_enough_for_sql, 'achieved': wide.reached_sql, 'more_is_better': TRUE},
        {'position': 8, 'name': 'won', 'n': wide.old_enough_for_won, 'achieved': wide.won, 'more_is_better': TRUE}
    ]) AS measures(measure)
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
