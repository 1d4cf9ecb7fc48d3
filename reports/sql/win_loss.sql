-- grain: basis, period_type, period_start, period_end, opportunity_type, currency, competitor, loss_reason, segment
-- How many opportunities were won and lost against whom, why and in which segment, the share that
-- was won, and how many touchpoints came before the close. On basis `period` a row has the
-- opportunities that closed in the period; on basis `cohort` those created in it, whenever they
-- closed. Rows are per dimension, with `(all)` in the others, and have the rate of the period
-- before beside their own. Reversals, test accounts, and losses that nothing dates are not counted.
-- shows: period_label, competitor, loss_reason, segment, won, lost, win_rate, wilson_low,
--   wilson_high, won_value, lost_value, share_of_lost, previous_win_rate, difference, answer,
--   median_touches
-- default: basis = period, opportunity_type = new_business, loss_reason = (all), segment = (all)
-- bar: win_rate
-- columns:
--   basis | text | `period`: closed in the period; `cohort`: created in the period
--   period_type | text | all, week, month, quarter, year, fiscal-quarter or fiscal-year
--   period_start | day | first day of the period
--   period_end | day | last day of the period
--   period_label | text | the name of the period
--   opportunity_type | text | new_business, expansion, renewal or other
--   currency | text | the reporting currency
--   competitor | text | the competitor, as the opportunity names it. `(none)`: no competitor
--   loss_reason | text | the reason of the loss, as the opportunity names it. `(none)`: no reason.
--     Wins have no reason as a rule, so read `share_of_lost` here, not `win_rate`
--   segment | text | the segment of the account. `(none)`: no segment
--   won | opportunities | won opportunities
--   lost | opportunities | lost opportunities
--   open | opportunities | on basis `cohort`: opportunities of the cohort that are open at as-of
--   win_rate | rate | `won` / (`won` + `lost`)
--   wilson_low | rate | lower end of the 95 % interval of `win_rate` (Wilson score interval)
--   wilson_high | rate | upper end of the same interval
--   small_sample | true/false | `won` + `lost` is below 30: read the interval, not the rate
--   share_of_lost | share | `lost` as a share of the lost opportunities of the row with `(all)` in
--     every dimension
--   won_value | money | full amounts of the won opportunities, converted at the win
--   lost_value | money | full amounts of the lost opportunities, converted at the loss
--   win_rate_by_value | rate | `won_value` / (`won_value` + `lost_value`). It has no interval: a few
--     large amounts decide it
--   amount_missing | opportunities | won or lost opportunities without an amount: counted in `won`
--     and `lost`, and not in the values
--   maturity | text | on basis `cohort`: `final` if every opportunity of the period had the horizon
--     of the stage won to close, else `immature`. Early closes are not like late ones
--   previous_won | opportunities | `won` of the period before
--   previous_lost | opportunities | `lost` of the period before
--   previous_win_rate | rate | `win_rate` of the period before
--   difference | rate | `win_rate` minus `previous_win_rate`
--   difference_low | rate | lower end of the 95 % interval of `difference` (Newcombe, method 10)
--   difference_high | rate | upper end of the same interval
--   answer | text | `better`, `worse` or `cannot say`: the interval contains 0, or the period
--     is not over (basis `period`) or immature (basis `cohort`). Empty if nothing closed in one of the
--     two, or there is no period before
--   touches | touchpoints | touchpoints in the journeys to the close, summed over the opportunities
--   median_touches | touchpoints | the smallest number that half of the closed opportunities do not
--     exceed
--   median_touches_won | touchpoints | the same of the won opportunities
--   median_touches_lost | touchpoints | the same of the lost opportunities
WITH horizon AS (
    SELECT COALESCE(MAX(within_days), 365) * 86400000000 AS us FROM funnel_stages WHERE entered_at = 'won'
),
periods AS (
    SELECT
        calendar_periods.period_key, calendar_periods.previous_key, calendar_periods.is_complete,
        calendar_periods.to_us - 1 <= settings.as_of_us - horizon.us AS is_final
    FROM calendar_periods
    CROSS JOIN settings
    CROSS JOIN horizon
),
based AS (
    SELECT *, 'period' AS basis, closed_us AS at_us FROM deal_outcomes WHERE outcome <> 'open'
    UNION ALL
    SELECT *, 'cohort', created_us FROM deal_outcomes WHERE outcome = 'open' OR closed_us IS NOT NULL
),
dimensions AS (
    SELECT * FROM (VALUES ('(all)'), ('competitor'), ('loss_reason'), ('segment')) AS v(dimension)
),
placed AS (
    SELECT
        based.basis, span_periods.period_key, based.opportunity_type,
        CASE dimensions.dimension WHEN 'competitor' THEN based.competitor ELSE '(all)' END AS competitor,
        CASE dimensions.dimension WHEN 'loss_reason' THEN based.loss_reason ELSE '(all)' END AS loss_reason,
        CASE dimensions.dimension WHEN 'segment' THEN based.segment ELSE '(all)' END AS segment,
        based.outcome, based.value_minor, based.touches
    FROM based
    ASOF INNER JOIN calendar_spans AS spans ON based.at_us >= spans.from_us
    INNER JOIN span_periods ON span_periods.span_key = spans.span_key
    CROSS JOIN dimensions
),
counted AS (
    SELECT
        basis, period_key, opportunity_type, competitor, loss_reason, segment,
        COUNT(*) FILTER (WHERE outcome = 'won') AS won,
        COUNT(*) FILTER (WHERE outcome = 'lost') AS lost,
        COUNT(*) FILTER (WHERE outcome = 'open') AS still_open,
        COALESCE(SUM(value_minor) FILTER (WHERE outcome = 'won'), 0) AS won_minor,
        COALESCE(SUM(value_minor) FILTER (WHERE outcome = 'lost'), 0) AS lost_minor,
        COUNT(*) FILTER (WHERE outcome <> 'open' AND value_minor IS NULL) AS amount_missing,
        COALESCE(SUM(touches) FILTER (WHERE outcome <> 'open'), 0) AS touches,
        QUANTILE_DISC(touches, 0.5) FILTER (WHERE outcome <> 'open') AS median_touches,
        QUANTILE_DISC(touches, 0.5) FILTER (WHERE outcome = 'won') AS median_touches_won,
        QUANTILE_DISC(touches, 0.5) FILTER (WHERE outcome = 'lost') AS median_touches_lost
    FROM placed
    GROUP BY basis, period_key, opportunity_type, competitor, loss_reason, segment
),
-- Every period of a type of opportunity has its row of all, also if nothing closed in it.
cells AS (
    SELECT basis, period_key, opportunity_type, competitor, loss_reason, segment FROM counted
    UNION
    SELECT kinds.basis, periods.period_key, kinds.opportunity_type, '(all)', '(all)', '(all)'
    FROM (SELECT DISTINCT basis, opportunity_type FROM counted) AS kinds
    CROSS JOIN periods
),
filled AS (
    SELECT
        cells.basis, cells.period_key, cells.opportunity_type, cells.competitor, cells.loss_reason, cells.segment,
        COALESCE(counted.won, 0) AS won, COALESCE(counted.lost, 0) AS lost, COALESCE(counted.still_open, 0) AS still_open,
        COALESCE(counted.won_minor, 0) AS won_minor, COALESCE(counted.lost_minor, 0) AS lost_minor,
        COALESCE(counted.amount_missing, 0) AS amount_missing, COALESCE(counted.touches, 0) AS touches,
        counted.median_touches, counted.median_touches_won, counted.median_touches_lost
    FROM cells
    LEFT JOIN counted
        ON counted.basis = cells.basis AND counted.period_key = cells.period_key
        AND counted.opportunity_type = cells.opportunity_type AND counted.competitor = cells.competitor
        AND counted.loss_reason = cells.loss_reason AND counted.segment = cells.segment
),
compared AS (
    SELECT
        filled.*, filled.won + filled.lost AS closed, totals.lost AS all_lost,
        CASE WHEN filled.basis = 'cohort' THEN periods.is_final END AS is_final,
        CASE WHEN periods.previous_key IS NOT NULL THEN COALESCE(before.won, 0) END AS previous_won,
        CASE WHEN periods.previous_key IS NOT NULL THEN COALESCE(before.lost, 0) END AS previous_lost,
        CASE filled.basis WHEN 'period' THEN periods.is_complete ELSE periods.is_final END AS is_mature
    FROM filled
    INNER JOIN periods ON periods.period_key = filled.period_key
    INNER JOIN filled AS totals
        ON totals.basis = filled.basis AND totals.period_key = filled.period_key AND totals.opportunity_type = filled.opportunity_type
        AND totals.competitor = '(all)' AND totals.loss_reason = '(all)' AND totals.segment = '(all)'
    LEFT JOIN filled AS before
        ON before.basis = filled.basis AND before.period_key = periods.previous_key AND before.opportunity_type = filled.opportunity_type
        AND before.competitor = filled.competitor AND before.loss_reason = filled.loss_reason AND before.segment = filled.segment
),
intervals AS (
    SELECT
        *,
        newcombe_low(won, closed, previous_won, previous_won + previous_lost) AS low,
        newcombe_high(won, closed, previous_won, previous_won + previous_lost) AS high
    FROM compared
)
SELECT
    intervals.basis,
    periods.period_type,
    periods.period_start,
    periods.period_end,
    periods.period_label,
    intervals.opportunity_type,
    report_period.currency,
    intervals.competitor,
    intervals.loss_reason,
    intervals.segment,
    CAST(intervals.won AS BIGINT) AS won,
    CAST(intervals.lost AS BIGINT) AS lost,
    CASE WHEN intervals.basis = 'cohort' THEN CAST(intervals.still_open AS BIGINT) END AS open,
    ratio(CAST(intervals.won AS HUGEINT), intervals.closed) AS win_rate,
    wilson_low(intervals.won, intervals.closed) AS wilson_low,
    wilson_high(intervals.won, intervals.closed) AS wilson_high,
    intervals.closed < 30 AS small_sample,
    ratio(CAST(intervals.lost AS HUGEINT), intervals.all_lost) AS share_of_lost,
    money(intervals.won_minor) AS won_value,
    money(intervals.lost_minor) AS lost_value,
    ratio(intervals.won_minor, intervals.won_minor + intervals.lost_minor) AS win_rate_by_value,
    CAST(intervals.amount_missing AS BIGINT) AS amount_missing,
    CASE WHEN intervals.is_final THEN 'final' WHEN NOT intervals.is_final THEN 'immature' END AS maturity,
    CAST(intervals.previous_won AS BIGINT) AS previous_won,
    CAST(intervals.previous_lost AS BIGINT) AS previous_lost,
    ratio(CAST(intervals.previous_won AS HUGEINT), intervals.previous_won + intervals.previous_lost) AS previous_win_rate,
    ratio(
        CAST(intervals.won AS HUGEINT) * (intervals.previous_won + intervals.previous_lost) - CAST(intervals.previous_won AS HUGEINT) * intervals.closed,
        CAST(intervals.closed AS HUGEINT) * (intervals.previous_won + intervals.previous_lost)
    ) AS difference,
    intervals.low AS difference_low,
    intervals.high AS difference_high,
    difference_word(intervals.low, intervals.high, TRUE, intervals.is_mature) AS answer,
    CAST(intervals.touches AS BIGINT) AS touches,
    intervals.median_touches,
    intervals.median_touches_won,
    intervals.median_touches_lost
FROM intervals
CROSS JOIN report_period
INNER JOIN calendar_periods AS periods ON periods.period_key = intervals.period_key
INNER JOIN opportunity_types AS types ON types.opportunity_type = intervals.opportunity_type
ORDER BY
    intervals.basis DESC, intervals.period_key, types.position,
    intervals.competitor <> '(all)', intervals.competitor, intervals.loss_reason <> '(all)', intervals.loss_reason,
    intervals.segment <> '(all)', intervals.segment
