-- A file with one row per advertisement has several different rows for most days. These are parts
-- of a day, so the check finds nothing in such files.
-- grain: campaign_id or, without one, channel
-- message: {row|rows} of costs {has|have} the days and the campaign (or channel) of another row but
--   a different amount
-- severity: warning
-- remedy: if a connector appends corrected days, keep only the newest row of each day
-- money: the amounts of each group except the greatest one; rows in other currencies have none here
WITH days AS (
    SELECT campaign_id, channel, currency, COUNT(*) AS n, COUNT(DISTINCT amount_micros) > 1 AS differ,
        SUM(CAST(amount_micros AS HUGEINT)) - MAX(amount_micros) AS micros,
        5 * CAST(MIN(amount_micros) AS HUGEINT) >= 4 * CAST(MAX(amount_micros) AS HUGEINT) AS alike
    FROM costs GROUP BY starts_on, ends_on, campaign_id, channel, currency
),
parts AS (
    SELECT COUNT(*) >= 20 AND 2 * COUNT(CASE WHEN differ THEN 1 END) > COUNT(*)
        AND 2 * COUNT(CASE WHEN differ AND alike THEN 1 END) <= COUNT(CASE WHEN differ THEN 1 END) AS are_parts
    FROM days
)
SELECT COALESCE(d.campaign_id, d.channel) AS key, SUM(d.n) AS n, SUM(CASE WHEN d.currency = g.currency THEN d.micros END) AS micros
FROM days AS d CROSS JOIN parts AS p CROSS JOIN settings AS g
WHERE d.differ AND NOT p.are_parts
GROUP BY COALESCE(d.campaign_id, d.channel)
