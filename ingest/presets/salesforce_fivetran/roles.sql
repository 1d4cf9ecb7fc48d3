-- One row per role of a contact in an opportunity. Versions of history mode are equal or old.
SELECT opportunity_id, contact_id, role, is_primary, _file, _line
FROM opportunity_contact_role
WHERE contact_id IS NOT NULL AND COALESCE(LOWER(_fivetran_active), 'true') IN ('true', 't', '1')
