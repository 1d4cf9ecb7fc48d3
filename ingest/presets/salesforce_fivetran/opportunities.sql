-- One row per opportunity.
-- In history mode a table has every version of a record; the current one is taken.
SELECT
    id AS opportunity_id, account_id, name, created_date AS created_at, close_date AS closed_at,
    stage_name AS stage, is_won, is_closed, amount, currency_iso_code AS currency,
    type AS opportunity_type, owner_id AS owner, campaign_id AS primary_campaign_id,
    last_modified_date AS updated_at, _file, _line
FROM opportunity
WHERE COALESCE(LOWER(_fivetran_active), 'true') IN ('true', 't', '1')
QUALIFY ROW_NUMBER() OVER (
    PARTITION BY id ORDER BY _fivetran_start IS NOT NULL, _fivetran_start DESC, _fivetran_synced DESC, _file, _line
) = 1
