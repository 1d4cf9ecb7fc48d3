-- standings: one row per person with a history: the last stage or word it entered, and when and how
-- it left it, if it did.
CREATE OR REPLACE VIEW standings AS
SELECT
    person_id, ARG_MAX(stage, place) AS stage, ARG_MAX(department, place) AS department, ARG_MAX(entered_at, place) AS since,
    ARG_MAX_NULL(left_at, place) AS left_at, ARG_MAX_NULL(exit, place) AS exit
FROM person_visits
GROUP BY person_id
