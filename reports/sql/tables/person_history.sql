-- One row per row of a person's history up to as-of, in order, with edits, and with the entry that
-- only the time at which the person became a lead implies.
SELECT
    people.person_id, history.place, MAKE_TIMESTAMP(history.at_us) AS entered_at, history.word AS stage,
    history.department, history.owner, history.reason, history.is_edit, history.is_implied
FROM person_history AS history
INNER JOIN people ON people.person_key = history.person_key
ORDER BY people.person_id, history.place
