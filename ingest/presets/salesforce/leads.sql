-- One row per lead, converted ones included: the contact that a lead became is the same person.
SELECT
    Id AS lead_id, Email AS email, ConvertedContactId AS converted_contact_id,
    ConvertedAccountId AS account_id, CreatedDate AS created_at, LeadSource AS source, OwnerId AS owner,
    Rating AS sales_rating, LastModifiedDate AS updated_at, _file, _line
FROM lead
WHERE MasterRecordId IS NULL
