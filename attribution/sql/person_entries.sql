-- person_entries: one row per person, stage of persons (its position in the funnel) and instant at
-- which the person entered it. A person without an entry to the first stage in stage_history
-- entered it when its record was created (people.lead_at_us). Of a date without a time, from_us and
-- until_us are the bounds of the day; otherwise both are entered_us.
CREATE TABLE person_entries AS
SELECT m.person_key, s.position, m.entered_us, m.entered_us AS from_us, m.until_us
FROM stage_moves AS m
INNER JOIN funnel_stages AS s ON s.position = m.position AND s.unit = 'person'
WHERE m.person_key IS NOT NULL
UNION
SELECT person_key, 1, lead_at_us, lead_from_us, lead_until_us
FROM people
WHERE lead_at_us IS NOT NULL
