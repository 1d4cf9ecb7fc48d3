-- One row per contact that was merged into another one: both are the same person.
WITH links AS (
    SELECT merged.id AS from_id, COALESCE("Record ID", "Record ID - Contact", "Contact ID") AS to_id, _file, _line
    FROM contact, UNNEST(STRING_SPLIT_REGEX(COALESCE("Merged record IDs", "Merged Contact IDs"), '[;,\s]+')) AS merged (id)
)
SELECT from_id, to_id, 'contact' AS kind, 'contact' AS to_kind, _file, _line
FROM links
WHERE from_id <> '' AND from_id <> to_id
QUALIFY ROW_NUMBER() OVER (PARTITION BY LEAST(from_id, to_id), GREATEST(from_id, to_id) ORDER BY _file, _line) = 1
