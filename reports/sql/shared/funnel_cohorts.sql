-- funnel_cohorts: one row per unit and stage of its own kind at which it stood in the reporting period: it entered the stage
-- then for the first time (is_recorded) or, where it never did, went past it to a later one (skipped). entered_us is that
-- instant (from_us to until_us its day, where it has no time), month its month. channel_key is the channel of the first touch of the journey to that entry. value_minor is the
-- amount of an opportunity, as it is credited.
CREATE OR REPLACE TABLE funnel_cohorts AS
WITH reached AS (
    SELECT
        e.unit, e.unit_key, e.opportunity_type, s.position,
        MIN(CASE WHEN e.position = s.position THEN e.entered_us END) AS recorded_us,
        MIN(CASE WHEN e.position > s.position THEN e.entered_us END) AS implied_us
    FROM funnel_entries AS e
    INNER JOIN funnel_stages AS s ON s.unit = e.unit AND s.position <= e.position
    GROUP BY e.unit, e.unit_key, e.opportunity_type, s.position
),
dated AS (
    SELECT
        r.unit, r.unit_key, r.opportunity_type, r.position, r.recorded_us IS NOT NULL AS is_recorded,
        COALESCE(r.recorded_us, r.implied_us) AS entered_us
    FROM reached AS r
),
-- The entry by which the unit is known to have been there: its own, or the lowest of the later stages entered at that instant.
known_by AS (
    SELECT
        d.unit, d.unit_key, d.opportunity_type, d.position, d.is_recorded, d.entered_us, MIN(e.position) AS by_position,
        MIN(e.from_us) AS from_us
    FROM dated AS d
    INNER JOIN funnel_entries AS e
        ON e.unit = d.unit AND e.unit_key = d.unit_key AND e.entered_us = d.entered_us
        AND e.position >= d.position
    GROUP BY d.unit, d.unit_key, d.opportunity_type, d.position, d.is_recorded, d.entered_us
),
converted AS (
    SELECT
        k.unit, k.unit_key, k.opportunity_type, k.position, k.is_recorded, k.entered_us, k.from_us,
        CASE
            WHEN k.unit = 'person' THEN b.conversion_type
            WHEN s.entered_at = 'won' THEN 1
            ELSE 0
        END AS conversion_type
    FROM known_by AS k
    INNER JOIN funnel_stages AS s ON s.position = k.position
    INNER JOIN funnel_stages AS b ON b.position = k.by_position
),
units AS (
    SELECT
        c.conversion_key, c.conversion_type, CASE WHEN c.person_key IS NULL THEN 'opportunity' ELSE 'person' END AS unit,
        COALESCE(c.person_key, c.opportunity_key) AS unit_key, c.opportunity_type, c.anchor_us, c.anchor_day, c.value_minor,
        c.anchor_in_period, c.reverses_opportunity_id,
        COALESCE(j.first_channel_key, -1) AS channel_key
    FROM conversions AS c
    LEFT JOIN journeys AS j ON j.conversion_key = c.conversion_key
    WHERE c.is_counted
)
SELECT
    c.unit, c.unit_key, c.opportunity_type, c.position, c.is_recorded, 1 AS units, c.entered_us, c.from_us,
    CAST(DATE_TRUNC('month', d.day) AS DATE) AS month,
    COALESCE(u.channel_key, -1) AS channel_key,
    CASE WHEN c.unit = 'opportunity' THEN COALESCE(u.value_minor, 0) END AS value_minor
FROM converted AS c
CROSS JOIN settings AS g
INNER JOIN anchor_days AS d ON d.anchor_us = c.entered_us
LEFT JOIN units AS u ON u.unit = c.unit AND u.unit_key = c.unit_key AND u.conversion_type = c.conversion_type
WHERE c.entered_us >= g.from_us AND c.entered_us < g.to_us
UNION ALL
-- What reversals take back, so that the value of the funnel is that of the books. They are no units.
SELECT
    u.unit, u.unit_key, u.opportunity_type, s.position, FALSE, 0, u.anchor_us, u.anchor_us,
    CAST(DATE_TRUNC('month', u.anchor_day) AS DATE), u.channel_key, COALESCE(u.value_minor, 0)
FROM units AS u
INNER JOIN funnel_stages AS s
    ON (s.entered_at = 'created' AND u.conversion_type = 0) OR (s.entered_at = 'won' AND u.conversion_type = 1)
WHERE u.reverses_opportunity_id IS NOT NULL AND u.anchor_in_period
