-- Costs: one row per campaign and day, summed over its hours. The amounts of the export are read as
-- decimals, so that sums are exact.
WITH newest_campaign AS (
    SELECT campaign_id, advertiser_id
    FROM campaign
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY campaign_id
        ORDER BY TRY_CAST(updated_at AS TIMESTAMP) DESC NULLS LAST, updated_at DESC NULLS LAST, _file DESC, _line DESC
    ) = 1
),
newest_advertiser AS (
    SELECT id, currency
    FROM advertiser
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id
        ORDER BY TRY_CAST(_fivetran_synced AS TIMESTAMP) DESC NULLS LAST, _fivetran_synced DESC NULLS LAST, _file DESC, _line DESC
    ) = 1
),
hours AS (
    SELECT *, SPLIT_PART(SPLIT_PART(stat_time_hour, ' ', 1), 'T', 1) AS day
    FROM report
)
SELECT
    s.day AS starts_on, s.day AS ends_on, s.campaign_id, 'Paid Social' AS channel,
    SUM(CAST(s.spend AS DECIMAL(38, 6))) AS amount, a.currency,
    SUM(CAST(s.impressions AS DECIMAL(38, 0))) AS impressions, SUM(CAST(s.clicks AS DECIMAL(38, 0))) AS clicks,
    SUM(CAST(s.conversion AS DECIMAL(38, 0))) AS reported_conversions,
    MIN(s._file) AS _file, ARG_MIN(s._line, (s._file, s._line)) AS _line
FROM hours AS s
LEFT JOIN newest_campaign AS c ON c.campaign_id = s.campaign_id
LEFT JOIN newest_advertiser AS a ON a.id = c.advertiser_id
WHERE s.spend IS NOT NULL
GROUP BY s.day, s.campaign_id, a.currency
