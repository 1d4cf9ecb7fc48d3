-- Accounts. A website is reduced to its domain when e-mails are compared with it.
SELECT
    Id AS account_id, Name AS name, Website AS domain, ParentId AS parent_account_id,
    Type AS segment, Industry AS industry, LastModifiedDate AS updated_at, _file, _line
FROM account
WHERE MasterRecordId IS NULL
