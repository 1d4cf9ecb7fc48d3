-- stage_moves: one row per row of stage_history by which a person or an opportunity (the other key
-- is NULL) moves to another stage. The history of a person is that of all its leads and contacts. A
-- row that repeats the present stage is an edit and is not here. position is the position of the
-- stage in the funnel, NULL for other words. enters_won and enters_lost: an opportunity enters the
-- won or the lost stages from outside of them. Of a date without a time, entered_us and until_us
-- are the first and the last microsecond of the day. Rows of one instant are in the order of the
-- funnel, followed by other words in byte order; a won word has the position of the won stage.
CREATE TABLE stage_moves AS
WITH won_positions AS (
    SELECT MIN(position) AS position FROM funnel_stages WHERE entered_at = 'won'
),
stages AS (
    SELECT
        w.word, w.is_won, w.is_lost, CASE WHEN w.is_won THEN COALESCE(n.position, w.stage_position) ELSE w.stage_position END AS position,
        DENSE_RANK() OVER (ORDER BY w.plain) AS plain_rank
    FROM words AS w
    CROSS JOIN won_positions AS n
    WHERE w.kind = 'stage'
),
-- stage identifies a stage: by its position in the funnel, or a word that is no stage by a number
-- below 0. All won words of an opportunity are one stage, 0.
of_people AS (
    SELECT
        person_key, position, COALESCE(position, -plain_rank) AS stage, entered_us, until_us,
        LAG(COALESCE(position, -plain_rank)) OVER (
            PARTITION BY person_key ORDER BY entered_us, position NULLS LAST, plain_rank, until_us DESC
        ) AS previous_stage
    FROM person_stages
),
of_opportunities AS (
    SELECT
        h.entity_id AS opportunity_id, s.position, s.is_won, s.is_lost, s.plain_rank,
        CASE WHEN s.is_won THEN 0 ELSE COALESCE(s.position, -s.plain_rank) END AS stage,
        EPOCH_US(h.entered_at) AS entered_us, EPOCH_US(h.entered_at) + h.entered_at_span_us AS until_us
    FROM stage_history AS h
    INNER JOIN stages AS s ON s.word = h.stage
    WHERE h.entity_type = 'opportunity'
),
placed AS (
    SELECT
        opportunity_id, position, is_won, is_lost, stage, entered_us, until_us,
        LAG(stage) OVER history AS previous_stage,
        COALESCE(LAG(is_lost) OVER history, FALSE) AS was_lost
    FROM of_opportunities
    WINDOW history AS (PARTITION BY opportunity_id ORDER BY entered_us, position NULLS LAST, plain_rank, until_us DESC)
)
SELECT person_key, CAST(NULL AS VARCHAR) AS opportunity_id, position, FALSE AS enters_won, FALSE AS enters_lost, entered_us, until_us
FROM of_people
WHERE stage IS DISTINCT FROM previous_stage
UNION ALL
SELECT NULL, opportunity_id, position, is_won, is_lost AND NOT was_lost, entered_us, until_us
FROM placed
WHERE stage IS DISTINCT FROM previous_stage
