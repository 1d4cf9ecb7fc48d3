-- Costs: one row per campaign and day. Spend is reported by ad: the newest version of the ad says
-- which campaign it belongs to. The spend of an ad without a version is kept, at the channel.
WITH newest_ad AS (
    SELECT id, campaign_id
    FROM ad
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id
        ORDER BY TRY_CAST(updated_time AS TIMESTAMP) DESC NULLS LAST, updated_time DESC NULLS LAST, _file DESC, _line DESC
    ) = 1
),
newest_account AS (
    SELECT id, currency
    FROM account
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id
        ORDER BY TRY_CAST(_fivetran_synced AS TIMESTAMP) DESC NULLS LAST, _fivetran_synced DESC NULLS LAST, _file DESC, _line DESC
    ) = 1
)
SELECT
    s.date AS starts_on, s.date AS ends_on, d.campaign_id, 'Paid Social' AS channel,
    SUM(CAST(s.spend AS DECIMAL(38, 6))) AS amount, a.currency,
    SUM(CAST(s.impressions AS DECIMAL(38, 0))) AS impressions, SUM(CAST(s.inline_link_clicks AS DECIMAL(38, 0))) AS clicks,
    MIN(s._file) AS _file, ARG_MIN(s._line, (s._file, s._line)) AS _line
FROM report AS s
LEFT JOIN newest_ad AS d ON d.id = s.ad_id
LEFT JOIN newest_account AS a ON a.id = s.account_id
WHERE s.spend IS NOT NULL
GROUP BY s.date, d.campaign_id, a.currency
