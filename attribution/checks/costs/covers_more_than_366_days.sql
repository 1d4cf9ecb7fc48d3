-- grain: campaign_id or, without one, channel
-- message: {row|rows} of costs {covers|cover} more than 366 days: the cost is spread evenly over
--   all of these days
-- severity: warning
-- remedy: check ends_on
-- money: the amounts of the rows in full; rows in other currencies have none here
SELECT COALESCE(k.campaign_id, k.channel) AS key, COUNT(*) AS n,
    SUM(CASE WHEN k.currency = g.currency THEN k.amount_micros END) AS micros
FROM costs AS k
CROSS JOIN settings AS g
WHERE k.ends_on - k.starts_on >= 366 GROUP BY COALESCE(k.campaign_id, k.channel)
