-- Every unit with a key from $1 up to, not including, $2 that stood in a stage in the reporting period, as a run of rows: each of its
-- entries to any stage, in the order of time, then each of its cohorts (is_cohort), with the amounts of an opportunity as they are
-- credited: when it was created, when it was won. day_bound_us is, where there is no time, the end of the day of an entry, and the
-- beginning of that of a cohort. A person enters the stages of opportunities with the new business in whose
-- buying group it is at some time from the look-back to the entry: as its touches may serve an anchor at that instant.
WITH worth AS (
    SELECT
        'opportunity' AS unit, opportunity_key AS unit_key,
        MAX(CASE WHEN conversion_type = 0 THEN value_minor END) AS created_minor,
        MAX(CASE WHEN conversion_type = 1 THEN value_minor END) AS won_minor
    FROM conversions
    WHERE opportunity_key IS NOT NULL AND is_counted
    GROUP BY opportunity_key
),
cohorts AS (
    SELECT
        c.unit, c.unit_key, c.opportunity_type, c.position, c.is_recorded, c.entered_us, c.from_us, c.month, c.channel_key,
        COALESCE(w.created_minor, 0) AS created_minor, COALESCE(w.won_minor, 0) AS won_minor
    FROM funnel_cohorts AS c
    LEFT JOIN worth AS w ON w.unit = c.unit AND w.unit_key = c.unit_key
    WHERE c.units = 1 AND c.unit_key >= $1 AND c.unit_key < $2
),
entries AS (
    SELECT e.unit, e.unit_key, e.position, e.entered_us, e.until_us
    FROM funnel_entries AS e
    WHERE e.unit_key >= $1 AND e.unit_key < $2
    UNION ALL
    SELECT DISTINCT 'person', b.person_key, e.position, e.entered_us, e.until_us
    FROM buying_groups AS b
    INNER JOIN funnel_steps AS s ON s.opportunity_key = b.opportunity_key AND s.step = b.step
    INNER JOIN opportunity_facts AS o ON o.opportunity_key = b.opportunity_key
    CROSS JOIN settings AS g
    INNER JOIN funnel_entries AS e ON e.unit = 'opportunity' AND e.unit_key = b.opportunity_key
    WHERE b.person_key >= $1 AND b.person_key < $2
        AND b.from_us <= e.until_us AND b.until_us >= o.created_us - g.lookback_us
),
standing AS (
    SELECT DISTINCT unit, unit_key FROM cohorts
)
SELECT
    e.unit = 'person' AS is_person, e.unit_key, FALSE AS is_cohort, e.entered_us, e.position,
    FALSE AS is_recorded, '' AS opportunity_type, DATE '1970-01-01' AS month, 0 AS channel_key,
    CAST(0 AS BIGINT) AS created_minor, CAST(0 AS BIGINT) AS won_minor, e.until_us AS day_bound_us
FROM entries AS e
INNER JOIN standing AS s ON s.unit = e.unit AND s.unit_key = e.unit_key
UNION ALL
SELECT
    c.unit = 'person', c.unit_key, TRUE, c.entered_us, c.position,
    c.is_recorded, c.opportunity_type, c.month, c.channel_key, c.created_minor, c.won_minor, c.from_us
FROM cohorts AS c
ORDER BY 1, 2, 3, 4, 5, 12
