-- stage_moves: one row per row of stage_history by which a person or an opportunity (the other key is NULL) moves to another stage.
-- A person's history is that of all its leads and contacts. A row that repeats the stage in which the unit stands is an edit, and
-- not here. position is the place of the stage in the funnel, NULL of other words. enters_won: an opportunity comes from
-- outside of the won stages. Of a date without a time, entered_us is the first microsecond of the day and until_us the last.
-- Rows of one instant stand in the order of the funnel, other words after them, by bytes; a won word stands where the funnel has the win.
CREATE TABLE stage_moves AS
WITH won_positions AS (
    SELECT MIN(position) AS position FROM funnel_stages WHERE entered_at = 'won'
),
history AS (
    SELECT
        p.person_key, CAST(NULL AS VARCHAR) AS opportunity_id, w.stage_position AS position, w.plain, FALSE AS is_won,
        {{micros "h.entered_at"}} AS entered_us, {{micros "h.entered_at"}} + h.entered_at_span_us AS until_us
    FROM stage_history AS h
    INNER JOIN words AS w ON w.kind = 'stage' AND w.word = h.stage
    INNER JOIN node_persons AS p
        ON p.id = h.entity_id AND p.kind = CASE h.entity_type WHEN 'contact' THEN 0 WHEN 'lead' THEN 1 END
    UNION ALL
    SELECT
        NULL, h.entity_id, CASE WHEN w.is_won THEN COALESCE(n.position, w.stage_position) ELSE w.stage_position END, w.plain, w.is_won,
        {{micros "h.entered_at"}}, {{micros "h.entered_at"}} + h.entered_at_span_us
    FROM stage_history AS h
    INNER JOIN words AS w ON w.kind = 'stage' AND w.word = h.stage
    CROSS JOIN won_positions AS n
    WHERE h.entity_type = 'opportunity'
),
-- What tells stages apart: the stage of the funnel, else the word; all won words are one stage of an opportunity.
named AS (
    SELECT
        person_key, opportunity_id, position, plain, is_won, entered_us, until_us,
        CASE WHEN is_won THEN '#won' WHEN position IS NOT NULL THEN '#' || position ELSE plain END AS stage
    FROM history
),
placed AS (
    SELECT
        person_key, opportunity_id, position, stage, is_won, entered_us, until_us,
        LAG(stage) OVER (
            PARTITION BY person_key, opportunity_id ORDER BY entered_us, position NULLS LAST, plain, until_us DESC
        ) AS previous_stage
    FROM named
)
SELECT person_key, opportunity_id, position, is_won AS enters_won, entered_us, until_us
FROM placed
WHERE stage IS DISTINCT FROM previous_stage
