-- One row per company and contact: the companies that a contact serves.
WITH pairs AS (
    SELECT COALESCE("Record ID", "Record ID - Contact", "Contact ID") AS contact_id, company.id AS account_id, _file, _line
    FROM contact, UNNEST(STRING_SPLIT_REGEX("Associated Company IDs", '[;,\s]+')) AS company (id)
)
SELECT DISTINCT ON (account_id, contact_id) account_id, contact_id, _file, _line
FROM pairs
WHERE account_id <> '' AND contact_id IS NOT NULL
ORDER BY account_id, contact_id, _file, _line
