-- Measures the credit of revenue in the closed months, by channel and campaign, under one model.
-- The parameter is the model.
INSERT INTO measures
SELECT 'closed_credit', NULL, c.model, h.channel || CHR(30) || k.campaign_id, STRFTIME(c.month, '%Y-%m'), 1, NULL,
    CAST(SUM(c.minor) AS HUGEINT) * 1000000 // g.minor_per_unit
FROM cube AS c
INNER JOIN channels AS h ON h.channel_key = c.channel_key
INNER JOIN campaign_keys AS k ON k.campaign_key = c.campaign_key
CROSS JOIN settings AS g
CROSS JOIN gate_settings AS s
WHERE c.basis = 'period' AND c.model = ? AND c.conversion_type = 1 AND STRFTIME(c.month, '%Y-%m') <= s.closed_month
GROUP BY c.model, h.channel, k.campaign_id, c.month, g.minor_per_unit
