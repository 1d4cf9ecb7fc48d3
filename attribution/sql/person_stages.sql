-- person_stages: one row per row of stage_history about a lead or a contact: its person, and the
-- position of the stage in the funnel (NULL for other words). plain_rank is the rank of the word
-- among all words, in the form in which words are compared. Of a date without a time, entered_us
-- and until_us are the first and the last microsecond of the day; otherwise both are the instant.
CREATE TABLE person_stages AS
WITH stages AS (
    SELECT word, stage_position, DENSE_RANK() OVER (ORDER BY plain) AS plain_rank
    FROM words
    WHERE kind = 'stage'
)
SELECT
    p.person_key, s.stage_position AS position, s.plain_rank,
    EPOCH_US(h.entered_at) AS entered_us, EPOCH_US(h.entered_at) + h.entered_at_span_us AS until_us
FROM stage_history AS h
INNER JOIN stages AS s ON s.word = h.stage
INNER JOIN node_persons AS p ON p.id = h.entity_id AND p.kind = CASE h.entity_type WHEN 'contact' THEN 0 WHEN 'lead' THEN 1 END
