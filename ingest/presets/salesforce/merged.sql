-- One row per lead or contact that was merged into another one: both are the same person.
-- Salesforce marks merged records as deleted. Naming IsDeleted here keeps their rows.
WITH merged AS (
    SELECT 'contact' AS kind, Id, MasterRecordId, IsDeleted, _file, _line FROM contact
    UNION ALL
    SELECT 'lead' AS kind, Id, MasterRecordId, IsDeleted, _file, _line FROM lead
)
SELECT Id AS from_id, MasterRecordId AS to_id, kind, kind AS to_kind, _file, _line
FROM merged
WHERE MasterRecordId IS NOT NULL
