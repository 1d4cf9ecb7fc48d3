-- The revenue bridge: one row per cause, month, opportunity, channel and campaign. {every_figure}
-- are the CTEs sides and costs, {names} the labels of sides.
WITH {every_figure},
parts AS (
    SELECT side, month, opportunity_type, CASE WHEN side >= 0 THEN opportunity_id END AS opportunity_id, channel, campaign_id, NULLIF(reason, '') AS reason, SUM(minor) AS minor
    FROM sides
    WHERE conversion_type = 'revenue' AND month <= CAST({through} AS DATE)
    GROUP BY ALL
    HAVING SUM(minor) <> 0
)
SELECT
    CASE side {names} END AS cause, month, opportunity_type, opportunity_id, channel, campaign_id, reason AS unattributed_reason,
    {earlier_run} AS earlier_run, {model} AS model, {currency} AS currency,
    CAST(minor AS DECIMAL(32, 0)) * {per_unit} AS amount
FROM parts
ORDER BY CASE side WHEN -2 THEN 99 ELSE side END, month, opportunity_type, opportunity_id NULLS FIRST, channel, campaign_id, reason NULLS FIRST
