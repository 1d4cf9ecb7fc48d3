-- One row per opportunity: its key, the place of its type, from when on its buying group serves it
-- (the look-back before its creation) and, of new business, its account: the least key of the
-- account's opportunities of new business, -1 where there is none.
WITH accounts AS (
    SELECT account_id, MIN(opportunity_key) AS account
    FROM opportunity_facts
    WHERE opportunity_type = 'new_business'
    GROUP BY account_id
)
SELECT
    o.opportunity_key,
    CAST(t.position AS BIGINT) AS opportunity_type,
    o.created_us - g.lookback_us AS serves_from_us,
    CASE WHEN o.opportunity_type = 'new_business' THEN COALESCE(a.account, -1) ELSE -1 END AS account
FROM opportunity_facts AS o
CROSS JOIN settings AS g
INNER JOIN opportunity_types AS t ON t.opportunity_type = o.opportunity_type
LEFT JOIN accounts AS a ON a.account_id = o.account_id
ORDER BY o.opportunity_key
