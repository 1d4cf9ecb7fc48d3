-- person_history: one row per row of stage_history about a person of the reports, up to as-of, and
-- one per entry to the first stage that only lead_at implies. It has the place of the row in the
-- history of the person, from 1. word is the name of the stage; a word that is no stage is written
-- as in the data. Rows of one instant are in the order of the funnel, followed by other words in
-- byte order. is_edit: the row repeats the stage or word in which the person already is. Of a date
-- without a time, from_us and until_us are the bounds of the day.
CREATE TABLE person_history AS
WITH spellings AS (
    SELECT plain, MIN(word) AS word
    FROM words
    WHERE kind = 'stage'
    GROUP BY plain
),
recorded AS (
    SELECT
        nodes.person_key, EPOCH_US(history.entered_at) AS at_us, EPOCH_US(history.entered_at) AS from_us,
        EPOCH_US(history.entered_at) + history.entered_at_span_us AS until_us,
        words.stage_position AS position, words.plain, words.word AS written, history.owner, history.reason, FALSE AS is_implied,
        nodes.kind, history.entity_id
    FROM stage_history AS history
    CROSS JOIN settings
    INNER JOIN words ON words.kind = 'stage' AND words.word = history.stage
    INNER JOIN node_persons AS nodes
        ON nodes.id = history.entity_id AND nodes.kind = CASE history.entity_type WHEN 'contact' THEN 0 WHEN 'lead' THEN 1 END
    SEMI JOIN person_labels AS people ON people.person_key = nodes.person_key
    WHERE EPOCH_US(history.entered_at) <= settings.as_of_us
),
-- An implied entry that is a date without a time has the time of the first row of its day or,
-- without one, the end of the day.
implied AS (
    SELECT people.person_key, people.lead_at_us, people.lead_from_us, people.lead_until_us, settings.as_of_us, MIN(rows_of_day.at_us) AS first_row_us
    FROM people
    CROSS JOIN settings
    SEMI JOIN person_labels AS reported ON reported.person_key = people.person_key
    ANTI JOIN recorded AS entries ON entries.person_key = people.person_key AND entries.position = 1
    LEFT JOIN recorded AS rows_of_day
        ON rows_of_day.person_key = people.person_key AND people.lead_from_us < people.lead_until_us
        AND rows_of_day.at_us BETWEEN people.lead_from_us AND people.lead_until_us
    WHERE people.lead_from_us <= settings.as_of_us
    GROUP BY people.person_key, people.lead_at_us, people.lead_from_us, people.lead_until_us, settings.as_of_us
),
together AS (
    SELECT person_key, at_us, from_us, until_us, position, plain, written, owner, reason, is_implied, kind, entity_id
    FROM recorded
    UNION ALL
    SELECT
        person_key, COALESCE(first_row_us, LEAST(lead_at_us, as_of_us)), LEAST(lead_from_us, COALESCE(first_row_us, lead_at_us)), lead_until_us,
        1, NULL, NULL, NULL, NULL, TRUE, NULL, NULL
    FROM implied
),
ordered AS (
    SELECT
        together.person_key, together.at_us, together.from_us, together.until_us, together.position, together.owner, together.reason, together.is_implied,
        COALESCE(stages.stage, spellings.word) AS word,
        COALESCE(stages.owner, vocabulary.department, '(nobody)') AS department,
        COALESCE(stages.unit = 'person', FALSE) AS is_person_stage,
        handoff.outcome AS handoff_outcome,
        ROW_NUMBER() OVER (
            PARTITION BY together.person_key
            ORDER BY together.at_us, NOT together.is_implied, together.position NULLS LAST, CASE WHEN together.position IS NULL THEN together.written END,
                together.kind, together.entity_id, together.owner NULLS FIRST, together.reason NULLS FIRST
        ) AS place
    FROM together
    LEFT JOIN funnel_stages AS stages ON stages.position = together.position
    LEFT JOIN spellings ON spellings.plain = together.plain
    LEFT JOIN vocabulary_words AS vocabulary ON vocabulary.plain = together.plain
    LEFT JOIN handoff_words AS handoff ON handoff.plain = together.plain
)
SELECT
    person_key, place, at_us, from_us, until_us, position, word, department, is_person_stage, handoff_outcome, owner, reason, is_implied,
    word IS NOT DISTINCT FROM LAG(word) OVER (PARTITION BY person_key ORDER BY place) AS is_edit
FROM ordered
