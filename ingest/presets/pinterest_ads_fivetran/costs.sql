-- Costs: one row per campaign and day. spend_in_micro_dollar is in millionths; it is summed as
-- whole numbers, and `scale` in the configuration converts it to amounts.
WITH newest_advertiser AS (
    SELECT id, currency
    FROM advertiser
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id
        ORDER BY TRY_CAST(updated_time AS TIMESTAMP) DESC NULLS LAST, updated_time DESC NULLS LAST, _file DESC, _line DESC
    ) = 1
)
SELECT
    s.date AS starts_on, s.date AS ends_on, s.campaign_id, 'Paid Social' AS channel,
    SUM(CAST(s.spend_in_micro_dollar AS DECIMAL(38, 0))) AS amount, a.currency,
    CASE
        WHEN COUNT(COALESCE(s.impression_1, s.impression_2)) > 0 THEN COALESCE(SUM(CAST(s.impression_1 AS DECIMAL(38, 0))), 0) + COALESCE(SUM(CAST(s.impression_2 AS DECIMAL(38, 0))), 0)
    END AS impressions,
    CASE
        WHEN COUNT(COALESCE(s.clickthrough_1, s.clickthrough_2)) > 0 THEN COALESCE(SUM(CAST(s.clickthrough_1 AS DECIMAL(38, 0))), 0) + COALESCE(SUM(CAST(s.clickthrough_2 AS DECIMAL(38, 0))), 0)
    END AS clicks,
    CAST(SUM(CAST(s.total_conversions AS DECIMAL(38, 12))) AS DECIMAL(38, 6)) AS reported_conversions,
    SUM(CAST(s.total_conversions_value_in_micro_dollar AS DECIMAL(38, 0))) AS reported_value,
    MIN(s._file) AS _file, ARG_MIN(s._line, (s._file, s._line)) AS _line
FROM report AS s
LEFT JOIN newest_advertiser AS a ON a.id = s.advertiser_id
WHERE s.spend_in_micro_dollar IS NOT NULL
GROUP BY s.date, s.campaign_id, a.currency
