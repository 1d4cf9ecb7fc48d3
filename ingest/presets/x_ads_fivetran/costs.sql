-- Costs: one row per campaign and day. billed_charge_local_micro is in millionths; it is summed as
-- whole numbers, and `scale` in the configuration converts it to amounts. date is the beginning of
-- the account's day, written in UTC. 13.5 hours later, the date is that day in every time zone from
-- -10 to +13.
WITH newest_campaign AS (
    SELECT id, currency
    FROM campaign
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id
        ORDER BY TRY_CAST(updated_at AS TIMESTAMP) DESC NULLS LAST, updated_at DESC NULLS LAST, _file DESC, _line DESC
    ) = 1
),
days AS (
    SELECT
        *,
        CAST(CAST(CAST(date AS TIMESTAMP) + INTERVAL 810 MINUTE AS DATE) AS VARCHAR) AS day
    FROM report
)
SELECT
    s.day AS starts_on, s.day AS ends_on, s.campaign_id, 'Paid Social' AS channel,
    SUM(CAST(s.billed_charge_local_micro AS DECIMAL(38, 0))) AS amount, c.currency,
    SUM(CAST(s.impressions AS DECIMAL(38, 0))) AS impressions, SUM(CAST(s.clicks AS DECIMAL(38, 0))) AS clicks,
    MIN(s._file) AS _file, ARG_MIN(s._line, (s._file, s._line)) AS _line
FROM days AS s
LEFT JOIN newest_campaign AS c ON c.id = s.campaign_id
WHERE s.billed_charge_local_micro IS NOT NULL
GROUP BY s.day, s.campaign_id, c.currency
