-- Costs: one row per campaign and day. The amounts of the export are read as decimals, so that sums
-- are exact.
WITH newest_campaign AS (
    SELECT id, type
    FROM campaign
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id
        ORDER BY TRY_CAST(modified_time AS TIMESTAMP) DESC NULLS LAST, modified_time DESC NULLS LAST, _file DESC, _line DESC
    ) = 1
)
SELECT
    s.date AS starts_on, s.date AS ends_on, s.campaign_id,
    CASE c.type
        WHEN 'Audience' THEN 'Display'
        WHEN 'Shopping' THEN 'Paid Shopping'
        WHEN 'PerformanceMax' THEN 'Cross-network'
        ELSE 'Paid Search'
    END AS channel,
    SUM(CAST(s.spend AS DECIMAL(38, 6))) AS amount, s.currency_code AS currency,
    SUM(CAST(s.impressions AS DECIMAL(38, 0))) AS impressions, SUM(CAST(s.clicks AS DECIMAL(38, 0))) AS clicks,
    CAST(SUM(CAST(COALESCE(s.conversions_qualified, s.conversions) AS DECIMAL(38, 12))) AS DECIMAL(38, 6)) AS reported_conversions,
    CAST(SUM(CAST(s.revenue AS DECIMAL(38, 12))) AS DECIMAL(38, 6)) AS reported_value,
    MIN(s._file) AS _file, ARG_MIN(s._line, (s._file, s._line)) AS _line
FROM report AS s
LEFT JOIN newest_campaign AS c ON c.id = s.campaign_id
WHERE s.spend IS NOT NULL
GROUP BY s.date, s.campaign_id, c.type, s.currency_code
