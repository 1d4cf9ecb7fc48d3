-- One row per lead, converted ones included: the contact that a lead became is the same person.
-- In history mode a table has every version of a record; the current one is taken.
SELECT
    id AS lead_id, email, converted_contact_id, converted_account_id AS account_id,
    created_date AS created_at, lead_source AS source, owner_id AS owner, rating AS sales_rating,
    last_modified_date AS updated_at, _file, _line
FROM lead
WHERE master_record_id IS NULL AND COALESCE(LOWER(_fivetran_active), 'true') IN ('true', 't', '1')
QUALIFY ROW_NUMBER() OVER (
    PARTITION BY id ORDER BY _fivetran_start IS NOT NULL, _fivetran_start DESC, _fivetran_synced DESC, _file, _line
) = 1
