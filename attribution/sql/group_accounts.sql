-- group_accounts: one row per account of an opportunity; group_account is dense, from 0, in byte
-- order.
CREATE TABLE group_accounts AS
SELECT CAST(ROW_NUMBER() OVER (ORDER BY account_id) - 1 AS INTEGER) AS group_account, account_id
FROM (SELECT DISTINCT account_id FROM opportunity_facts WHERE account_id IS NOT NULL)
