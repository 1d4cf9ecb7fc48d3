-- One row per account. Websites are reduced to their domains when e-mails are compared with them.
SELECT
    Id AS account_id, Name AS name, Website AS domain, ParentId AS parent_account_id,
    Type AS segment, Industry AS industry, LastModifiedDate AS updated_at, _file, _line
FROM account
WHERE MasterRecordId IS NULL
