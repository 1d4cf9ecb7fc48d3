-- person_visits: one row per stay of a person in a stage or in another word of its history: when it
-- entered and left (left_us is NULL if it is still there at as-of), and where it went: forward,
-- back, or out, to a word outside of the funnel. A person also leaves forward when an opportunity
-- in which it has a role is created between its entry and the next row; it is then in no stage
-- until the next row with another word. is_first marks the first stay in this stage or word,
-- is_first_stage the first stay in any stage.
CREATE TABLE person_visits AS
WITH entries AS (
    SELECT
        person_key, place, at_us, from_us, position, word, department, is_person_stage,
        LEAD(at_us) OVER by_place AS next_us,
        LEAD(position) OVER by_place AS next_position,
        LEAD(place) OVER by_place IS NOT NULL AS has_next,
        LAST_VALUE(position IGNORE NULLS) OVER (PARTITION BY person_key ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS stage_so_far,
        COUNT(position) OVER (PARTITION BY person_key ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS stages,
        ROW_NUMBER() OVER (PARTITION BY person_key, word ORDER BY place) AS stay
    FROM person_history
    WHERE NOT is_edit
    WINDOW by_place AS (PARTITION BY person_key ORDER BY place)
),
-- taken: the entries that an opportunity ends. If the first entry is a date without a time, an
-- opportunity of the same day ends it too. An opportunity ends only the entry before its creation.
taken AS (
    SELECT entries.person_key, entries.place, GREATEST(MIN(creations.created_us), entries.at_us) AS created_us
    FROM entries
    INNER JOIN person_opportunities AS creations
        ON creations.person_key = entries.person_key AND creations.created_us >= CASE WHEN entries.place = 1 THEN entries.from_us ELSE entries.at_us END
        AND (entries.next_us IS NULL OR creations.created_us < entries.next_us)
    GROUP BY entries.person_key, entries.place, entries.at_us
)
SELECT
    entries.person_key, entries.place, entries.position, entries.word, entries.department, entries.is_person_stage,
    entries.at_us AS entered_us,
    COALESCE(taken.created_us, entries.next_us) AS left_us,
    CASE
        WHEN taken.created_us IS NOT NULL THEN 'forward'
        WHEN NOT entries.has_next THEN NULL
        WHEN entries.next_position IS NULL THEN 'out'
        WHEN entries.stage_so_far IS NULL OR entries.next_position > entries.stage_so_far THEN 'forward'
        ELSE 'back'
    END AS exit,
    entries.stay = 1 AS is_first,
    entries.position IS NOT NULL AND entries.stages = 1 AS is_first_stage
FROM entries
LEFT JOIN taken ON taken.person_key = entries.person_key AND taken.place = entries.place
