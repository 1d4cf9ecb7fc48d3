-- customers: one row per account that was acquired in the data: its first win of new business (the
-- revenue conversion), the earliest by instant and then by key. An account with a sale of expansion
-- or renewal or with a reversal before that win is not here, because it was a customer before the
-- data begins. A date without a time is neither before nor after other events of the same day.
-- months_seen is how many months after the day of the win have passed at as-of, rounded down to 0,
-- 3, 6, 12 or 24.
CREATE TABLE customers AS
WITH sales AS (
    SELECT
        o.account_id, c.conversion_key, c.anchor_us, c.anchor_from_us, c.anchor_until_us, c.anchor_day, c.anchor_in_period,
        c.opportunity_type = 'new_business' AND c.reverses_opportunity_id IS NULL AS is_first_kind
    FROM conversions AS c
    INNER JOIN opportunity_facts AS o ON o.opportunity_key = c.opportunity_key
    WHERE c.conversion_type = 1 AND c.is_counted AND c.opportunity_type <> 'other' AND o.account_id IS NOT NULL
),
firsts AS (
    SELECT
        account_id, conversion_key, anchor_from_us, anchor_day, anchor_in_period,
        ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY anchor_us, conversion_key) AS choice
    FROM sales
    WHERE is_first_kind
),
earliest AS (
    SELECT account_id, MIN(anchor_until_us) AS until_us FROM sales WHERE NOT is_first_kind GROUP BY account_id
)
SELECT
    f.account_id, f.conversion_key, f.anchor_day AS won_day, f.anchor_in_period AS in_period,
    CASE
        WHEN f.anchor_day + INTERVAL 24 MONTH <= g.as_of_day THEN 24
        WHEN f.anchor_day + INTERVAL 12 MONTH <= g.as_of_day THEN 12
        WHEN f.anchor_day + INTERVAL 6 MONTH <= g.as_of_day THEN 6
        WHEN f.anchor_day + INTERVAL 3 MONTH <= g.as_of_day THEN 3
        ELSE 0
    END AS months_seen
FROM firsts AS f
CROSS JOIN settings AS g
LEFT JOIN earliest AS e ON e.account_id = f.account_id
WHERE f.choice = 1 AND (e.until_us IS NULL OR e.until_us >= f.anchor_from_us)
