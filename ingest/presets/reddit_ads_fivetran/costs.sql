-- Costs: one row per campaign and day. spend is in millionths; it is summed as whole numbers, and
-- `scale` in the configuration converts it to amounts.
WITH newest_account AS (
    SELECT id, currency
    FROM account
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id
        ORDER BY TRY_CAST(_fivetran_synced AS TIMESTAMP) DESC NULLS LAST, _fivetran_synced DESC NULLS LAST, _file DESC, _line DESC
    ) = 1
)
SELECT
    s.date AS starts_on, s.date AS ends_on, s.campaign_id, 'Paid Social' AS channel,
    SUM(CAST(s.spend AS DECIMAL(38, 0))) AS amount, a.currency,
    SUM(CAST(s.impressions AS DECIMAL(38, 0))) AS impressions, SUM(CAST(s.clicks AS DECIMAL(38, 0))) AS clicks,
    MIN(s._file) AS _file, ARG_MIN(s._line, (s._file, s._line)) AS _line
FROM report AS s
LEFT JOIN newest_account AS a ON a.id = s.account_id
WHERE s.spend IS NOT NULL
GROUP BY s.date, s.campaign_id, a.currency
