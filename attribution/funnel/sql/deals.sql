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
    opportunities.opportunity_key,
    CAST(types.position AS BIGINT) AS opportunity_type,
    opportunities.created_us - settings.lookback_us AS serves_from_us,
    CASE WHEN opportunities.opportunity_type = 'new_business' THEN COALESCE(accounts.account, -1) ELSE -1 END AS account
FROM opportunity_facts AS opportunities
CROSS JOIN settings
INNER JOIN opportunity_types AS types ON types.opportunity_type = opportunities.opportunity_type
LEFT JOIN accounts ON accounts.account_id = opportunities.account_id
ORDER BY opportunities.opportunity_key
