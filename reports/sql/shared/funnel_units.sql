-- Every unit that stood in a stage in the reporting period, as a run of rows: each of its entries to any stage, in the order of time,
-- then each of its cohorts (is_cohort), with the amounts of an opportunity as they are credited: when it was created, when it was won.
WITH cohorts AS (
    SELECT
        c.unit, c.unit_key, c.opportunity_type, c.position, c.is_recorded, c.entered_us, c.month, c.channel_key,
        COALESCE(p.value_minor, 0) AS created_minor, COALESCE(r.value_minor, 0) AS won_minor
    FROM funnel_cohorts AS c
    LEFT JOIN conversions AS p ON c.unit = 'opportunity' AND p.opportunity_key = c.unit_key AND p.conversion_type = 0
    LEFT JOIN conversions AS r ON c.unit = 'opportunity' AND r.opportunity_key = c.unit_key AND r.conversion_type = 1
    WHERE c.units = 1
),
standing AS (
    SELECT DISTINCT unit, unit_key FROM cohorts
)
SELECT
    e.unit = 'person' AS is_person, e.unit_key, FALSE AS is_cohort, e.entered_us, e.position,
    FALSE AS is_recorded, '' AS opportunity_type, DATE '1970-01-01' AS month, 0 AS channel_key,
    CAST(0 AS BIGINT) AS created_minor, CAST(0 AS BIGINT) AS won_minor
FROM funnel_entries AS e
INNER JOIN standing AS s ON s.unit = e.unit AND s.unit_key = e.unit_key
UNION ALL
SELECT
    c.unit = 'person', c.unit_key, TRUE, c.entered_us, c.position,
    c.is_recorded, c.opportunity_type, c.month, c.channel_key, c.created_minor, c.won_minor
FROM cohorts AS c
ORDER BY 1, 2, 3, 4, 5
