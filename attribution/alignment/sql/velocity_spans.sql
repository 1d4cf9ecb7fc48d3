-- velocity_spans: a view with one row per stay in a stage of the funnel, cohort period of its
-- entry, and dimension: the duration of the stay (us). If the unit is still there at as-of, us is
-- the time up to as-of, and is_event is false. The dimensions segment and persona have rows only in
-- the whole reporting period and in quarters; opportunities have no persona.
CREATE VIEW velocity_spans AS
WITH stays AS (
    SELECT
        visits.unit, visits.opportunity_type, visits.position, spans.span_key, visits.segment, COALESCE(visits.persona, '(none)') AS persona,
        COALESCE(visits.left_us, settings.as_of_us) - visits.entered_us AS us, visits.left_us IS NOT NULL AS is_event
    FROM visits
    CROSS JOIN settings
    ASOF JOIN calendar_spans AS spans ON visits.entered_us >= spans.from_us
    WHERE visits.position IS NOT NULL
),
dated AS (
    SELECT stays.*, periods.period_key, periods.period_type
    FROM stays
    INNER JOIN span_periods ON span_periods.span_key = stays.span_key
    INNER JOIN calendar_periods AS periods ON periods.period_key = span_periods.period_key
)
SELECT period_key, unit, opportunity_type, position, '(all)' AS segment, '(all)' AS persona, us, is_event
FROM dated
UNION ALL
SELECT period_key, unit, opportunity_type, position, segment, '(all)', us, is_event
FROM dated
WHERE period_type IN ('all', 'quarter')
UNION ALL
SELECT period_key, unit, opportunity_type, position, '(all)', persona, us, is_event
FROM dated
WHERE period_type IN ('all', 'quarter') AND unit = 'person'
