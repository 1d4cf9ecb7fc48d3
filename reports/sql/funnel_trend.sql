-- grain: period_type, period_start, period_end, opportunity_type, channel, from_stage, to_stage
-- Whether a step of the funnel is getting better: the cohort conversion of each period against the
-- period before, with the interval of the difference and one word. The cohort is that of the report
-- funnel: the units that were in `from_stage` for the first time in the period.
-- shows: period_label, channel, from_stage, to_stage, cohort, conversion_rate, previous_rate,
--   answer, difference, difference_low, difference_high, converted, previous_cohort, maturity
-- default: period_type = quarter, opportunity_type = new_business, channel = (all)
-- columns:
--   period_type | text | `all`, `month`, `quarter`, `year`, `fiscal-quarter` or `fiscal-year`.
--     Cohorts are kept by month, so there are no weeks
--   period_start | day | first day of the cohort period. Empty: from the first event on
--   period_end | day | last day of the period. Empty: up to as-of
--   period_label | text | what the period is called
--   opportunity_type | text | the type; stages of people are `new_business`
--   channel | text | channel of the first touch, or `(all)`
--   from_stage | text | the stage
--   to_stage | text | a later stage that somebody entered: of the others no rate is known
--   cohort | units | units that were in `from_stage` for the first time in the period
--   converted | units | of these, units that came to `to_stage` in time
--   conversion_rate | rate | `converted` / `cohort`
--   wilson_low | rate | lower end of its 95 % interval
--   wilson_high | rate | upper end
--   small_sample | true/false | `cohort` is below 30
--   maturity | text | `final`: the time that the step may take has passed since the end of the
--     period, so every unit had it; else `immature`
--   previous_label | text | the period before, with which it is compared
--   previous_cohort | units | its cohort
--   previous_rate | rate | its conversion rate
--   difference | rate | `conversion_rate` - `previous_rate`
--   difference_low | rate | lower end of the 95 % interval of the difference (Newcombe's method 10)
--   difference_high | rate | upper end
--   answer | text | `better`, `worse`, or `cannot say`: the interval holds zero, or one of the two
--     is immature. Empty: there is nothing to compare with
WITH by_month AS (
    SELECT
        volumes.opportunity_type, volumes.month, volumes.channel_key, volumes.position, rates.to_position,
        volumes.cohort, rates.converted
    FROM funnel_rates AS rates
    INNER JOIN tracked_stages ON tracked_stages.position = rates.to_position
    INNER JOIN funnel_volumes AS volumes
        ON volumes.opportunity_type = rates.opportunity_type AND volumes.month = rates.month
        AND volumes.channel_key IS NOT DISTINCT FROM rates.channel_key AND volumes.position = rates.position
),
by_period AS (
    SELECT
        periods.period_key, periods.previous_key, months.opportunity_type, months.channel_key, months.position, months.to_position,
        SUM(months.cohort) AS cohort, SUM(months.converted) AS converted,
        -- Not that of its months: a month without units yet can still get some. A period without an end
        -- is that of as-of, and never final.
        ANY_VALUE(periods.to_us <= settings.as_of_us - stages.within_days * 86400000000) AS is_final
    FROM by_month AS months
    CROSS JOIN settings
    INNER JOIN funnel_stages AS stages ON stages.position = months.to_position
    INNER JOIN calendar_periods AS periods
        ON periods.period_type <> 'week'
        AND months.month >= COALESCE(DATE_TRUNC('month', periods.period_start), DATE '0001-01-01')
        AND months.month <= COALESCE(periods.period_end, DATE '9999-12-31')
    GROUP BY ALL
),
compared AS (
    SELECT
        this.*, previous.cohort AS previous_cohort, previous.converted AS previous_converted,
        this.is_final AND previous.is_final AS is_mature
    FROM by_period AS this
    LEFT JOIN by_period AS previous
        ON previous.period_key = this.previous_key AND previous.opportunity_type = this.opportunity_type
        AND previous.channel_key IS NOT DISTINCT FROM this.channel_key AND previous.position = this.position AND previous.to_position = this.to_position
),
bounded AS (
    SELECT
        compared.*,
        newcombe_low(converted, cohort, previous_converted, previous_cohort) AS difference_low,
        newcombe_high(converted, cohort, previous_converted, previous_cohort) AS difference_high
    FROM compared
)
SELECT
    periods.period_type, periods.period_start, periods.period_end, periods.period_label,
    bounded.opportunity_type,
    COALESCE(channels.channel, '(all)') AS channel,
    from_stages.stage AS from_stage, to_stages.stage AS to_stage,
    CAST(bounded.cohort AS BIGINT) AS cohort,
    CAST(bounded.converted AS BIGINT) AS converted,
    ratio(CAST(bounded.converted AS HUGEINT), bounded.cohort) AS conversion_rate,
    wilson_low(bounded.converted, bounded.cohort) AS wilson_low,
    wilson_high(bounded.converted, bounded.cohort) AS wilson_high,
    bounded.cohort < 30 AS small_sample,
    CASE WHEN bounded.is_final THEN 'final' ELSE 'immature' END AS maturity,
    CASE WHEN bounded.previous_cohort IS NOT NULL THEN before.period_label END AS previous_label,
    CAST(bounded.previous_cohort AS BIGINT) AS previous_cohort,
    ratio(CAST(bounded.previous_converted AS HUGEINT), bounded.previous_cohort) AS previous_rate,
    ratio(CAST(bounded.converted * bounded.previous_cohort - bounded.previous_converted * bounded.cohort AS HUGEINT), bounded.cohort * bounded.previous_cohort) AS difference,
    bounded.difference_low,
    bounded.difference_high,
    difference_word(bounded.difference_low, bounded.difference_high, TRUE, bounded.is_mature) AS answer
FROM bounded
INNER JOIN calendar_periods AS periods ON periods.period_key = bounded.period_key
LEFT JOIN calendar_periods AS before ON before.period_key = bounded.previous_key
INNER JOIN opportunity_types AS types ON types.opportunity_type = bounded.opportunity_type
INNER JOIN funnel_stages AS from_stages ON from_stages.position = bounded.position
INNER JOIN funnel_stages AS to_stages ON to_stages.position = bounded.to_position
LEFT JOIN channels ON channels.channel_key = bounded.channel_key
ORDER BY periods.period_key, types.position, channels.channel NULLS FIRST, bounded.position, bounded.to_position
