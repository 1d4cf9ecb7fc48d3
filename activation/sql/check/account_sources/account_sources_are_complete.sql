-- Every account has one row in account_sources, with a first, a last and a primary source or the
-- reason why there is none.
SELECT a.account_id, COUNT(s.account_id) AS rows
FROM (
    SELECT account_id FROM accounts
    UNION
    SELECT account_id FROM opportunity_facts WHERE account_id IS NOT NULL
) AS a
LEFT JOIN activation_account_sources AS s ON s.account_id = a.account_id
GROUP BY a.account_id
HAVING COUNT(s.account_id) IS DISTINCT FROM 1
    OR COUNT(*) FILTER ((s.first_touch_id IS NULL) = (s.first_reason IS NULL)) > 0
    OR COUNT(*) FILTER ((s.last_touch_id IS NULL) = (COALESCE(s.first_reason, s.last_reason) IS NULL)) > 0
    OR COUNT(*) FILTER ((s.primary_channel_key IS NULL) = (s.primary_reason IS NULL)) > 0
