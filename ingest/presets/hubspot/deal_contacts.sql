-- One row per deal and contact: the people of a deal. The export writes the ids of all contacts of
-- a deal into one cell.
WITH pairs AS (
    SELECT COALESCE("Record ID", "Record ID - Deal", "Deal ID") AS opportunity_id, contact.id AS contact_id, _file, _line
    FROM deal, UNNEST(STRING_SPLIT_REGEX("Associated Contact IDs", '[;,\s]+')) AS contact (id)
),
merged AS (
    SELECT gone.id
    FROM deal, UNNEST(STRING_SPLIT_REGEX(COALESCE("Merged record IDs", "Merged Deal IDs"), '[;,\s]+')) AS gone (id)
    WHERE gone.id NOT IN ('', COALESCE("Record ID", "Record ID - Deal", "Deal ID"))
)
SELECT DISTINCT ON (opportunity_id, contact_id) opportunity_id, contact_id, _file, _line
FROM pairs
WHERE contact_id <> '' AND opportunity_id NOT IN (SELECT id FROM merged)
ORDER BY opportunity_id, contact_id, _file, _line
