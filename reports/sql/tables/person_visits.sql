-- One row per stay of a person in a stage or another word, up to as-of.
SELECT
    people.person_id, visits.place, visits.word AS stage, visits.is_person_stage AS is_stage, visits.department,
    MAKE_TIMESTAMP(visits.entered_us) AS entered_at, MAKE_TIMESTAMP(visits.left_us) AS left_at, visits.exit
FROM person_visits AS visits
INNER JOIN people ON people.person_key = visits.person_key
ORDER BY people.person_id, visits.place
