-- grain: campaign_id or, without one, channel
-- message: {row|rows} of costs {ends|end} after as-of; the amount is the cost of the days after it,
--   which is not counted yet
-- severity: warning
-- remedy: set --as-of to a later day if it was spent
-- money: the cost of the days after as-of; other currencies are converted at the rate of as-of
WITH later AS (
    SELECT COALESCE(k.campaign_id, k.channel) AS key, k.currency, k.amount_micros, k.ends_on - k.starts_on + 1 AS days,
        GREATEST(g.as_of_day - k.starts_on + 1, 0) AS days_before
    FROM costs AS k CROSS JOIN settings AS g WHERE k.ends_on > g.as_of_day
),
apart AS (
    SELECT key, currency,
        CAST(amount_micros AS HUGEINT) - rounded_ratio(CAST(amount_micros AS HUGEINT) * days_before, days) AS micros
    FROM later
)
SELECT a.key, COUNT(*) AS n, SUM(CASE WHEN a.currency = g.currency THEN a.micros
    ELSE rounded_ratio(a.micros * r.rate_digits, power_of_ten(r.rate_scale)) END) AS micros
FROM apart AS a
CROSS JOIN settings AS g
LEFT JOIN rate_periods AS r ON r.currency = a.currency AND r.effective_on <= g.as_of_day AND g.as_of_day < r.ends_before
GROUP BY a.key
