-- standings: one row per stage or word in which a person can stand: 0 before the first entry, then
-- the stages of persons, then the other words of stage_history about people. stage_key is that of
-- person_standings; is_stage tells stages of the funnel from words.
CREATE TABLE standings AS
WITH of_persons AS (
    SELECT MAX(position) AS last_position
    FROM funnel_stages
    WHERE unit = 'person'
),
ranked AS (
    SELECT word, DENSE_RANK() OVER (ORDER BY plain) AS plain_rank
    FROM words
    WHERE kind = 'stage'
),
used AS (
    SELECT DISTINCT stage_key FROM person_standings
)
SELECT 0 AS stage_key, '(before lead)' AS stage, TRUE AS is_stage
UNION ALL
SELECT position, stage, TRUE
FROM funnel_stages
WHERE unit = 'person'
UNION ALL
SELECT CAST(p.last_position + r.plain_rank AS INTEGER) AS stage_key, MIN(r.word), FALSE
FROM ranked AS r
CROSS JOIN of_persons AS p
INNER JOIN used AS u ON u.stage_key = p.last_position + r.plain_rank
GROUP BY p.last_position, r.plain_rank
