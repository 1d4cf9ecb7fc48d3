-- One row per relation of a contact to an account. A relation that ended without a date is left
-- out.
WITH marked AS (
    SELECT COUNT(IsActive) > 0 AS are_marked FROM relation
)
SELECT r.AccountId AS account_id, r.ContactId AS contact_id, r.StartDate AS starts_on, r.EndDate AS ends_on, r._file, r._line
FROM relation AS r
CROSS JOIN marked AS m
WHERE r.AccountId IS NOT NULL AND r.ContactId IS NOT NULL
    AND (NOT m.are_marked OR COALESCE(LOWER(r.IsActive), '') IN ('1', 'true') OR r.EndDate IS NOT NULL)
