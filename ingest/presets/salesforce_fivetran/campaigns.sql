-- One row per campaign. Its type is the channel; a campaign without type has none.
-- In history mode a table has every version of a record; the current one is taken.
SELECT
    id AS campaign_id, name, type AS channel, parent_id AS parent_campaign_id, start_date AS starts_on,
    end_date AS ends_on, budgeted_cost AS budget, currency_iso_code AS currency,
    expected_response AS expected_leads, last_modified_date AS updated_at, _file, _line
FROM campaign
WHERE COALESCE(LOWER(_fivetran_active), 'true') IN ('true', 't', '1')
QUALIFY ROW_NUMBER() OVER (
    PARTITION BY id ORDER BY _fivetran_start IS NOT NULL, _fivetran_start DESC, _fivetran_synced DESC, _file, _line
) = 1
