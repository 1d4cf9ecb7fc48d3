-- Costs: one row per campaign and day. cost_micros is in millionths; it is summed as whole numbers,
-- and `scale` in the configuration converts it to amounts.
WITH newest_campaign AS (
    SELECT id, advertising_channel_type
    FROM campaign
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id
        ORDER BY TRY_CAST(updated_at AS TIMESTAMP) DESC NULLS LAST, updated_at DESC NULLS LAST, _file DESC, _line DESC
    ) = 1
),
newest_account AS (
    SELECT id, currency_code
    FROM account
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id
        ORDER BY TRY_CAST(updated_at AS TIMESTAMP) DESC NULLS LAST, updated_at DESC NULLS LAST, _file DESC, _line DESC
    ) = 1
)
SELECT
    s.date AS starts_on, s.date AS ends_on, s.id AS campaign_id,
    CASE c.advertising_channel_type
        WHEN 'DISPLAY' THEN 'Display'
        WHEN 'VIDEO' THEN 'Paid Video'
        WHEN 'SHOPPING' THEN 'Paid Shopping'
        WHEN 'PERFORMANCE_MAX' THEN 'Cross-network'
        WHEN 'DEMAND_GEN' THEN 'Cross-network'
        WHEN 'DISCOVERY' THEN 'Cross-network'
        WHEN 'SMART' THEN 'Cross-network'
        WHEN 'MULTI_CHANNEL' THEN 'Cross-network'
        WHEN 'LOCAL' THEN 'Cross-network'
        ELSE 'Paid Search'
    END AS channel,
    SUM(CAST(s.cost_micros AS DECIMAL(38, 0))) AS amount, a.currency_code AS currency,
    SUM(CAST(s.impressions AS DECIMAL(38, 0))) AS impressions, SUM(CAST(s.clicks AS DECIMAL(38, 0))) AS clicks,
    CAST(SUM(CAST(s.conversions AS DECIMAL(38, 12))) AS DECIMAL(38, 6)) AS reported_conversions,
    CAST(SUM(CAST(s.conversions_value AS DECIMAL(38, 12))) AS DECIMAL(38, 6)) AS reported_value,
    MIN(s._file) AS _file, ARG_MIN(s._line, (s._file, s._line)) AS _line
FROM stats AS s
LEFT JOIN newest_campaign AS c ON c.id = s.id
LEFT JOIN newest_account AS a ON a.id = s.customer_id
WHERE s.cost_micros IS NOT NULL
GROUP BY s.date, s.id, c.advertising_channel_type, a.currency_code
