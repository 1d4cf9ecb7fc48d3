-- One row per campaign with an actual cost and a start date: its total cost, over its days. In
-- history mode a table has every version of a record; the current one is taken.
WITH campaigns AS (
    SELECT id, start_date, end_date, actual_cost, currency_iso_code, _file, _line
    FROM campaign
    WHERE COALESCE(LOWER(_fivetran_active), 'true') IN ('true', 't', '1')
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id ORDER BY _fivetran_start IS NOT NULL, _fivetran_start DESC, _fivetran_synced DESC, _file, _line
    ) = 1
)
SELECT
    start_date AS starts_on, COALESCE(end_date, start_date) AS ends_on, id AS campaign_id,
    actual_cost AS amount, currency_iso_code AS currency, _file, _line
FROM campaigns
WHERE actual_cost IS NOT NULL AND start_date IS NOT NULL AND TRY_CAST(actual_cost AS DOUBLE) IS DISTINCT FROM 0
