-- person_entries: one row per person, stage of persons (its position in the funnel) and instant at which the person entered it.
-- Who has no entry to the first stage in stage_history entered it when its record was created (people.lead_at_us).
CREATE TABLE person_entries AS
SELECT p.person_key, s.position, {{micros "h.entered_at"}} AS entered_us
FROM stage_history AS h
INNER JOIN words AS w ON w.kind = 'stage' AND w.word = h.stage
INNER JOIN funnel_stages AS s ON s.position = w.stage_position AND s.unit = 'person'
INNER JOIN node_persons AS p
    ON p.id = h.entity_id AND p.kind = CASE h.entity_type WHEN 'contact' THEN 0 WHEN 'lead' THEN 1 END
UNION
SELECT person_key, 1, lead_at_us
FROM people
WHERE lead_at_us IS NOT NULL
