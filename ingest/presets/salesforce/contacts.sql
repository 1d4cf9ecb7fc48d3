-- One row per contact. Contacts that were merged into another one are in identity_map (merged.sql).
SELECT
    Id AS contact_id, AccountId AS account_id, Email AS email, Title AS persona,
    CreatedDate AS created_at, LastModifiedDate AS updated_at, _file, _line
FROM contact
WHERE MasterRecordId IS NULL
