-- One row per role of a contact in an opportunity.
SELECT OpportunityId AS opportunity_id, ContactId AS contact_id, Role AS role,
    CASE WHEN LOWER(IsPrimary) IN ('1', 'true') THEN 'true' WHEN IsPrimary IS NULL THEN NULL ELSE 'false' END AS is_primary,
    _file, _line
FROM role
WHERE ContactId IS NOT NULL
