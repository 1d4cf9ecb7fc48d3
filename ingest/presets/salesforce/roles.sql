-- Roles of contacts in opportunities.
SELECT OpportunityId AS opportunity_id, ContactId AS contact_id, Role AS role,
    CASE WHEN LOWER(IsPrimary) IN ('1', 'true') THEN 'true' WHEN IsPrimary IS NULL THEN NULL ELSE 'false' END AS is_primary,
    _file, _line
FROM role
