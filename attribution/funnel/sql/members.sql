-- One row per person and opportunity of new business in which the person has a role (is_account 0),
-- and one per person, account with new business and stretch of time in which the person belongs to
-- the account (is_account 1). In the second case deal is the account of funnel_deals.
WITH accounts AS (
    SELECT account_id, MIN(opportunity_key) AS account
    FROM opportunity_facts
    WHERE opportunity_type = 'new_business'
    GROUP BY account_id
)
SELECT
    roles.person_key, opportunities.opportunity_key AS deal, CAST(0 AS BIGINT) AS is_account,
    CAST(-9223372036854775808 AS BIGINT) AS from_us, CAST(9223372036854775807 AS BIGINT) AS until_us
FROM role_persons AS roles
INNER JOIN opportunity_facts AS opportunities ON opportunities.opportunity_id = roles.opportunity_id AND opportunities.opportunity_type = 'new_business'
UNION ALL
SELECT people.person_key, accounts.account, 1, people.from_us, people.until_us
FROM account_people AS people
INNER JOIN accounts ON accounts.account_id = people.account_id
