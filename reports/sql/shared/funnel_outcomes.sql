-- What became of the units of each cohort on their way to each later stage, units of one fate counted together: one row per
-- opportunity type, month, channel, from and to stage, and fate. duration_us is how long the unit was watched: until it entered the
-- stage to (or went past it), else until as-of, and no longer than the horizon. own_us is how long it took to the stage itself, where
-- both entries are recorded. was_there marks units that had been in the stage to before.
WITH met AS (
    SELECT
        c.unit, c.unit_key, c.opportunity_type, c.position, t.position AS to_position,
        MIN(CASE WHEN e.entered_us >= c.entered_us THEN e.entered_us END) AS event_us,
        MIN(CASE WHEN e.entered_us >= c.entered_us AND e.position = t.position THEN e.entered_us END) AS own_us,
        MAX(CASE WHEN e.entered_us < c.entered_us THEN 1 ELSE 0 END) AS was_there
    FROM funnel_cohorts AS c
    INNER JOIN funnel_stages AS t ON t.position > c.position
    INNER JOIN funnel_entries AS e
        ON e.unit = c.unit AND e.unit_key = c.unit_key AND e.stage_unit = t.unit AND e.position >= t.position
    WHERE c.units = 1
    GROUP BY c.unit, c.unit_key, c.opportunity_type, c.position, t.position
),
timed AS (
    SELECT
        c.opportunity_type, c.month, c.channel_key, c.position, t.position AS to_position, c.unit, c.unit_key,
        CAST(t.within_days AS BIGINT) * 86400000000 AS horizon_us,
        m.event_us - c.entered_us AS event_us,
        CASE WHEN c.is_recorded THEN m.own_us - c.entered_us END AS own_us,
        g.as_of_us - c.entered_us AS followed_us,
        COALESCE(m.was_there, 0) AS was_there,
        t.entered_at AS to_entered_at
    FROM funnel_cohorts AS c
    CROSS JOIN settings AS g
    INNER JOIN funnel_stages AS t ON t.position > c.position
    LEFT JOIN met AS m
        ON m.unit = c.unit AND m.unit_key = c.unit_key AND m.opportunity_type = c.opportunity_type
        AND m.position = c.position AND m.to_position = t.position
    WHERE c.units = 1
),
fates AS (
    SELECT
        t.opportunity_type, t.month, t.channel_key, t.position, t.to_position, t.horizon_us,
        COALESCE(t.event_us <= t.horizon_us, FALSE) AS is_converted,
        LEAST(COALESCE(t.event_us, t.followed_us), t.horizon_us) AS duration_us,
        CASE WHEN t.own_us <= t.horizon_us THEN t.own_us END AS own_us,
        t.was_there,
        CASE WHEN t.unit = 'opportunity' AND t.event_us <= t.horizon_us THEN COALESCE(v.value_minor, 0) END AS value_minor
    FROM timed AS t
    LEFT JOIN conversions AS v
        ON t.unit = 'opportunity' AND v.opportunity_key = t.unit_key AND v.conversion_type = CASE WHEN t.to_entered_at = 'won' THEN 1 ELSE 0 END
)
SELECT
    opportunity_type, month, channel_key, position, to_position, horizon_us, is_converted, duration_us, own_us,
    CAST(was_there AS BOOLEAN) AS was_there,
    COUNT(*) AS units,
    CAST(SUM(CAST(value_minor AS HUGEINT)) AS DECIMAL(38, 0)) AS value_minor
FROM fates
GROUP BY opportunity_type, month, channel_key, position, to_position, horizon_us, is_converted, duration_us, own_us, was_there
ORDER BY ALL
