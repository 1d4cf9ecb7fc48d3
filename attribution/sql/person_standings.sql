-- person_standings: one row per person and entry to a stage or word, up to the newest: stage_key is
-- the place of a stage of persons in the funnel; other words follow in the order in which they are
-- compared. In the order of (at_us, stage_key) the last row at or before an instant says where the
-- person stood then. A person whom no row of history takes to the first stage entered it at
-- lead_at: where that is a date, at the first row of its day, else at the end of it.
CREATE TABLE person_standings AS
WITH of_persons AS (
    SELECT COUNT(*) AS stages, MAX(position) AS last_position
    FROM funnel_stages
    WHERE unit = 'person'
),
entered AS (
    SELECT
        h.person_key, h.entered_us AS at_us,
        CAST(CASE WHEN h.position <= p.last_position THEN h.position ELSE p.last_position + h.plain_rank END AS INTEGER) AS stage_key
    FROM person_stages AS h
    CROSS JOIN of_persons AS p
),
recorded AS (
    SELECT DISTINCT person_key FROM person_stages WHERE position = 1
),
implied AS (
    SELECT p.person_key, COALESCE(MIN(e.at_us), p.lead_at_us) AS at_us, 1 AS stage_key
    FROM people AS p
    ANTI JOIN recorded AS r ON r.person_key = p.person_key
    LEFT JOIN entered AS e
        ON e.person_key = p.person_key AND p.lead_from_us < p.lead_until_us AND e.at_us BETWEEN p.lead_from_us AND p.lead_until_us
    WHERE p.lead_at_us IS NOT NULL
    GROUP BY p.person_key, p.lead_at_us
)
SELECT person_key, at_us, stage_key FROM entered
UNION
SELECT person_key, at_us, stage_key FROM implied
