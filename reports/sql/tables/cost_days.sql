-- One row per day, campaign and channel on which cost was incurred up to as-of, with and without
-- provisional cost apart: cost in millionths of the reporting currency, in the reporting period or
-- not.
SELECT
    costs.day, campaigns.campaign_id, channels.channel, CAST(SUM(costs.micros) AS DECIMAL(38, 0)) AS cost_micros, costs.is_provisional, costs.in_period
FROM cost_days AS costs
INNER JOIN campaign_keys AS campaigns ON campaigns.campaign_key = costs.campaign_key
INNER JOIN channels ON channels.channel_key = costs.channel_key
GROUP BY costs.day, campaigns.campaign_id, channels.channel, costs.is_provisional, costs.in_period
ORDER BY costs.day, campaigns.campaign_id, channels.channel, costs.is_provisional
