-- Records that were merged into another one: both are the same person.
SELECT Id AS from_id, MasterRecordId AS to_id, 'contact' AS kind, 'contact' AS to_kind, _file, _line
FROM contact
WHERE MasterRecordId IS NOT NULL
UNION ALL
SELECT Id, MasterRecordId, 'lead', 'lead', _file, _line
FROM lead
WHERE MasterRecordId IS NOT NULL
