-- One row per lead or contact that was merged into another one: both are the same person.
-- Salesforce marks merged records as deleted. Naming is_deleted here keeps their rows, and history
-- mode has several versions of each: equal pairs count once.
WITH merged AS (
    SELECT 'contact' AS kind, id, master_record_id, is_deleted, _file, _line FROM contact
    UNION ALL
    SELECT 'lead' AS kind, id, master_record_id, is_deleted, _file, _line FROM lead
)
SELECT id AS from_id, master_record_id AS to_id, kind, kind AS to_kind, _file, _line
FROM merged
WHERE master_record_id IS NOT NULL
QUALIFY ROW_NUMBER() OVER (PARTITION BY kind, id, master_record_id ORDER BY _file, _line) = 1
