-- standings: one row per place where a person can be: 0 before the first entry, then the stages of
-- persons (is_stage), then the other words of the history of persons.
CREATE TABLE standings AS
WITH other_words AS (
    SELECT DISTINCT word
    FROM person_history
    WHERE NOT is_person_stage AND word NOT IN ('(all)', '(before lead)')
)
SELECT 0 AS stage_key, '(before lead)' AS stage, TRUE AS is_stage
UNION ALL
SELECT position, stage, TRUE
FROM funnel_stages
WHERE unit = 'person'
UNION ALL
SELECT CAST(stages.last_position + ROW_NUMBER() OVER (ORDER BY other_words.word) AS INTEGER), other_words.word, FALSE
FROM other_words
CROSS JOIN (SELECT MAX(position) AS last_position FROM funnel_stages WHERE unit = 'person') AS stages
