-- One row per contact. Contacts that were merged into another one are in identity_map (merged.sql).
-- In history mode a table has every version of a record; the current one is taken.
SELECT
    id AS contact_id, account_id, email, title AS persona, created_date AS created_at,
    last_modified_date AS updated_at, _file, _line
FROM contact
WHERE master_record_id IS NULL AND COALESCE(LOWER(_fivetran_active), 'true') IN ('true', 't', '1')
QUALIFY ROW_NUMBER() OVER (
    PARTITION BY id ORDER BY _fivetran_start IS NOT NULL, _fivetran_start DESC, _fivetran_synced DESC, _file, _line
) = 1
