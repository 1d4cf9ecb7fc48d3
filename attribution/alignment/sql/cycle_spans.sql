-- cycle_spans: one row per opportunity, known start of its cycle (creation, first touchpoint or
-- lead), and cell of the report sales_cycle in which it counts. us is the time from the start to
-- the close, or to as-of for open opportunities; it is at least 0. Population won has won
-- opportunities, population all has those of any outcome. A cell is a period with (all) in the
-- dimensions, or the whole reporting period with one of the dimensions. On basis period a cell has
-- the won opportunities that closed in the period; on basis cohort it has the opportunities created
-- in the period.
CREATE TABLE cycle_spans AS
WITH starts AS (
    SELECT *
    FROM (
        SELECT *, 'creation' AS measured_from, created_us AS start_us FROM deal_outcomes
        UNION ALL
        SELECT *, 'first_touch', first_us FROM deal_outcomes
        UNION ALL
        SELECT *, 'lead', lead_us FROM deal_outcomes
    ) AS measured
    WHERE start_us IS NOT NULL AND end_us IS NOT NULL
),
based AS (
    SELECT *, 'period' AS basis, 'won' AS population, closed_us AS at_us FROM starts WHERE outcome = 'won'
    UNION ALL
    SELECT *, 'cohort', 'won', created_us FROM starts WHERE outcome = 'won'
    UNION ALL
    SELECT *, 'cohort', 'all', created_us FROM starts
),
dimensions AS (
    SELECT * FROM (VALUES ('(all)'), ('segment'), ('persona'), ('deal_size')) AS v(dimension)
)
SELECT
    based.basis, based.population, periods.period_key, based.opportunity_type, based.measured_from,
    CASE dimensions.dimension WHEN 'segment' THEN based.segment ELSE '(all)' END AS segment,
    CASE dimensions.dimension WHEN 'persona' THEN based.persona ELSE '(all)' END AS persona,
    CASE dimensions.dimension WHEN 'deal_size' THEN based.deal_size ELSE '(all)' END AS deal_size,
    GREATEST(based.end_us - based.start_us, 0) AS us,
    based.outcome <> 'open' AS is_event
FROM based
ASOF INNER JOIN calendar_spans AS spans ON based.at_us >= spans.from_us
INNER JOIN span_periods ON span_periods.span_key = spans.span_key
INNER JOIN calendar_periods AS periods ON periods.period_key = span_periods.period_key
INNER JOIN dimensions ON periods.period_type = 'all' OR dimensions.dimension = '(all)'
