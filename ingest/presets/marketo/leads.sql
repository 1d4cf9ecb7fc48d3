-- One row per lead and version: leads. The newest version of a lead counts.
SELECT
    id AS lead_id, email, created_at, sfdc_contact_id AS converted_contact_id,
    sfdc_account_id AS account_id, COALESCE(lead_source, original_source_type) AS source, updated_at,
    _file, _line
FROM lead
WHERE id NOT IN (SELECT lead_id FROM deletion WHERE lead_id IS NOT NULL)
