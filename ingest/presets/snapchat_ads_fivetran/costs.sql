-- Costs: one row per campaign and day, summed over its hours. spend is in millionths; it is summed
-- as whole numbers, and `scale` in the configuration converts it to amounts.
WITH newest_campaign AS (
    SELECT id, ad_account_id
    FROM campaign
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id
        ORDER BY TRY_CAST(_fivetran_synced AS TIMESTAMP) DESC NULLS LAST, _fivetran_synced DESC NULLS LAST, _file DESC, _line DESC
    ) = 1
),
newest_account AS (
    SELECT id, currency
    FROM account
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id
        ORDER BY TRY_CAST(_fivetran_synced AS TIMESTAMP) DESC NULLS LAST, _fivetran_synced DESC NULLS LAST, _file DESC, _line DESC
    ) = 1
),
hours AS (
    SELECT *, SPLIT_PART(SPLIT_PART(date, ' ', 1), 'T', 1) AS day
    FROM report
)
SELECT
    s.day AS starts_on, s.day AS ends_on, s.campaign_id, 'Paid Social' AS channel,
    SUM(CAST(s.spend AS DECIMAL(38, 0))) AS amount, a.currency,
    SUM(CAST(s.impressions AS DECIMAL(38, 0))) AS impressions, SUM(CAST(s.swipes AS DECIMAL(38, 0))) AS clicks,
    MIN(s._file) AS _file, ARG_MIN(s._line, (s._file, s._line)) AS _line
FROM hours AS s
LEFT JOIN newest_campaign AS c ON c.id = s.campaign_id
LEFT JOIN newest_account AS a ON a.id = c.ad_account_id
WHERE s.spend IS NOT NULL
GROUP BY s.day, s.campaign_id, a.currency
