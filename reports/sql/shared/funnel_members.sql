-- One row per person and opportunity of new business in which it has a role (is_account 0), and one
-- per person, account with new business and stretch of time in which the person serves it
-- (is_account 1): then deal is the account of funnel_deals.
WITH accounts AS (
    SELECT account_id, MIN(opportunity_key) AS account
    FROM opportunity_facts
    WHERE opportunity_type = 'new_business'
    GROUP BY account_id
)
SELECT
    p.person_key, o.opportunity_key AS deal, CAST(0 AS BIGINT) AS is_account,
    CAST(-9223372036854775808 AS BIGINT) AS from_us, CAST(9223372036854775807 AS BIGINT) AS until_us
FROM opportunity_contacts AS r
INNER JOIN opportunity_facts AS o ON o.opportunity_id = r.opportunity_id AND o.opportunity_type = 'new_business'
INNER JOIN node_persons AS p ON p.id = r.contact_id AND p.kind = 0
UNION ALL
SELECT m.person_key, a.account, 1, m.from_us, m.until_us
FROM account_people AS m
INNER JOIN accounts AS a ON a.account_id = m.account_id
