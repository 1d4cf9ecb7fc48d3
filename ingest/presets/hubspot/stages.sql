-- One row per contact and lifecycle stage with a date: stage history of contacts.
WITH stages AS (
    SELECT
        COALESCE("Record ID", "Record ID - Contact", "Contact ID") AS contact_id,
        UNNEST([
            {'stage': 'lead', 'at': "Became a Lead Date"},
            {'stage': 'MQL', 'at': "Became a Marketing Qualified Lead Date"},
            {'stage': 'SQL', 'at': "Became a Sales Qualified Lead Date"},
            {'stage': 'opportunity', 'at': "Became an Opportunity Date"},
            {'stage': 'customer', 'at': "Became a Customer Date"}
        ]) AS s,
        _file, _line
    FROM contact
)
SELECT 'contact' AS entity_type, contact_id AS entity_id, s.stage AS stage, s.at AS entered_at, _file, _line
FROM stages
WHERE s.at IS NOT NULL
