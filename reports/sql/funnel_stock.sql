-- grain: period_type, period_start, period_end, unit, opportunity_type, stage
-- How many people and opportunities stand in each stage of the funnel, and in each other word of
-- their history, at the start and the end of a period, and how many came and went:
-- `stock_start` + `entered` - `left_total` = `stock_end`. A unit stands in the stage of its last
-- entry until the next one. A person leaves the stages of people when an opportunity with its role
-- is created; an opportunity leaves when it is won or lost.
-- shows: period_label, unit, stage, department, stock_start, entered, left_total, stock_end,
--   left_forward, left_back, left_out, left_won, left_lost, value_end, returned, value_start
-- default: opportunity_type = new_business
-- columns:
--   period_type | text | `all`, `week`, `month`, `quarter`, `year`, `fiscal-quarter` or
--     `fiscal-year`
--   period_start | day | first day of the period. Empty: from the first event on
--   period_end | day | last day of the period. Empty: up to as-of
--   period_label | text | what the period is called
--   unit | text | `person` or `opportunity`
--   opportunity_type | text | the type; people are `new_business`
--   stage | text | the stage, or another word of the history
--   department | text | whose the stage or word is: `marketing`, `sales` or `(nobody)`
--   exit_criteria | text | the exit criteria of the stage, as configured
--   stock_start | units | units that stood there when the period began
--   entered | units | entries in the period. One unit can enter more than once
--   returned | units | of `entered`: not the first entry of the unit to the stage
--   left_forward | units | units that left to a later stage, or to an opportunity
--   left_back | units | units that left to an earlier stage
--   left_out | units | people who left to a word outside of the funnel
--   left_won | units | opportunities that were won
--   left_lost | units | opportunities that were lost
--   left_total | units | the sum of the five columns before
--   stock_end | units | units that stood there at the end of the period, or at as-of
--   value_start | money | amounts of the opportunities of `stock_start`
--   value_end | money | amounts of the opportunities of `stock_end`
WITH stays AS (
    SELECT
        visits.unit, visits.opportunity_type, visits.word, visits.exit, visits.is_first, visits.value_minor,
        enter.span_key AS entered_span, leave.span_key AS left_span
    FROM visits
    ASOF JOIN calendar_spans AS enter ON visits.entered_us >= enter.from_us
    ASOF LEFT JOIN calendar_spans AS leave ON visits.left_us >= leave.from_us
),
changes AS (
    SELECT
        unit, opportunity_type, word, entered_span AS span_key,
        COUNT(*) AS entered, COUNT(*) FILTER (WHERE NOT is_first) AS returned,
        0 AS left_forward, 0 AS left_back, 0 AS left_out, 0 AS left_won, 0 AS left_lost, SUM(value_minor) AS value_minor
    FROM stays
    GROUP BY ALL
    UNION ALL
    SELECT
        unit, opportunity_type, word, left_span, 0, 0,
        COUNT(*) FILTER (WHERE exit = 'forward'), COUNT(*) FILTER (WHERE exit = 'back'), COUNT(*) FILTER (WHERE exit = 'out'),
        COUNT(*) FILTER (WHERE exit = 'won'), COUNT(*) FILTER (WHERE exit = 'lost'), -SUM(value_minor)
    FROM stays
    WHERE left_span IS NOT NULL
    GROUP BY ALL
),
by_span AS (
    SELECT
        unit, opportunity_type, word, span_key,
        SUM(entered) AS entered, SUM(returned) AS returned,
        SUM(left_forward) AS left_forward, SUM(left_back) AS left_back, SUM(left_out) AS left_out, SUM(left_won) AS left_won, SUM(left_lost) AS left_lost,
        SUM(value_minor) AS value_minor
    FROM changes
    GROUP BY unit, opportunity_type, word, span_key
),
within AS (
    SELECT
        span_periods.period_key, by_span.unit, by_span.opportunity_type, by_span.word,
        SUM(entered) AS entered, SUM(returned) AS returned,
        SUM(left_forward) AS left_forward, SUM(left_back) AS left_back, SUM(left_out) AS left_out, SUM(left_won) AS left_won, SUM(left_lost) AS left_lost,
        SUM(left_forward + left_back + left_out + left_won + left_lost) AS left_total
    FROM by_span
    INNER JOIN span_periods ON span_periods.span_key = by_span.span_key
    GROUP BY span_periods.period_key, by_span.unit, by_span.opportunity_type, by_span.word
),
standing AS (
    SELECT
        periods.period_key, by_span.unit, by_span.opportunity_type, by_span.word,
        SUM(CASE WHEN spans.from_us < periods.from_us THEN entered - left_forward - left_back - left_out - left_won - left_lost ELSE 0 END) AS stock_start,
        SUM(entered - left_forward - left_back - left_out - left_won - left_lost) AS stock_end,
        SUM(CASE WHEN spans.from_us < periods.from_us THEN value_minor ELSE 0 END) AS start_minor,
        SUM(value_minor) AS end_minor
    FROM by_span
    INNER JOIN calendar_spans AS spans ON spans.span_key = by_span.span_key
    INNER JOIN calendar_periods AS periods ON spans.from_us < periods.to_us
    GROUP BY periods.period_key, by_span.unit, by_span.opportunity_type, by_span.word
),
cells AS (
    SELECT unit, opportunity_type, word, MIN(position) AS position, MIN(department) AS department
    FROM visits
    GROUP BY unit, opportunity_type, word
)
SELECT
    periods.period_type, periods.period_start, periods.period_end, periods.period_label,
    cells.unit, cells.opportunity_type, cells.word AS stage, cells.department, stages.exit_criteria,
    CAST(COALESCE(standing.stock_start, 0) AS BIGINT) AS stock_start,
    CAST(COALESCE(within.entered, 0) AS BIGINT) AS entered,
    CAST(COALESCE(within.returned, 0) AS BIGINT) AS returned,
    CAST(COALESCE(within.left_forward, 0) AS BIGINT) AS left_forward,
    CAST(COALESCE(within.left_back, 0) AS BIGINT) AS left_back,
    CAST(COALESCE(within.left_out, 0) AS BIGINT) AS left_out,
    CAST(COALESCE(within.left_won, 0) AS BIGINT) AS left_won,
    CAST(COALESCE(within.left_lost, 0) AS BIGINT) AS left_lost,
    CAST(COALESCE(within.left_total, 0) AS BIGINT) AS left_total,
    CAST(COALESCE(standing.stock_end, 0) AS BIGINT) AS stock_end,
    CASE WHEN cells.unit = 'opportunity' THEN money(COALESCE(standing.start_minor, 0)) END AS value_start,
    CASE WHEN cells.unit = 'opportunity' THEN money(COALESCE(standing.end_minor, 0)) END AS value_end
FROM cells
CROSS JOIN calendar_periods AS periods
INNER JOIN opportunity_types AS types ON types.opportunity_type = cells.opportunity_type
LEFT JOIN funnel_stages AS stages ON stages.position = cells.position
LEFT JOIN within
    ON within.period_key = periods.period_key AND within.unit = cells.unit AND within.opportunity_type = cells.opportunity_type AND within.word = cells.word
LEFT JOIN standing
    ON standing.period_key = periods.period_key AND standing.unit = cells.unit AND standing.opportunity_type = cells.opportunity_type AND standing.word = cells.word
ORDER BY periods.period_key, types.position, cells.unit DESC, cells.position NULLS LAST, cells.word
