-- One row per person, stage and instant at which the person entered the stage, up to as-of.
SELECT entries.person_key, CAST(entries.position AS BIGINT) AS position, entries.entered_us,
    entries.from_us, entries.until_us
FROM person_entries AS entries
CROSS JOIN settings
WHERE entries.from_us <= settings.as_of_us
