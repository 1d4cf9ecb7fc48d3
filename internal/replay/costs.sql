-- One row per month, channel and campaign: the cost in millionths of the reporting currency.
SELECT
    CAST(DATE_TRUNC('month', cost_days.day) AS DATE) AS month, channels.channel, campaigns.campaign_id, CAST(SUM(cost_days.micros) AS DECIMAL(38, 0)) AS micros
FROM cost_days
INNER JOIN channels ON channels.channel_key = cost_days.channel_key
INNER JOIN campaign_keys AS campaigns ON campaigns.campaign_key = cost_days.campaign_key
GROUP BY ALL
