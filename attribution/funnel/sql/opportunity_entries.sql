-- One row per opportunity, stage and instant at which it entered the stage, up to as-of.
SELECT entries.opportunity_key, CAST(entries.position AS BIGINT) AS position, entries.entered_us,
    entries.from_us, entries.until_us
FROM opportunity_entries AS entries
CROSS JOIN settings
WHERE entries.from_us <= settings.as_of_us
