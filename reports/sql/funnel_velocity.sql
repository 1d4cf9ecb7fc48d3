-- grain: period_type, period_start, period_end, unit, opportunity_type, stage, segment, persona
-- How long units stay in each stage of the funnel, by the period in which they entered it. Units
-- that still stand there count with the time that they were watched (Kaplan-Meier), so that slow
-- ones are not left out. Stages that a unit skipped are not here. Segments and personas are asked
-- of all periods together and of quarters.
-- shows: period_label, unit, stage, segment, persona, visits, open_visits, median_days, p75_days,
--   p90_days, returns, side_entrances, owner, value
-- default: opportunity_type = new_business, segment = (all), persona = (all)
-- bar: median_days
-- columns:
--   period_type | text | `all`, `week`, `month`, `quarter`, `year`, `fiscal-quarter` or
--     `fiscal-year`
--   period_start | day | first day of the period of the entries. Empty: from the first event on
--   period_end | day | last day of the period. Empty: up to as-of
--   period_label | text | what the period is called
--   unit | text | `person` or `opportunity`
--   opportunity_type | text | the type; people are `new_business`
--   stage | text | the stage
--   segment | text | segment of the account, `(none)`, or `(all)`
--   persona | text | persona of the person, `(none)`, or `(all)`
--   owner | text | who owns the stage, as configured
--   visits | units | stays in the stage that began in the period
--   open_visits | units | of these, stays that have not ended
--   returns | units | of these, not the first stay of the unit there
--   side_entrances | units | of these, first stays of a unit that came from no earlier stage, where
--     the stage is not the first one of its kind of unit
--   median_days | days | Kaplan-Meier estimate: half of the units have left after so many days.
--     Empty: fewer have
--   p75_days | days | the same for 75 %
--   p90_days | days | the same for 90 %
--   small_sample | true/false | fewer than 30 visits
--   value | money | amounts of the opportunities that entered the stage. Empty of people
WITH first_stages AS (
    SELECT unit, MIN(position) AS position
    FROM funnel_stages
    GROUP BY unit
),
stays AS (
    SELECT
        visits.unit, visits.opportunity_type, visits.position, spans.span_key, visits.segment, COALESCE(visits.persona, '(none)') AS persona,
        visits.left_us IS NULL AS is_open, NOT visits.is_first AS is_return,
        visits.is_first_stage AND visits.position > first_stages.position AS is_side_entrance, visits.value_minor
    FROM visits
    INNER JOIN first_stages ON first_stages.unit = visits.unit
    ASOF JOIN calendar_spans AS spans ON visits.entered_us >= spans.from_us
    WHERE visits.position IS NOT NULL
),
by_span AS (
    SELECT
        unit, opportunity_type, position, span_key, COALESCE(segment, '(all)') AS segment, COALESCE(persona, '(all)') AS persona,
        GROUPING(segment, persona) AS grouping_of,
        COUNT(*) AS visits, COUNT(*) FILTER (WHERE is_open) AS open_visits, COUNT(*) FILTER (WHERE is_return) AS returns,
        COUNT(*) FILTER (WHERE is_side_entrance) AS side_entrances, SUM(value_minor) AS value_minor
    FROM stays
    GROUP BY GROUPING SETS (
        (unit, opportunity_type, position, span_key),
        (unit, opportunity_type, position, span_key, segment),
        (unit, opportunity_type, position, span_key, persona)
    )
),
counted AS (
    SELECT
        span_periods.period_key, by_span.unit, by_span.opportunity_type, by_span.position, by_span.segment, by_span.persona,
        SUM(visits) AS visits, SUM(open_visits) AS open_visits, SUM(returns) AS returns, SUM(side_entrances) AS side_entrances, SUM(value_minor) AS value_minor
    FROM by_span
    INNER JOIN span_periods ON span_periods.span_key = by_span.span_key
    GROUP BY span_periods.period_key, by_span.unit, by_span.opportunity_type, by_span.position, by_span.segment, by_span.persona
)
SELECT
    periods.period_type, periods.period_start, periods.period_end, periods.period_label,
    times.unit, times.opportunity_type, stages.stage, times.segment, times.persona, stages.owner,
    CAST(counted.visits AS BIGINT) AS visits,
    CAST(counted.open_visits AS BIGINT) AS open_visits,
    CAST(counted.returns AS BIGINT) AS returns,
    CAST(counted.side_entrances AS BIGINT) AS side_entrances,
    days(times.km_median_us) AS median_days,
    days(times.km_p75_us) AS p75_days,
    days(times.km_p90_us) AS p90_days,
    counted.visits < 30 AS small_sample,
    CASE WHEN times.unit = 'opportunity' THEN money(COALESCE(counted.value_minor, 0)) END AS value
FROM velocity_times AS times
INNER JOIN counted
    ON counted.period_key = times.period_key AND counted.unit = times.unit AND counted.opportunity_type = times.opportunity_type
    AND counted.position = times.position AND counted.segment = times.segment AND counted.persona = times.persona
INNER JOIN calendar_periods AS periods ON periods.period_key = times.period_key
INNER JOIN funnel_stages AS stages ON stages.position = times.position
INNER JOIN opportunity_types AS types ON types.opportunity_type = times.opportunity_type
ORDER BY periods.period_key, times.unit DESC, types.position, times.position, times.segment, times.persona
