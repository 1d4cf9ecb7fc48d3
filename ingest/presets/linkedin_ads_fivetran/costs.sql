-- Costs: one row per campaign and day. The amounts of the export are read as decimals, so that sums
-- are exact.
WITH newest_campaign AS (
    SELECT id, account_id
    FROM campaign
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id
        ORDER BY TRY_CAST(last_modified_time AS TIMESTAMP) DESC NULLS LAST, last_modified_time DESC NULLS LAST, _file DESC, _line DESC
    ) = 1
),
newest_account AS (
    SELECT id, currency
    FROM account
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id
        ORDER BY TRY_CAST(last_modified_time AS TIMESTAMP) DESC NULLS LAST, last_modified_time DESC NULLS LAST, _file DESC, _line DESC
    ) = 1
)
SELECT
    s.day AS starts_on, s.day AS ends_on, s.campaign_id, 'Paid Social' AS channel,
    SUM(CAST(s.cost_in_local_currency AS DECIMAL(38, 6))) AS amount, a.currency,
    SUM(CAST(s.impressions AS DECIMAL(38, 0))) AS impressions, SUM(CAST(s.clicks AS DECIMAL(38, 0))) AS clicks,
    CASE
        WHEN COUNT(COALESCE(s.external_website_conversions, s.one_click_leads)) > 0
            THEN COALESCE(SUM(CAST(s.external_website_conversions AS DECIMAL(38, 0))), 0) + COALESCE(SUM(CAST(s.one_click_leads AS DECIMAL(38, 0))), 0)
    END AS reported_conversions,
    CAST(SUM(CAST(s.conversion_value_in_local_currency AS DECIMAL(38, 12))) AS DECIMAL(38, 6)) AS reported_value,
    MIN(s._file) AS _file, ARG_MIN(s._line, (s._file, s._line)) AS _line
FROM report AS s
LEFT JOIN newest_campaign AS c ON c.id = s.campaign_id
LEFT JOIN newest_account AS a ON a.id = c.account_id
WHERE s.cost_in_local_currency IS NOT NULL
GROUP BY s.day, s.campaign_id, a.currency
