-- One row per account. Websites are reduced to their domains when e-mails are compared with them.
-- In history mode a table has every version of a record; the current one is taken.
SELECT
    id AS account_id, name, website AS domain, parent_id AS parent_account_id,
    type AS segment, industry, last_modified_date AS updated_at, _file, _line
FROM account
WHERE master_record_id IS NULL AND COALESCE(LOWER(_fivetran_active), 'true') IN ('true', 't', '1')
QUALIFY ROW_NUMBER() OVER (
    PARTITION BY id ORDER BY _fivetran_start IS NOT NULL, _fivetran_start DESC, _fivetran_synced DESC, _file, _line
) = 1
