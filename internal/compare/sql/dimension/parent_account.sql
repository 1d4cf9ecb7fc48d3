-- valued: one row per row of credit: the top of the tree of accounts above the account of the
-- opportunity, or of the person that converted. A run refuses trees with a cycle.
CREATE VIEW valued AS
WITH RECURSIVE parents AS (
    SELECT accounts.account_id, accounts.account_id AS top, accounts.parent_account_id
    FROM accounts
    UNION ALL
    SELECT parents.account_id, above.account_id, above.parent_account_id
    FROM parents
    INNER JOIN accounts AS above ON above.account_id = parents.parent_account_id
),
tops AS (
    SELECT parents.account_id, parents.top
    FROM parents
    ANTI JOIN accounts AS above ON above.account_id = parents.parent_account_id
)
SELECT
    CASE WHEN credit.touch_id IS NULL THEN '(unattributed)' ELSE COALESCE(tops.top, opportunities.account_id, people.account_id, '(none)') END AS value,
    credit.*
FROM credit
LEFT JOIN opportunities ON opportunities.opportunity_id = credit.opportunity_id
LEFT JOIN people ON people.person_id = credit.person_id
LEFT JOIN tops ON tops.account_id = COALESCE(opportunities.account_id, people.account_id)
