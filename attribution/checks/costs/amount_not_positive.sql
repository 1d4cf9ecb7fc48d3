-- grain: campaign_id or, without one, channel
-- message: {row of costs has|rows of costs have} an amount of 0 or less
-- severity: info
SELECT COALESCE(campaign_id, channel) AS key, COUNT(*) AS n FROM costs WHERE amount_micros <= 0 GROUP BY COALESCE(campaign_id, channel)
