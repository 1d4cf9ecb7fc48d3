-- later_sales: one row per counted sale of expansion or renewal and per counted reversal (churn):
-- the first win of its customer (acquired_key), and the months after the day of that win within
-- which it was won: 3, 6, 12 or 24, NULL if later. acquired_key is NULL if the account is not in
-- customers. Sales of type other and further sales of new business are not here.
CREATE TABLE later_sales AS
SELECT
    c.conversion_key, o.account_id, k.conversion_key AS acquired_key,
    CASE WHEN c.reverses_opportunity_id IS NULL THEN c.opportunity_type ELSE 'churn' END AS kind,
    CASE
        WHEN c.anchor_day <= k.won_day + INTERVAL 3 MONTH THEN 3
        WHEN c.anchor_day <= k.won_day + INTERVAL 6 MONTH THEN 6
        WHEN c.anchor_day <= k.won_day + INTERVAL 12 MONTH THEN 12
        WHEN c.anchor_day <= k.won_day + INTERVAL 24 MONTH THEN 24
    END AS within_months,
    COALESCE(c.value_minor, 0) AS value_minor
FROM conversions AS c
INNER JOIN opportunity_facts AS o ON o.opportunity_key = c.opportunity_key
LEFT JOIN customers AS k ON k.account_id = o.account_id
WHERE c.conversion_type = 1 AND c.is_counted
    AND (c.opportunity_type IN ('expansion', 'renewal') OR (c.reverses_opportunity_id IS NOT NULL AND c.opportunity_type <> 'other'))
